// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.bench;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The yardsticks that other times are divided by: work that contains no code of wgj, so that a change of wgj
/// cannot move it, and that a slower machine slows down as much as the measured code. A copy of 1,400 bytes
/// is not among them: it takes 10 to 15 ns, depending on where its arrays lie.
@State(Scope.Thread)
public class Yardsticks {
    private static final int PACKET = 1_420;
    private static final int TURNS = 1_000;

    private final byte[] text = new byte[PACKET];
    private final byte[] hash = new byte[32];
    private final MessageDigest digest;
    private long number = 1;

    public Yardsticks() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// SHA-256 of 1,420 bytes by the JDK: the processor's instructions for cryptography.
    @Benchmark
    public byte[] hash() throws DigestException {
        digest.update(text);
        digest.digest(hash, 0, hash.length);
        return hash;
    }

    /// A thousand multiplications, each of which waits for the one before: the clock.
    @Benchmark
    public long clock() {
        long product = number;
        for (int i = 0; i < TURNS; i++) {
            product = product * 0x9e37_79b9_7f4a_7c15L + i;
        }
        number = product;
        return product;
    }

    /// Follows links through 64 MB, which no cache holds.
    @State(Scope.Thread)
    public static class Circle {
        private static final int PLACES = 1 << 24;

        private final int[] next = new int[PLACES];
        private int at;

        public Circle() {
            for (int i = 0; i < PLACES; i++) {
                next[i] = i;
            }
            // Sattolo's shuffle: one circle through all places.
            SplittableRandom random = new SplittableRandom(1);
            for (int i = PLACES - 1; i > 0; i--) {
                int other = random.nextInt(i);
                int kept = next[i];
                next[i] = next[other];
                next[other] = kept;
            }
        }
    }

    /// One step.
    @Benchmark
    public int memory(Circle circle) {
        circle.at = circle.next[circle.at];
        return circle.at;
    }
}
