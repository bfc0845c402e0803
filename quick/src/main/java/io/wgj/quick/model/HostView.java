// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The host state that the steps of `up` depend on: all of it ([SystemSnapshot]), or what a file's
/// preconditions need ([PartialSnapshot]).
public sealed interface HostView permits SystemSnapshot, PartialSnapshot {
    /// The host's links.
    List<HostLink> links();

    /// Routes of all tables and both families, in the kernel's order.
    List<Route> routes();

    /// Rules of both families, each with its priority.
    List<PolicyRule> rules();

    /// How packets with the device's mark reach endpoints. Nothing is known of endpoints that are not in the
    /// map.
    Map<IpAddress, RouteLookup> lookups();

    /// The tunnel's configuration; empty while there is no such device.
    Optional<DeviceView> device();

    /// The marks of encrypted packets of other WireGuard devices.
    Set<Integer> otherMarks();

    /// `net.ipv4.conf.all.src_valid_mark`.
    SrcValidMark srcValidMark();

    /// The names of routing tables.
    TableNames tables();

    /// What the host is able to do.
    HostSupport support();

    /// The same host with the tunnel's device configured so.
    HostView withDevice(DeviceView view);

    /// The link called `name`.
    default Optional<HostLink> link(String name) {
        for (HostLink link : links()) {
            if (link.name().equals(name)) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }
}
