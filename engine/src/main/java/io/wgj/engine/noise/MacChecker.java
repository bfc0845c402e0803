// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Blake2s;
import io.wgj.engine.crypto.XChaCha20Poly1305;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;

/// Checks the MACs of messages to this device, and creates cookies under load (whitepaper section 5.3, 5.4.4
/// and 5.4.7).
public final class MacChecker {
    private final MacKeys keys;
    private final byte[] secret = new byte[Blake2s.HASH_LENGTH];
    private long secretTime;
    private boolean hasSecret;

    /// @param localPublic the device's static public key
    public MacChecker(byte[] localPublic) {
        keys = new MacKeys(localPublic);
    }

    /// Whether the sender of the message, from 0 and of that length, knows this device's public key.
    public boolean hasMac1(byte[] message, int length) {
        int mac1At = length - Messages.MACS;
        byte[] mac = new byte[Messages.MAC];
        Blake2s.mac(keys.mac1(), message, 0, mac1At, mac, 0);
        return same(mac, message, mac1At);
    }

    /// Whether the message also carries a cookie that was given to `source` within the life of the current
    /// secret.
    ///
    /// @param source see [#cookieSource]
    /// @param now nanoseconds of a clock that never steps
    public boolean hasMac2(byte[] message, int length, byte[] source, long now) {
        if (!secretIsFresh(now)) {
            return false;
        }
        int mac2At = length - Messages.MAC;
        byte[] cookie = cookie(source);
        byte[] mac = new byte[Messages.MAC];
        Blake2s.mac(cookie, message, 0, mac2At, mac, 0);
        return same(mac, message, mac2At);
    }

    /// Writes the cookie reply to a message with a valid mac1.
    ///
    /// @param randomness fills its argument: a nonce, and a new secret when the old one has expired
    /// @param reply at least 64 bytes, written from its beginning
    public void writeReply(
            Aead aead, byte[] message, int length, byte[] source, Consumer<byte[]> randomness, long now, byte[] reply) {
        if (!secretIsFresh(now)) {
            randomness.accept(secret);
            secretTime = now;
            hasSecret = true;
        }
        byte[] nonce = new byte[XChaCha20Poly1305.NONCE_LENGTH];
        randomness.accept(nonce);
        Messages.writeCookieHeader(reply, Messages.sender(message, 0));
        System.arraycopy(nonce, 0, reply, Messages.COOKIE_NONCE, nonce.length);
        int mac1At = length - Messages.MACS;
        byte[] mac1 = Arrays.copyOfRange(message, mac1At, mac1At + Messages.MAC);
        XChaCha20Poly1305.seal(aead, keys.cookie(), nonce, mac1, cookie(source), reply, Messages.COOKIE);
    }

    /// The source that a cookie is bound to: the address's 4 or 16 bytes in network order, then the port, big
    /// endian.
    public static byte[] cookieSource(byte[] address, int port) {
        byte[] source = Arrays.copyOf(address, address.length + 2);
        source[address.length] = (byte) (port >> 8);
        source[address.length + 1] = (byte) port;
        return source;
    }

    /// Zeroes the secret; cookies given before become invalid.
    public void destroy() {
        Arrays.fill(secret, (byte) 0);
        hasSecret = false;
    }

    private byte[] cookie(byte[] source) {
        byte[] cookie = new byte[Blake2s.MAC_LENGTH];
        Blake2s.mac(secret, source, 0, source.length, cookie, 0);
        return cookie;
    }

    private boolean secretIsFresh(long now) {
        return hasSecret && now - secretTime < MacKeys.COOKIE_SECRET_MAX_AGE;
    }

    /// In constant time.
    private static boolean same(byte[] mac, byte[] message, int offset) {
        return MessageDigest.isEqual(mac, Arrays.copyOfRange(message, offset, offset + Messages.MAC));
    }
}
