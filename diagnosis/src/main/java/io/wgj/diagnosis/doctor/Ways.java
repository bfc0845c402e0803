// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceState;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.Wording;
import io.wgj.netlink.route.Neighbour;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The ways of an interface's encrypted packets, looked up in a snapshot of the host.
final class Ways {
    private static final String LOOPBACK = "lo";

    private final HostSnapshot host;
    private final RouteLookup lookup;
    private final String own;
    private final int listenPort;
    private final int mark;

    /// @param interfaceState whose packets they are
    Ways(HostSnapshot host, DeviceState interfaceState) {
        this.host = host;
        this.lookup = new RouteLookup(host);
        this.own = interfaceState.name().text();
        this.listenPort = interfaceState.listenPort();
        this.mark = interfaceState.fwmark();
    }

    private LookupResult find(Endpoint.Numeric endpoint) {
        return lookup.find(FlowQuestion.ciphertext(endpoint.address(), endpoint.port(), listenPort, mark));
    }

    /// The indexes of the devices, other than the interface itself, by which packets to an endpoint may leave.
    Set<Integer> devicesTo(Endpoint.Numeric endpoint) {
        Set<Integer> indexes = new HashSet<>();
        find(endpoint).choices().forEach(choice -> {
            if (!choice.device().equals(own)) {
                host.device(choice.device()).map(NetworkDevice::index).ifPresent(indexes::add);
            }
        });
        return indexes;
    }

    /// The way to an endpoint.
    WayFacts to(Endpoint.Numeric endpoint) {
        LookupResult result = find(endpoint);
        String route = result.route().map(one -> one.text()).orElse("")
                + result.rule()
                        .map(rule -> " (rule " + Wording.priority(rule) + ": " + Wording.rule(rule) + ")")
                        .orElse("");
        if (result.refusal().isPresent()) {
            String text = result.refusal().get().text();
            return new WayFacts(
                    WayFacts.Kind.REFUSED,
                    Optional.empty(),
                    Optional.empty(),
                    text,
                    Optional.of(result.refusal().get().error().sentence()),
                    0,
                    WayFacts.Neighbour.UNKNOWN);
        }
        WayFacts.Kind kind = result.isLocal()
                ? WayFacts.Kind.SELF
                : result.mayLeaveBy(own) ? WayFacts.Kind.TUNNEL : WayFacts.Kind.OUT;
        Optional<String> device = result.device();
        return new WayFacts(
                kind,
                device,
                result.gateway(),
                route,
                Optional.empty(),
                device.flatMap(host::device).map(NetworkDevice::mtu).orElse(0),
                neighbour(result.gateway().orElse(endpoint.address()), device.orElse(LOOPBACK)));
    }

    private WayFacts.Neighbour neighbour(IpAddress hop, String device) {
        for (Neighbour entry : host.neighbours()) {
            if (entry.address().equals(hop) && entry.device().equals(device)) {
                if (entry.isFailed()) {
                    return WayFacts.Neighbour.FAILED;
                }
                return (entry.state() & Neighbour.INCOMPLETE) != 0
                        ? WayFacts.Neighbour.INCOMPLETE
                        : WayFacts.Neighbour.ALIVE;
            }
        }
        return WayFacts.Neighbour.UNKNOWN;
    }
}
