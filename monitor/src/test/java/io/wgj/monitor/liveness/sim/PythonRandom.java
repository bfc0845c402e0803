// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

/// The random numbers of Python's `random` for one seed: the Mersenne Twister MT19937. With it a run of this
/// simulator repeats, number for number, a run of the prototype that the specification's figures come from.
final class PythonRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    /// `random.seed(seed)` for a seed of 0 to 2^31 - 1.
    PythonRandom(int seed) {
        start(19650218);
        int i = 1;
        for (int k = 0; k < N; k++) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + seed;
            i = nextSlot(i);
        }
        for (int k = 1; k < N; k++) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
            i = nextSlot(i);
        }
        state[0] = 0x80000000;
    }

    private void start(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    private int nextSlot(int i) {
        if (i < N - 1) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    private int bits32() {
        if (next == N) {
            for (int i = 0; i < N; i++) {
                int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
                state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    /// `random.random()`: 0 to 1, without 1.
    double random() {
        int high = bits32() >>> 5;
        int low = bits32() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// `random.uniform(from, to)`.
    double uniform(double from, double to) {
        return from + (to - from) * random();
    }

    /// `random.expovariate(rate)`.
    double exponential(double rate) {
        return -StrictMath.log(1 - random()) / rate;
    }

    /// An index that `random.choice` takes from a sequence of this length.
    int below(int length) {
        int bits = 32 - Integer.numberOfLeadingZeros(length);
        int index = bits32() >>> (32 - bits);
        while (index >= length) {
            index = bits32() >>> (32 - bits);
        }
        return index;
    }

    @SafeVarargs
    final <T> T choice(T... values) {
        return values[below(values.length)];
    }

    int choice(int[] values) {
        return values[below(values.length)];
    }

    double choice(double[] values) {
        return values[below(values.length)];
    }
}
