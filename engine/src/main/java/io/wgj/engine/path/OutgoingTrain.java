// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.io.UdpOutput;

/// One train after the other, each sent as soon as the next message does not go with it. Belongs to one
/// thread; nothing here allocates after construction.
final class OutgoingTrain implements Sealer {
    private final Aead aead;
    private final TrainSender sender;
    /// With room for a longer message than may be sent: how long one is may change with the MTU while it is
    /// staged.
    private final SealedTrain train =
            new SealedTrain(new byte[UdpOutput.MOST_TRAIN_BYTES + SealedTrain.OVERHEAD + Aead.MAX_LENGTH]);

    /// @param aead this thread's own
    OutgoingTrain(Aead aead, TrainSender sender) {
        this.aead = aead;
        this.sender = sender;
    }

    /// Sends first what does not go into the same train: another session's messages, or shorter ones than
    /// this.
    @Override
    public void add(Keypair session, long counter, byte[] packet, int offset, int paddedLength, long now) {
        if (!train.takes(session, paddedLength)) {
            flush(now);
        }
        train.seal(aead, session, counter, packet, offset, paddedLength);
    }

    /// Sends what is there.
    void flush(long now) {
        sender.send(train, now);
        train.begin(0);
    }
}
