// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.noise.Messages;
import io.wgj.netlink.sys.Errno;
import org.jspecify.annotations.Nullable;

/// Data messages of one session on their way out: sealed one behind the other into one buffer, all of one size but
/// the last, and sent with one call. Belongs to one thread; nothing here allocates after construction.
final class OutgoingTrain {
    /// Bytes that a message adds to its padded packet.
    static final int OVERHEAD = Messages.DATA_HEADER + Aead.TAG_LENGTH;

    private final DeviceCore core;
    private final UdpOutput udp;
    private final Aead aead;
    private final PathCounters counters;
    /// A message is sealed here before it is known to fit, so there is room for one more than may be sent.
    private final byte[] bytes = new byte[UdpOutput.MOST_TRAIN_BYTES + OVERHEAD + Aead.MAX_LENGTH];

    private @Nullable Keypair keypair;
    private int length;
    private int segmentSize;
    private int count;
    private boolean closed;
    private boolean carriesPackets;

    OutgoingTrain(DeviceCore core, UdpOutput udp, Aead aead, PathCounters counters) {
        this.core = core;
        this.udp = udp;
        this.aead = aead;
        this.counters = counters;
    }

    /// Seals `paddedLength` bytes from `offset` as the session's next message. Sends first what does not go into
    /// the same train: another session's messages, or shorter ones than this.
    void add(Keypair session, byte[] packet, int offset, int paddedLength, long now) {
        int messageLength = paddedLength + OVERHEAD;
        if (count > 0
                && (closed
                        || session != keypair
                        || messageLength > segmentSize
                        || count == UdpOutput.MOST_SEGMENTS
                        || length + messageLength > UdpOutput.MOST_TRAIN_BYTES)) {
            flush(now);
        }
        if (count == 0) {
            keypair = session;
            segmentSize = messageLength;
        } else if (messageLength < segmentSize) {
            closed = true;
        }
        long counter = session.takeCounters(1);
        Messages.writeDataHeader(bytes, length, session.remoteIndex(), counter);
        aead.seal(session.sendKey(), counter, packet, offset, paddedLength, bytes, length + Messages.DATA_HEADER);
        length += messageLength;
        count++;
        carriesPackets |= paddedLength > 0;
    }

    /// Sends what is there.
    void flush(long now) {
        Keypair session = keypair;
        if (count == 0 || session == null) {
            return;
        }
        // A session that was destroyed while its messages were sealed has sealed them with zeros.
        if (session.isLive()) {
            send(session, now);
        } else {
            core.drops().count(Drop.TX_SEND_FAILED, count);
        }
        keypair = null;
        length = 0;
        count = 0;
        closed = false;
        carriesPackets = false;
    }

    private void send(Keypair session, long now) {
        Peer peer = session.peer();
        UdpFlow flow = peer.flow();
        if (flow == null) {
            core.drops().count(Drop.TX_NO_ENDPOINT, count);
            return;
        }
        int errno = udp.send(flow, bytes, 0, length, count == 1 ? 0 : segmentSize);
        if (errno == UdpOutput.SENT_WITHOUT_SOURCE) {
            core.sendFailed(peer, Errno.EINVAL);
        } else if (errno != UdpOutput.SENT) {
            core.drops().count(Drop.TX_SEND_FAILED, count);
            return;
        }
        counters.train(count);
        core.sent(peer, session, now, length, !carriesPackets);
    }
}
