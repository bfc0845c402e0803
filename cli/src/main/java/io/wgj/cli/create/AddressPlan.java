// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.net.FreeAddress;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hands out the addresses of a tunnel's networks.
final class AddressPlan {
    private final List<IpPrefix> networks;
    private final List<IpPrefix> used;

    /// @param networks of the tunnel, host bits cleared
    /// @param used what is taken already
    AddressPlan(List<IpPrefix> networks, List<IpPrefix> used) {
        this.networks = List.copyOf(networks);
        this.used = new ArrayList<>(used);
    }

    List<IpPrefix> networks() {
        return networks;
    }

    /// The next free address of each network, with the network's length.
    ///
    /// @param name the host that gets them
    List<IpPrefix> next(String name) throws RefusalException {
        List<IpPrefix> addresses = new ArrayList<>();
        for (IpPrefix network : networks) {
            Optional<IpAddress> free = FreeAddress.first(network, used);
            if (free.isEmpty()) {
                throw new RefusalException(
                        ExitCode.FAILED,
                        List.of(),
                        List.of("new: " + name + ": every address of " + network
                                + " is in use; remove peers, or make the network larger; nothing was written"));
            }
            addresses.add(new IpPrefix(free.get(), network.length()));
            used.add(IpPrefix.host(free.get()));
        }
        return addresses;
    }
}
