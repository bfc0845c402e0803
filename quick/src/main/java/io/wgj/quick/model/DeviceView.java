// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Of a device, what a plan depends on.
///
/// @param fwmark 32 bits unsigned, 0 for off
/// @param listenPort 0 when unset
/// @param allowedIps of all peers, each prefix once
/// @param endpoints of all peers that have one
public record DeviceView(int fwmark, int listenPort, List<IpPrefix> allowedIps, List<Endpoint.Numeric> endpoints) {
    /// A device that was just created.
    public static final DeviceView NEW = new DeviceView(0, 0, List.of(), List.of());

    /// Stands for the port of a service, which the system's resolver knows.
    private static final int UNKNOWN_PORT = 1;

    public DeviceView {
        allowedIps = List.copyOf(allowedIps);
        endpoints = List.copyOf(endpoints);
    }

    /// What is.
    public static DeviceView of(DeviceState state) {
        List<IpPrefix> allowedIps = new ArrayList<>();
        List<Endpoint.Numeric> endpoints = new ArrayList<>();
        for (PeerState peer : state.peers()) {
            allowedIps.addAll(peer.allowedIps());
            peer.endpoint().ifPresent(endpoints::add);
        }
        return new DeviceView(state.fwmark(), state.listenPort(), allowedIps, endpoints);
    }

    /// What a new device will be once it has got `update`.
    public static DeviceView foreseen(DeviceUpdate update) {
        Map<IpPrefix, PublicKey> owners = new LinkedHashMap<>();
        Map<PublicKey, Endpoint.Numeric> endpoints = new LinkedHashMap<>();
        Map<PublicKey, DesiredPeer> desired = new HashMap<>();
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                desired.computeIfAbsent(put.publicKey(), _ -> new DesiredPeer()).take(put, owners);
                put.settings().endpoint().value().ifPresent(endpoint -> endpoints.put(put.publicKey(), endpoint));
            } else {
                owners.values().removeIf(peer.publicKey()::equals);
                endpoints.remove(peer.publicKey());
            }
        }
        return new DeviceView(
                update.fwmark().value().orElse(0),
                update.listenPort().value().orElse(0),
                List.copyOf(owners.keySet()),
                List.copyOf(endpoints.values()));
    }

    /// What a file says of its device before names are looked up: of the allowed ips only the first IPv6 one
    /// and those of length 0, which is all that matters to whether `up` can work.
    public static DeviceView outline(TunnelFile file) {
        Set<IpPrefix> allowedIps = new LinkedHashSet<>();
        List<Endpoint.Numeric> endpoints = new ArrayList<>();
        boolean ipv6 = false;
        for (PeerSection peer : file.peers()) {
            for (AllowedIpUpdate entry : peer.settings().allowedIps()) {
                boolean firstOfIpv6 = !ipv6 && entry.prefix().family() == IpFamily.V6;
                if (!entry.remove() && (firstOfIpv6 || entry.prefix().length() == 0)) {
                    allowedIps.add(entry.prefix().masked());
                    ipv6 |= firstOfIpv6;
                }
            }
            if (peer.endpoint().isPresent() && peer.endpoint().get().value() instanceof Endpoint.Numeric endpoint) {
                endpoints.add(endpoint);
            }
        }
        int port = 0;
        InterfaceSection section = file.interfaceSection();
        if (section.listenPort().isPresent()) {
            ListenPort named = section.listenPort().get().value();
            port = named instanceof ListenPort.Numbered numbered ? numbered.number() : UNKNOWN_PORT;
        }
        return new DeviceView(section.fwmark().orElse(0), port, List.copyOf(allowedIps), endpoints);
    }

    /// Whether a prefix of length 0 of the family is among the allowed ips.
    public boolean hasDefault(IpFamily family) {
        for (IpPrefix prefix : allowedIps) {
            if (prefix.length() == 0 && prefix.family() == family) {
                return true;
            }
        }
        return false;
    }
}
