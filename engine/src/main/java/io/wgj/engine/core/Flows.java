// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import org.jspecify.annotations.Nullable;

/// Chooses the local address of datagrams: the one that `Underlay` names, one for each family; otherwise the
/// one that the peer's last datagram arrived at, or the kernel's choice.
final class Flows {
    private volatile @Nullable IpAddress source4;
    private volatile @Nullable IpAddress source6;
    private volatile Runnable onLearnt = () -> {};
    private volatile SessionListener listener = SessionListener.NONE;

    /// Runs `action` each time a peer's source becomes one that routing may disagree with. RX or CONTROL
    /// calls it.
    void onLearnt(Runnable action) {
        onLearnt = action;
    }

    /// Passes changes of endpoints to `sessions`.
    void onMoved(SessionListener sessions) {
        listener = sessions;
    }

    /// The peer's datagrams come from another address now, or arrive at another one.
    void learn(Peer peer, UdpFlow flow, long now) {
        UdpFlow before = peer.flow();
        peer.setFlow(flow);
        SessionListener sessions = listener;
        if (sessions.isListening() && (before == null || !before.hasRemoteOf(flow)) && peer.mayReportMove(now)) {
            sessions.moved(peer.publicKey(), before, flow);
        }
        if (flow.hasSource() && flow.sourceInterface() > 0) {
            onLearnt.run();
        }
    }

    /// Sets or clears the underlay's address of one family.
    void setSource(IpFamily family, @Nullable IpAddress source) {
        if (family == IpFamily.V6) {
            source6 = source;
        } else {
            source4 = source;
        }
    }

    /// `flow` with the underlay's source, if there is one.
    UdpFlow complete(UdpFlow flow) {
        IpAddress source = flow.ipv6() ? source6 : source4;
        return source == null ? flow : flow.withSource(source);
    }

    /// Forgets the local address that the peer's datagrams arrived at. True when this changed its flow.
    boolean forgetSource(Peer peer) {
        UdpFlow flow = peer.flow();
        if (flow == null) {
            return false;
        }
        UdpFlow fresh = complete(flow.withoutSource());
        if (fresh.equals(flow)) {
            return false;
        }
        peer.setFlow(fresh);
        return true;
    }
}
