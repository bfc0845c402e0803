// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.UdpOutput;

/// Seals messages into a train and sends the train as soon as the next message does not fit into it. For one
/// thread. Nothing here allocates after construction.
final class OutgoingTrain implements Sealer {
    private final Aead aead;
    private final TrainSender sender;
    /// Has room for a longer message than may be sent, because the MTU may shrink while a packet is staged.
    private final SealedTrain train =
            new SealedTrain(new byte[UdpOutput.MOST_TRAIN_BYTES + SealedTrain.OVERHEAD + Aead.MAX_LENGTH]);

    /// @param aead this thread's own
    OutgoingTrain(Aead aead, TrainSender sender) {
        this.aead = aead;
        this.sender = sender;
    }

    /// Sends the train first when the message does not fit: when it belongs to another session or is longer
    /// than the others.
    @Override
    public void add(Keypair session, long counter, byte[] packet, int offset, int paddedLength, long now) {
        if (!train.takes(session, paddedLength)) {
            flush(now);
        }
        train.seal(aead, session, counter, packet, offset, paddedLength);
    }

    /// Sends the train, if it has messages.
    void flush(long now) {
        sender.send(train, now);
        train.begin(0);
    }
}
