// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.X25519;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A handshake that the other side began, in three steps: its claimed key, the proof of that key, the
/// response (whitepaper section 5.4.2 and 5.4.3). Between the steps the caller looks up the peer and checks
/// the timestamp. Call [#destroy()] after any step.
public final class Responder {
    private final SymmetricState state;
    private final byte[] remoteEphemeral;
    private final byte[] remoteStatic = new byte[X25519.LENGTH];

    private Responder(SymmetricState state, byte[] remoteEphemeral) {
        this.state = state;
        this.remoteEphemeral = remoteEphemeral;
    }

    /// Step one: decrypts the initiator's static key, which is not yet proved.
    ///
    /// @param message an initiation of 148 bytes
    /// @return null when it was not made for this device's key
    public static @Nullable Responder open(Aead aead, X25519 x25519, LocalIdentity self, byte[] message) {
        SymmetricState state = new SymmetricState(SymmetricState.IDENTIFIER);
        return open(state, aead, x25519, self, message, Messages.INITIATION_NOISE);
    }

    /// The same with any prologue: e, es, s.
    static @Nullable Responder open(
            SymmetricState state, Aead aead, X25519 x25519, LocalIdentity self, byte[] message, int offset) {
        byte[] remoteEphemeral = Arrays.copyOfRange(message, offset, offset + X25519.LENGTH);
        state.mixHash(self.publicKey());
        state.mixKey(remoteEphemeral);
        state.mixHash(remoteEphemeral);
        byte[] shared = new byte[X25519.LENGTH];
        boolean usable = self.agree(x25519, remoteEphemeral, shared);
        state.mixKeyForCipher(shared);
        Arrays.fill(shared, (byte) 0);
        Responder handshake = new Responder(state, remoteEphemeral);
        if (!usable || !state.open(aead, message, offset + Messages.KEY, handshake.remoteStatic)) {
            handshake.destroy();
            return null;
        }
        return handshake;
    }

    /// The initiator's static public key, a copy.
    public byte[] remoteStatic() {
        return remoteStatic.clone();
    }

    /// Step two: decrypts the timestamp, which proves the initiator's key.
    ///
    /// @param staticStatic the Diffie-Hellman result of both static keys
    /// @return 12 bytes, or null when the initiator does not have that key
    public byte @Nullable [] timestamp(Aead aead, byte[] staticStatic, byte[] message) {
        byte[] timestamp = new byte[Tai64n.LENGTH];
        return payload(aead, staticStatic, message, Messages.INITIATION_NOISE, timestamp) ? timestamp : null;
    }

    /// ss, payload.
    boolean payload(Aead aead, byte[] staticStatic, byte[] message, int offset, byte[] payload) {
        state.mixKeyForCipher(staticStatic);
        return state.open(aead, message, offset + 2 * Messages.KEY + Messages.TAG, payload);
    }

    /// Step three: writes the response without the MACs, and creates the session.
    ///
    /// @param presharedKey 32 bytes, zeros for none
    /// @param ephemeral 32 random bytes, used once and zeroed
    /// @param sender the index that data messages to this side have to name
    /// @param receiver the initiation's sender index
    /// @param message at least 92 bytes, written from its beginning
    /// @return null when a Diffie-Hellman result is zero: the initiator's keys are unusable
    public @Nullable SessionKeys respond(
            Aead aead, X25519 x25519, byte[] presharedKey, byte[] ephemeral, int sender, int receiver, byte[] message) {
        Messages.writeResponseHeader(message, sender, receiver);
        boolean usable = write(aead, x25519, presharedKey, ephemeral, new byte[0], message, Messages.RESPONSE_NOISE);
        x25519.forget(ephemeral);
        Arrays.fill(ephemeral, (byte) 0);
        return usable ? state.split(false) : null;
    }

    /// e, ee, se, psk, payload.
    boolean write(
            Aead aead,
            X25519 x25519,
            byte[] presharedKey,
            byte[] ephemeral,
            byte[] payload,
            byte[] message,
            int offset) {
        state.writeEphemeral(x25519, ephemeral, message, offset);
        byte[] shared = new byte[X25519.LENGTH];
        boolean usable = x25519.agree(ephemeral, remoteEphemeral, shared);
        state.mixKey(shared);
        usable &= x25519.agree(ephemeral, remoteStatic, shared);
        state.mixKey(shared);
        Arrays.fill(shared, (byte) 0);
        state.mixPresharedKey(presharedKey);
        state.seal(aead, payload, message, offset + X25519.LENGTH);
        return usable;
    }

    SymmetricState state() {
        return state;
    }

    /// Zeroes its secrets; it cannot be used afterwards.
    public void destroy() {
        state.destroy();
        Arrays.fill(remoteStatic, (byte) 0);
    }
}
