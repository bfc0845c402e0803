// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// Who can call whom, and whether the way back stays open.
final class CallCheck {
    /// Networks that are not routed on the internet: RFC 1918 and RFC 6598.
    private static final IpPrefix[] PRIVATE = {
        new IpPrefix(IpAddress.ofV4(10 << 24), 8),
        new IpPrefix(IpAddress.ofV4(172 << 24 | 16 << 16), 12),
        new IpPrefix(IpAddress.ofV4(192 << 24 | 168 << 16), 16),
        new IpPrefix(IpAddress.ofV4(100 << 24 | 64 << 16), 10),
    };

    private CallCheck() {}

    /// A peer without an endpoint has to call, and needs a port to call to.
    static void neitherEndCalls(CheckedFile file, Report report) {
        boolean elsewhere = file.hookSays("listen-port") || file.hookSays("endpoint") || file.hookSays("conf");
        if (file.section().listenPort().isPresent() || elsewhere) {
            return;
        }
        for (PeerSection peer : file.peers()) {
            if (peer.endpoint().isPresent()) {
                // What is called may pass on the port of this host.
                return;
            }
        }
        for (PeerSection peer : file.peers()) {
            report.add(
                    CheckCode.NEITHER_END_CALLS,
                    peer.place(),
                    "the peer has no Endpoint, and without a ListenPort it cannot know where to call",
                    "add an Endpoint here, or a ListenPort to [Interface]",
                    List.of("ListenPort = 51820"));
            return;
        }
    }

    /// A host behind a router: it is unreachable once the router has dropped its mapping.
    static void noKeepalive(CheckedFile file, HostFacts host, Report report) {
        if (file.section().listenPort().isPresent()) {
            // A port may be forwarded.
            return;
        }
        for (PeerSection peer : file.peers()) {
            boolean keptOpen = peer.settings().persistentKeepalive().value().isPresent()
                    || peer.probe().isPresent();
            if (keptOpen
                    || takesAll(file, peer)
                    || peer.endpoint().isEmpty()
                    || !(peer.endpoint().get().value() instanceof Endpoint.Numeric endpoint)
                    || isPrivate(endpoint.address())) {
                continue;
            }
            Optional<HostFacts.Way> way = host.way(endpoint.address());
            Optional<IpAddress> source = way.isPresent() ? way.get().source() : Optional.empty();
            if (source.isPresent() && isPrivate(source.get())) {
                report.add(
                        CheckCode.NO_KEEPALIVE,
                        file.index().place(peer, Key.ENDPOINT),
                        "this host (" + source.get() + ") is behind a router, which forgets it some minutes after its"
                                + " last packet: the peer cannot reach it then",
                        "keep the way open, if the peer has to reach this host",
                        List.of("PersistentKeepalive = 25"));
            }
        }
    }

    /// Whether a client sends everything to this peer, so that it calls often enough.
    private static boolean takesAll(CheckedFile file, PeerSection peer) {
        for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
            if (written.value().length() <= 1) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrivate(IpAddress address) {
        if (address.family() == IpFamily.V6) {
            return false;
        }
        for (IpPrefix network : PRIVATE) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
