// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.util.List;
import java.util.Optional;

/// Whether encrypted packets fit through the way to the endpoint.
final class MtuCheck {
    /// IP, UDP and WireGuard around a packet.
    private static final int OVERHEAD_V4 = 60;

    private static final int OVERHEAD_V6 = 80;

    private MtuCheck() {}

    /// The largest MTU of a tunnel over a way of `outer` bytes to `endpoint`.
    static int fitting(int outer, IpAddress endpoint) {
        return outer - (endpoint.family() == IpFamily.V4 ? OVERHEAD_V4 : OVERHEAD_V6);
    }

    /// An `MTU` line that is too large for this host's way to an endpoint.
    static void abovePath(CheckedFile file, HostFacts host, Report report) {
        Optional<Located<Integer>> mtu = file.section().mtu();
        if (mtu.isEmpty() || !file.section().underlays().isEmpty()) {
            return;
        }
        for (PeerSection peer : file.peers()) {
            if (peer.endpoint().isEmpty() || !(peer.endpoint().get().value() instanceof Endpoint.Numeric endpoint)) {
                continue;
            }
            Optional<HostFacts.Way> way = host.way(endpoint.address());
            boolean itself = way.isPresent()
                    && file.link().isPresent()
                    && way.get().device().equals(file.link().get().text());
            if (way.isEmpty() || itself || way.get().mtu() <= 0) {
                continue;
            }
            int fitting = fitting(way.get().mtu(), endpoint.address());
            if (mtu.get().value() > fitting) {
                report.add(
                        CheckCode.MTU_TOO_LARGE,
                        mtu.get().place(),
                        "packets above " + fitting + " bytes leave in fragments: the way to " + endpoint.address()
                                + " by " + way.get().device() + " carries "
                                + way.get().mtu() + " bytes",
                        "lower the MTU, or remove the line to have it chosen",
                        List.of("MTU = " + fitting));
                return;
            }
        }
    }
}
