// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// Data messages of one session, sealed one behind the other, all of one size but the last, so that they
/// leave with one call. For one thread at a time; nothing here allocates after construction.
final class SealedTrain {
    /// Bytes that a message adds to its padded packet.
    static final int OVERHEAD = Messages.DATA_HEADER + Aead.TAG_LENGTH;

    private final byte[] bytes;
    private int start;
    private @Nullable Keypair session;
    private int length;
    private int segmentSize;
    private int count;
    private boolean closed;
    private boolean carriesPackets;

    /// @param bytes where messages are sealed
    SealedTrain(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Empty from now on; the first message will be sealed at `at`.
    void begin(int at) {
        start = at;
        session = null;
        length = 0;
        count = 0;
        closed = false;
        carriesPackets = false;
    }

    /// Whether a message can follow: of the same session, no longer than the others, none of which was
    /// shorter.
    boolean takes(Keypair of, int paddedLength) {
        int messageLength = paddedLength + OVERHEAD;
        return count == 0
                || !closed
                        && of == session
                        && messageLength <= segmentSize
                        && count < UdpOutput.MOST_SEGMENTS
                        && length + messageLength <= UdpOutput.MOST_TRAIN_BYTES;
    }

    /// Seals `paddedLength` bytes from `offset` as its next message, which it [#takes].
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

    /// Whose messages these are; null while there is none.
    @Nullable
    Keypair session() {
        return session;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where its first message is.
    int start() {
        return start;
    }

    /// Behind its last message.
    int end() {
        return start + length;
    }

    /// Bytes of all messages together.
    int length() {
        return length;
    }

    /// How long each message is but the last.
    int segmentSize() {
        return segmentSize;
    }

    /// Messages.
    int count() {
        return count;
    }

    /// Whether any of them is more than a keepalive.
    boolean carriesPackets() {
        return carriesPackets;
    }
}
