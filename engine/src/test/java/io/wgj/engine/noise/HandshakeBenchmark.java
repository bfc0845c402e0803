// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.bench.WarmedUp;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.crypto.X25519;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a handshake costs each side, with the libraries that this machine's engine would choose. Values that
/// do not depend on the handshake (the static keys' secret) are computed before, as in the engine.
@State(Scope.Thread)
public class HandshakeBenchmark extends WarmedUp {
    private static final byte[] NO_KEY = new byte[32];

    private final SplittableRandom random = new SplittableRandom(1);
    private final X25519 x25519;
    private final Aead aead;
    private final LocalIdentity left;
    private final LocalIdentity right;
    private final byte[] staticStatic = new byte[X25519.LENGTH];
    private final byte[] timestamp = new Tai64n().next(Instant.EPOCH);
    private final MacWriter toRight;
    private final MacWriter toLeft;
    private final MacChecker atRight;
    private final MacChecker atLeft;
    private final byte[] prepared = new byte[Messages.INITIATION_LENGTH];
    private final byte[] initiation = new byte[Messages.INITIATION_LENGTH];
    private final byte[] response = new byte[Messages.RESPONSE_LENGTH];

    public HandshakeBenchmark() {
        Primitives primitives = Primitives.choose(null, null);
        x25519 = primitives.x25519();
        aead = primitives.aead().newContext();
        left = new LocalIdentity(x25519, secret());
        right = new LocalIdentity(x25519, secret());
        left.agree(x25519, right.publicKey(), staticStatic);
        toRight = new MacWriter(right.publicKey());
        toLeft = new MacWriter(left.publicKey());
        atRight = new MacChecker(right.publicKey());
        atLeft = new MacChecker(left.publicKey());
        begin(prepared);
    }

    private byte[] secret() {
        byte[] secret = new byte[X25519.LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    private Initiator begin(byte[] message) {
        Initiator initiator = Objects.requireNonNull(
                Initiator.begin(aead, x25519, left, right.publicKey(), staticStatic, secret(), 1, timestamp, message));
        toRight.write(message, message.length, 0);
        return initiator;
    }

    private SessionKeys answer(byte[] message) {
        check(atRight.hasMac1(message, message.length));
        Responder responder = Objects.requireNonNull(Responder.open(aead, x25519, right, message));
        check(responder.timestamp(aead, staticStatic, message) != null);
        SessionKeys keys = Objects.requireNonNull(responder.respond(aead, x25519, NO_KEY, secret(), 2, 1, response));
        toLeft.write(response, response.length, 0);
        responder.destroy();
        return keys;
    }

    private static void check(boolean right) {
        if (!right) {
            throw new IllegalStateException("refused");
        }
    }

    /// The initiation, written.
    @Benchmark
    public Initiator initiation() {
        Initiator initiator = begin(initiation);
        initiator.destroy();
        return initiator;
    }

    /// The initiation, read, and the response, written.
    @Benchmark
    public SessionKeys response() {
        return answer(prepared);
    }

    /// Both sides' part of it all.
    @Benchmark
    public SessionKeys whole() {
        Initiator initiator = begin(initiation);
        answer(initiation);
        check(atLeft.hasMac1(response, response.length));
        SessionKeys keys = Objects.requireNonNull(initiator.finish(aead, x25519, left, NO_KEY, response));
        initiator.destroy();
        return keys;
    }
}
