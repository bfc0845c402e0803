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

/// One thread's way of sending trains, and of telling the core and the counters page what became of them.
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

    /// From now on what is sent is counted here: by lane, where the thread sends in turn, since only one
    /// thread at a time does.
    void countIn(ThreadCounters others) {
        counters = others;
    }

    /// From now on what is sent is counted as this thread's.
    void countInOwn() {
        counters = own;
    }

    /// Sends the train, if there is anything in it.
    void send(SealedTrain train, long now) {
        Keypair session = train.session();
        if (session == null) {
            return;
        }
        // A session that was destroyed while its messages were sealed has sealed them with zeros.
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
