// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.noise.MacChecker;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// Decides what to do with handshake messages while too many wait (under load, whitepaper section 5.3). A
/// sender has to prove its address by a cookie, and may send only so many messages a second. Guarded by the
/// device's monitor.
final class CookieGate {
    /// The device stays under load for this long after the queue has shrunk.
    private static final long UNDER_LOAD_TIME = 1_000_000_000L;

    private final Aead aead;
    private final Randomness randomness;
    private final CoreOutput output;
    private final HandshakeReporter reporter;
    private final RateLimiter rateLimiter;
    private final byte[] reply = new byte[Messages.COOKIE_REPLY_LENGTH];
    private boolean wasUnderLoad;
    private long lastUnderLoad;

    /// @param aead CONTROL's own context
    /// @param seed for the [RateLimiter]
    CookieGate(Aead aead, Randomness randomness, CoreOutput output, HandshakeReporter reporter, long seed) {
        this.aead = aead;
        this.randomness = randomness;
        this.output = output;
        this.reporter = reporter;
        rateLimiter = new RateLimiter(seed);
    }

    /// Whether the device is under load: from an eighth of the queue on, and for a second after that.
    ///
    /// @param waiting how many messages wait, this one included
    boolean underLoad(int waiting, long now) {
        if (waiting >= HandshakeQueue.UNDER_LOAD) {
            become(true, now);
            lastUnderLoad = now;
        } else if (now - lastUnderLoad >= UNDER_LOAD_TIME) {
            become(false, now);
        }
        return wasUnderLoad;
    }

    private void become(boolean underLoad, long now) {
        if (underLoad != wasUnderLoad) {
            wasUnderLoad = underLoad;
            reporter.load(underLoad, now);
        }
    }

    /// Why a message with a valid mac1 is not to be handled while [#underLoad]; null when it is. A sender
    /// without a cookie is sent one.
    @Nullable
    Drop check(MacChecker macs, byte[] message, int length, UdpFlow from, long now) {
        byte[] address = from.remote().toBytes();
        byte[] source = MacChecker.cookieSource(address, from.port());
        if (!macs.hasMac2(message, length, source, now)) {
            macs.writeReply(aead, message, length, source, randomness::fill, now, reply);
            output.send(from, reply, 0, Messages.COOKIE_REPLY_LENGTH);
            return Drop.HANDSHAKE_COOKIE_DEMANDED;
        }
        return rateLimiter.allow(from, now) ? null : Drop.HANDSHAKE_RATE_LIMITED;
    }
}
