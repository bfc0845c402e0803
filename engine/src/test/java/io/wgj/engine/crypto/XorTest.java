// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class XorTest {
    @Test
    void touchesItsRangeAndNothingElse() {
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
            Xor.apply(in, at, keystream, from, out, to, length);
            assertThat(out).isEqualTo(expected);
        }
    }

    /// As when a merged packet is decrypted where it lies.
    @Test
    void mayWriteBeforeWhatItReads() {
        Random random = new Random(2);
        for (int back = 0; back < 40; back++) {
            byte[] bytes = new byte[300];
            byte[] keystream = new byte[200];
            random.nextBytes(bytes);
            random.nextBytes(keystream);
            byte[] expected = bytes.clone();
            for (int i = 0; i < 200; i++) {
                expected[60 - back + i] = (byte) (bytes[60 + i] ^ keystream[i]);
            }
            Xor.apply(bytes, 60, keystream, 0, bytes, 60 - back, 200);
            assertThat(bytes).isEqualTo(expected);
        }
    }
}
