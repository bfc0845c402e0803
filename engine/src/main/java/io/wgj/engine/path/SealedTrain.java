// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// Sealed data messages of one session, one behind the other. All but the last have the same length, so that
/// one system call sends them. For one thread at a time. Nothing here allocates after construction.
final class SealedTrain {
    /// How much longer a message is than its padded packet.
    static final int OVERHEAD = Messages.DATA_HEADER + Aead.TAG_LENGTH;

    private final byte[] bytes;
    private int start;
    private @Nullable Keypair session;
    private int length;
    private int segmentSize;
    private int count;
    private boolean closed;
    private boolean carriesPackets;

    /// @param bytes the buffer into which messages are sealed
    SealedTrain(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Empties the train; its first message will be sealed at `at`.
    void begin(int at) {
        start = at;
        session = null;
        length = 0;
        count = 0;
        closed = false;
        carriesPackets = false;
    }

    /// Whether the next message fits: it belongs to the same session and is no longer than the others, none
    /// of which was shorter.
    boolean takes(Keypair of, int paddedLength) {
        int messageLength = paddedLength + OVERHEAD;
        return count == 0
                || !closed
                        && of == session
                        && messageLength <= segmentSize
                        && count < UdpOutput.MOST_SEGMENTS
                        && length + messageLength <= UdpOutput.MOST_TRAIN_BYTES;
    }

    /// Seals `paddedLength` bytes from `offset` as the next message, which [#takes] has admitted.
    void seal(Aead aead, Keypair of, long counter, byte[] packet, int offset, int paddedLength) {
        int messageLength = paddedLength + OVERHEAD;
        if (count == 0) {
            session = of;
            segmentSize = messageLength;
        } else if (messageLength < segmentSize) {
            closed = true;
        }
        int at = end();
        Messages.writeDataHeader(bytes, at, of.remoteIndex(), counter);
        aead.seal(of.sendKey(), counter, packet, offset, paddedLength, bytes, at + Messages.DATA_HEADER);
        length += messageLength;
        count++;
        carriesPackets |= paddedLength > 0;
    }

    /// The session of its messages; null for an empty train.
    @Nullable
    Keypair session() {
        return session;
    }

    byte[] bytes() {
        return bytes;
    }

    /// The offset of its first message.
    int start() {
        return start;
    }

    /// The offset behind its last message.
    int end() {
        return start + length;
    }

    /// The length of all messages together.
    int length() {
        return length;
    }

    /// The length of each message except the last.
    int segmentSize() {
        return segmentSize;
    }

    /// How many messages there are.
    int count() {
        return count;
    }

    /// Whether any message is more than a keepalive.
    boolean carriesPackets() {
        return carriesPackets;
    }
}
