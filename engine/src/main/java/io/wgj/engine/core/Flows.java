// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import org.jspecify.annotations.Nullable;

/// Where datagrams leave from: the address that `Underlay` names, one a family; without one the address that the
/// peer's last datagram came to, or whatever the kernel chooses.
final class Flows {
    private volatile @Nullable IpAddress source4;
    private volatile @Nullable IpAddress source6;
    private volatile Runnable onLearnt = () -> {};

    /// Has `action` run, by RX or CONTROL, each time that a peer's source becomes one that routing may disagree with.
    void onLearnt(Runnable action) {
        onLearnt = action;
    }

    /// The peer's datagrams come from elsewhere now, or to another address.
    void learn(Peer peer, UdpFlow flow) {
        peer.setFlow(flow);
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

    /// `flow` with the underlay's source when there is one.
    UdpFlow complete(UdpFlow flow) {
        IpAddress source = flow.ipv6() ? source6 : source4;
        return source == null ? flow : flow.withSource(source);
    }

    /// Forgets the local address that the peer's datagrams came to. True when its flow is another one now.
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
