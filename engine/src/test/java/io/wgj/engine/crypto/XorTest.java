// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XorTest {
    enum Way {
        BEST {
            @Override
            void apply(byte[] in, int at, byte[] keystream, int from, byte[] out, int to, int length) {
                Xor.apply(in, at, keystream, from, out, to, length);
            }
        },
        WORDS {
            @Override
            void apply(byte[] in, int at, byte[] keystream, int from, byte[] out, int to, int length) {
                Xor.words(in, at, keystream, from, out, to, length);
            }
        };

        abstract void apply(byte[] in, int at, byte[] keystream, int from, byte[] out, int to, int length);
    }

    @ParameterizedTest
    @EnumSource
    void touchesItsRangeAndNothingElse(Way way) {
        Random random = new Random(1);
        for (int round = 0; round < 5000; round++) {
            int length = random.nextInt(300);
            int at = random.nextInt(70);
            int from = random.nextInt(70);
            int to = random.nextInt(70);
            byte[] in = new byte[at + length];
            byte[] keystream = new byte[from + length];
            byte[] out = new byte[to + length + 10];
            random.nextBytes(in);
            random.nextBytes(keystream);
            random.nextBytes(out);
            byte[] expected = out.clone();
            for (int i = 0; i < length; i++) {
                expected[to + i] = (byte) (in[at + i] ^ keystream[from + i]);
            }
            way.apply(in, at, keystream, from, out, to, length);
            assertThat(out).isEqualTo(expected);
        }
    }
}
