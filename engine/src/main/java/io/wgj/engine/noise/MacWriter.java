// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Blake2s;
import io.wgj.engine.crypto.XChaCha20Poly1305;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes the MACs of messages to one peer, and keeps the cookie that the peer has sent (whitepaper section
/// 5.4.4 and 5.4.7).
public final class MacWriter {
    /// A cookie is not used in the last five seconds of the responder's secret, because the message might
    /// arrive too late.
    private static final long COOKIE_MAX_AGE = MacKeys.COOKIE_SECRET_MAX_AGE - 5_000_000_000L;

    private final MacKeys keys;
    private byte @Nullable [] lastMac1;
    private byte @Nullable [] cookie;
    private long cookieTime;

    /// @param remotePublic the receiver's static public key
    public MacWriter(byte[] remotePublic) {
        keys = new MacKeys(remotePublic);
    }

    /// Writes mac1 to the end of a handshake message, and mac2 when there is a fresh cookie, else zeros.
    ///
    /// @param length of the message, which starts at 0
    /// @param now nanoseconds of a clock that never steps
    public void write(byte[] message, int length, long now) {
        int mac1At = length - Messages.MACS;
        int mac2At = mac1At + Messages.MAC;
        Blake2s.mac(keys.mac1(), message, 0, mac1At, message, mac1At);
        lastMac1 = Arrays.copyOfRange(message, mac1At, mac2At);
        byte[] held = cookie;
        if (held != null && now - cookieTime < COOKIE_MAX_AGE) {
            Blake2s.mac(held, message, 0, mac2At, message, mac2At);
        } else {
            Arrays.fill(message, mac2At, length, (byte) 0);
        }
    }

    /// Takes a cookie reply to the last message written; only one.
    ///
    /// @return false when it does not answer that message or was not made by the receiver
    public boolean consumeReply(Aead aead, byte[] reply, long now) {
        byte[] answered = lastMac1;
        if (answered == null) {
            return false;
        }
        byte[] nonce = Arrays.copyOfRange(
                reply, Messages.COOKIE_NONCE, Messages.COOKIE_NONCE + XChaCha20Poly1305.NONCE_LENGTH);
        byte[] received = new byte[Blake2s.MAC_LENGTH];
        int sealedLength = Blake2s.MAC_LENGTH + Messages.TAG;
        if (!XChaCha20Poly1305.open(
                aead, keys.cookie(), nonce, answered, reply, Messages.COOKIE, sealedLength, received)) {
            return false;
        }
        lastMac1 = null;
        cookie = received;
        cookieTime = now;
        return true;
    }
}
