// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.PeerState;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.sys.DatagramSender;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends two datagrams to the port beside each endpoint's: a host that is alive and not filtered says that nothing
/// listens there.
final class BesideProbe implements AutoCloseable {
    private static final long SECOND_NANOS = 2_000_000_000L;
    private static final int LENGTH = 4;
    private static final int LAST_PORT = 65_535;

    private final List<Endpoint.Numeric> targets = new ArrayList<>();
    private final int mark;
    private int sent;

    private BesideProbe(int mark) {
        this.mark = mark;
    }

    static BesideProbe of(List<PeerState> peers, int mark) {
        BesideProbe probe = new BesideProbe(mark);
        for (PeerState peer : peers) {
            peer.endpoint().ifPresent(endpoint -> probe.targets.add(beside(endpoint)));
        }
        return probe;
    }

    private static Endpoint.Numeric beside(Endpoint.Numeric endpoint) {
        int port = endpoint.port() == LAST_PORT ? endpoint.port() - 1 : endpoint.port() + 1;
        return new Endpoint.Numeric(endpoint.address(), port, endpoint.scopeId());
    }

    /// Sends what is due.
    ///
    /// @param nanos since the beginning
    void send(long nanos) {
        if (sent == 2 || sent == 1 && nanos < SECOND_NANOS) {
            return;
        }
        sent++;
        for (Endpoint.Numeric target : targets) {
            boolean ipv6 = target.address().family() == IpFamily.V6;
            try (UdpSocket socket = UdpSocket.open(target.address().family());
                    DatagramSender sender = new DatagramSender(LENGTH)) {
                if (mark != 0) {
                    socket.setOption(1, UdpSocket.SO_MARK, mark);
                }
                sender.load(new byte[LENGTH], 0, LENGTH);
                sender.to(ipv6, target.address().high(), target.address().low(), target.port(), target.scopeId());
                sender.fromAny();
                sender.send(socket.descriptor(), 0, LENGTH, 0);
            } catch (SystemException _) {
                // Not sent; the endpoint's own datagrams tell why.
            }
        }
    }

    /// What was answered about the port beside an endpoint's; empty before the first datagram.
    Optional<BesideFacts> facts(Endpoint.Numeric endpoint, IcmpTap icmp) {
        if (sent == 0) {
            return Optional.empty();
        }
        Endpoint.Numeric target = beside(endpoint);
        boolean closed = false;
        for (IcmpReport report : icmp.about(target)) {
            closed |= report.meaning() == IcmpReport.Meaning.PORT_CLOSED;
        }
        return Optional.of(new BesideFacts(target.port(), closed));
    }

    @Override
    public void close() {
        targets.clear();
    }
}
