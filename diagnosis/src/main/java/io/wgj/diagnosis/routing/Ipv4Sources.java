// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.Route;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Chooses the IPv4 source address of a packet that has none.
final class Ipv4Sources {
    private final HostIndex host;

    Ipv4Sources(HostIndex host) {
        this.host = host;
    }

    /// The source for a way out; null when there is none.
    @Nullable
    IpAddress choose(FibRoute route, FibNextHop hop, Flow flow) {
        String device = hop.device().orElse(Flow.LOOPBACK);
        if (flow.vrf() != null && !flow.vrf().equals(host.vrfOf(device))) {
            // A route out of the VRF: the VRF's own address.
            return select(flow.vrf(), Route.SCOPE_LINK, null);
        }
        if (route.preferredSource().isPresent()) {
            return route.preferredSource().get();
        }
        IpAddress gateway =
                hop.gateway().filter(address -> address.family() == IpFamily.V4).orElse(null);
        return select(device, route.scope(), gateway);
    }

    /// The device's first primary address in the gateway's subnet, else its first; else that of its VRF, else that
    /// of any other device, the loopback first.
    ///
    /// @param scope the widest number that counts: addresses of a narrower scope are left out
    @Nullable
    IpAddress select(String device, int scope, @Nullable IpAddress gateway) {
        IpAddress first = null;
        for (DeviceAddress address : host.addresses(device, IpFamily.V4)) {
            if (address.isSecondary() || scopeOf(address, device) > scope) {
                continue;
            }
            first = first == null ? address.address() : first;
            if (gateway == null || address.subnet().contains(gateway)) {
                return address.address();
            }
        }
        return first == null ? ofOtherDevice(host.vrfOf(device), scope) : first;
    }

    private int scopeOf(DeviceAddress address, String device) {
        return address.scope() == Route.SCOPE_HOST && host.mayRouteLocalnet(device)
                ? Route.SCOPE_LINK
                : address.scope();
    }

    private @Nullable IpAddress ofOtherDevice(@Nullable String vrf, int scope) {
        IpAddress found = vrf == null ? null : unlessLink(vrf, scope);
        if (found != null) {
            return found;
        }
        for (NetworkDevice other : host.devices()) {
            if (Objects.equals(host.vrfOf(other.name()), vrf)) {
                found = unlessLink(other.name(), scope);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable IpAddress unlessLink(String device, int scope) {
        for (DeviceAddress address : host.addresses(device, IpFamily.V4)) {
            if (!address.isSecondary() && address.scope() != Route.SCOPE_LINK && address.scope() <= scope) {
                return address.address();
            }
        }
        return null;
    }
}
