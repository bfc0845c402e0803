// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.X25519;
import io.wgj.engine.noise.LocalIdentity;
import io.wgj.engine.noise.MacWriter;
import io.wgj.engine.noise.Tai64n;
import io.wgj.engine.noise.TimestampGuard;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The handshake state of one peer. Guarded by the device's monitor, so only CONTROL and the configuration
/// use it.
final class PeerHandshake {
    final byte[] remotePublic;
    final MacWriter macs;
    final Tai64n timestamps = new Tai64n();
    final TimestampGuard guard = new TimestampGuard();
    final byte[] presharedKey = new byte[32];
    /// When an initiation of the peer was last accepted; long ago at first.
    long lastInitiation = -1_000_000_000L;
    /// When an initiation was last reported to the log.
    long initiationReported = -1_000_000_000L;
    /// The initiation that waits for its response.
    @Nullable
    PendingHandshake pending;

    private final byte[] staticStatic = new byte[X25519.LENGTH];
    private @Nullable LocalIdentity staticStaticOf;
    private boolean usable;

    PeerHandshake(byte[] remotePublic) {
        this.remotePublic = remotePublic;
        macs = new MacWriter(remotePublic);
    }

    /// The Diffie-Hellman result of both static keys, computed at first use, so that configured peers cost
    /// nothing before they are active. Null when it is zero: the peer's key is unusable.
    byte @Nullable [] staticStatic(X25519 x25519, LocalIdentity self) {
        if (staticStaticOf != self) {
            usable = self.agree(x25519, remotePublic, staticStatic);
            staticStaticOf = self;
        }
        return usable ? staticStatic : null;
    }

    /// Forgets what depends on the device's key.
    void forgetIdentity() {
        Arrays.fill(staticStatic, (byte) 0);
        staticStaticOf = null;
    }

    /// Forgets the waiting initiation and frees its index.
    void dropPending(IndexTable indexes) {
        PendingHandshake waiting = pending;
        if (waiting != null) {
            indexes.remove(waiting);
            waiting.initiator().destroy();
            pending = null;
        }
    }

    /// Zeroes every secret.
    void destroy(IndexTable indexes) {
        dropPending(indexes);
        forgetIdentity();
        Arrays.fill(presharedKey, (byte) 0);
    }
}
