// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.UdpOutput;
import io.wgj.netlink.sys.Errno;

/// Sends trains for one thread, and reports the result to the core and to the statistics.
public final class TrainSender {
    private final DeviceCore core;
    private final UdpOutput udp;
    private final ThreadCounters own;
    private ThreadCounters counters;

    /// @param udp this thread's own
    /// @param own this thread's counters
    public TrainSender(DeviceCore core, UdpOutput udp, ThreadCounters own) {
        this.core = core;
        this.udp = udp;
        this.own = own;
        this.counters = own;
    }

    /// Counts here what is sent from now on. Trains that are sent in order are counted by queue, because only
    /// one thread at a time delivers for a queue.
    void countIn(ThreadCounters others) {
        counters = others;
    }

    /// Counts as this thread's what is sent from now on.
    void countInOwn() {
        counters = own;
    }

    /// Sends the train, if it has messages.
    void send(SealedTrain train, long now) {
        Keypair session = train.session();
        if (session == null) {
            return;
        }
        // The key of a session that was destroyed in the meantime was zeros for some of these messages.
        if (session.isLive()) {
            send(session, train, now);
        } else {
            core.drops().count(Drop.TX_SEND_FAILED, train.count());
        }
    }

    private void send(Keypair session, SealedTrain train, long now) {
        Peer peer = session.peer();
        UdpFlow flow = peer.flow();
        int count = train.count();
        if (flow == null) {
            core.drops().count(Drop.TX_NO_ENDPOINT, count);
            return;
        }
        int length = train.length();
        int errno = udp.send(flow, train.bytes(), train.start(), length, count == 1 ? 0 : train.segmentSize());
        if (errno == UdpOutput.SENT_WITHOUT_SOURCE) {
            core.sendFailed(peer, Errno.EINVAL);
        } else if (errno != UdpOutput.SENT) {
            core.drops().count(Drop.TX_SEND_FAILED, count);
            return;
        }
        counters.train(count);
        core.sent(peer, session, now, length, !train.carriesPackets());
    }
}
