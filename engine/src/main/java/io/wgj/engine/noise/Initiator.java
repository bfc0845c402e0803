// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.X25519;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A handshake that this side began and that waits for its response (whitepaper section 5.4.2 and 5.4.3). A
/// forged response does not change it.
public final class Initiator {
    private final SymmetricState state;
    private final byte[] ephemeral;

    private Initiator(SymmetricState state, byte[] ephemeral) {
        this.state = state;
        this.ephemeral = ephemeral;
    }

    /// Begins a handshake and writes its initiation without the MACs.
    ///
    /// @param remotePublic the responder's static public key
    /// @param staticStatic the Diffie-Hellman result of both static keys
    /// @param ephemeral 32 random bytes, used once; the handshake keeps and zeroes them
    /// @param sender the index that the response has to name
    /// @param timestamp 12 bytes, see [Tai64n]
    /// @param message at least 148 bytes, written from its beginning
    /// @return null when a Diffie-Hellman result is zero: `remotePublic` is unusable
    public static @Nullable Initiator begin(
            Aead aead,
            X25519 x25519,
            LocalIdentity self,
            byte[] remotePublic,
            byte[] staticStatic,
            byte[] ephemeral,
            int sender,
            byte[] timestamp,
            byte[] message) {
        SymmetricState state = new SymmetricState(SymmetricState.IDENTIFIER);
        Messages.writeInitiationHeader(message, sender);
        return begin(
                state,
                aead,
                x25519,
                self,
                remotePublic,
                staticStatic,
                ephemeral,
                timestamp,
                message,
                Messages.INITIATION_NOISE);
    }

    /// The same with any prologue and payload: e, es, s, ss, payload.
    static @Nullable Initiator begin(
            SymmetricState state,
            Aead aead,
            X25519 x25519,
            LocalIdentity self,
            byte[] remotePublic,
            byte[] staticStatic,
            byte[] ephemeral,
            byte[] payload,
            byte[] message,
            int offset) {
        state.mixHash(remotePublic);
        state.writeEphemeral(x25519, ephemeral, message, offset);
        byte[] shared = new byte[X25519.LENGTH];
        boolean usable = x25519.agree(ephemeral, remotePublic, shared);
        // The response may take a long time.
        x25519.forget(ephemeral);
        state.mixKeyForCipher(shared);
        Arrays.fill(shared, (byte) 0);
        Initiator handshake = new Initiator(state, ephemeral);
        if (!usable) {
            handshake.destroy();
            return null;
        }
        int staticAt = offset + Messages.KEY;
        state.seal(aead, self.publicKey(), message, staticAt);
        state.mixKeyForCipher(staticStatic);
        state.seal(aead, payload, message, staticAt + Messages.KEY + Messages.TAG);
        return handshake;
    }

    /// Checks a response and creates the session. The handshake does not change, so that another response may
    /// come; the caller destroys it after a valid one.
    ///
    /// @param presharedKey 32 bytes, zeros for none
    /// @param message 92 bytes from its beginning
    /// @return null when the response is not valid
    public @Nullable SessionKeys finish(
            Aead aead, X25519 x25519, LocalIdentity self, byte[] presharedKey, byte[] message) {
        SymmetricState attempt = new SymmetricState(state);
        try {
            boolean right =
                    read(attempt, aead, x25519, self, presharedKey, message, Messages.RESPONSE_NOISE, new byte[0]);
            return right ? attempt.split(true) : null;
        } finally {
            attempt.destroy();
        }
    }

    /// e, ee, se, psk, payload.
    boolean read(
            SymmetricState attempt,
            Aead aead,
            X25519 x25519,
            LocalIdentity self,
            byte[] presharedKey,
            byte[] message,
            int offset,
            byte[] payload) {
        byte[] remoteEphemeral = Arrays.copyOfRange(message, offset, offset + X25519.LENGTH);
        attempt.mixKey(remoteEphemeral);
        attempt.mixHash(remoteEphemeral);
        byte[] shared = new byte[X25519.LENGTH];
        boolean usable = x25519.agree(ephemeral, remoteEphemeral, shared);
        x25519.forget(ephemeral);
        attempt.mixKey(shared);
        usable &= self.agree(x25519, remoteEphemeral, shared);
        attempt.mixKey(shared);
        Arrays.fill(shared, (byte) 0);
        attempt.mixPresharedKey(presharedKey);
        return usable && attempt.open(aead, message, offset + X25519.LENGTH, payload);
    }

    SymmetricState state() {
        return state;
    }

    /// Zeroes its secrets; it cannot be used afterwards.
    public void destroy() {
        state.destroy();
        Arrays.fill(ephemeral, (byte) 0);
    }
}
