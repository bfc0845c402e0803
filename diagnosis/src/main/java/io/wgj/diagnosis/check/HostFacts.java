// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.netlink.route.TableNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the checks ask this host. Every answer may be missing, and then the check that needs it says nothing.
public interface HostFacts {
    /// A host about which nothing is known.
    HostFacts UNKNOWN = new HostFacts() {};

    /// The way of a packet that this host sends.
    ///
    /// @param device the outgoing device
    /// @param mtu of the way, in bytes
    /// @param source the address that such packets get; empty when unknown
    record Way(String device, int mtu, Optional<IpAddress> source) {}

    /// The ports that the kernel hands out.
    ///
    /// @param first the lowest
    /// @param last the highest, itself included
    /// @param reserved the ones among them that it leaves alone
    record EphemeralPorts(int first, int last, List<Integer> reserved) {
        public EphemeralPorts {
            reserved = List.copyOf(reserved);
        }
    }

    /// The names of routing tables.
    default TableNames tables() {
        return TableNames.STANDARD;
    }

    /// The way of an unmarked packet; empty when there is none.
    default Optional<Way> way(IpAddress destination) {
        return Optional.empty();
    }

    /// The host's rules and routes, for a look-up of what a file would make of them. Long tables take long to
    /// read.
    default Optional<HostSnapshot> routing() {
        return Optional.empty();
    }

    /// Whether packets of this family reach the internet.
    default Optional<Boolean> hasDefaultRoute(IpFamily family) {
        return Optional.empty();
    }

    /// Whether resolvconf or resolvectl is installed.
    default Optional<Boolean> hasNameService() {
        return Optional.empty();
    }

    /// Whether a monitor runs in this network namespace.
    default Optional<Boolean> monitorRuns() {
        return Optional.empty();
    }

    /// The ports that the kernel hands out.
    default Optional<EphemeralPorts> ephemeralPorts() {
        return Optional.empty();
    }

    /// The permissions of a file, as `st_mode & 07777`; empty when there is no such file.
    default OptionalInt permissions(String path) {
        return OptionalInt.empty();
    }

    /// One sentence for each way in which others can change a configuration file.
    default List<String> whoCanChange(String path) {
        return List.of();
    }
}
