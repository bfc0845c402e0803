// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.noise.MacChecker;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// What the device asks of handshake messages before it spends much on them, when too many wait: proof, by a
/// cookie, that the sender is where it says it is, and patience (whitepaper section 5.3). Under the device's
/// monitor.
final class CookieGate {
    /// The device stays under load so long after the queue fell.
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
    /// @param seed of the [RateLimiter]
    CookieGate(Aead aead, Randomness randomness, CoreOutput output, HandshakeReporter reporter, long seed) {
        this.aead = aead;
        this.randomness = randomness;
        this.output = output;
        this.reporter = reporter;
        rateLimiter = new RateLimiter(seed);
    }

    /// Whether the device is under load: from an eighth of the queue on, and for a second after.
    ///
    /// @param waiting how many messages wait, the one at hand included
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

    /// Why a message whose mac1 is right is not to be handled while [#underLoad]; null when it is. Who has no
    /// cookie is sent one.
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
