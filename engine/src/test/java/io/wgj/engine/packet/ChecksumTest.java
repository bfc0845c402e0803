// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void theExampleOfRfc1071() {
        byte[] words = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        assertThat(inNetworkOrder(Checksum.add(words, 0, words.length, 0))).isEqualTo(0xddf2);
    }

    @Test
    void everyLengthAtEveryAlignmentMatchesTheSlowSum() {
        byte[] bytes = new byte[400];
        new Random(1).nextBytes(bytes);
        for (int at = 0; at < 33; at++) {
            for (int length = 0; length <= 300; length++) {
                assertThat(inNetworkOrder(Checksum.add(bytes, at, length, 0)))
                        .as("%d bytes at %d", length, at)
                        .isEqualTo(TestPacket.slowSum(bytes, at, length, 0));
            }
        }
    }

    @Test
    void theLargestPacketOfOnesDoesNotOverflow() {
        byte[] bytes = new byte[65_535];
        Arrays.fill(bytes, (byte) 0xff);
        assertThat(inNetworkOrder(Checksum.add(bytes, 0, bytes.length, -1L >>> 16)))
                .isEqualTo(TestPacket.slowSum(bytes, 0, bytes.length, 0xffff));
    }

    @Test
    void piecesOfEvenLengthAddUp() {
        byte[] bytes = new byte[1_001];
        new Random(2).nextBytes(bytes);
        long sum = Checksum.add(bytes, 0, 20, 0);
        sum = Checksum.add(bytes, 20, 34, sum);
        sum = Checksum.add(bytes, 54, 947, sum);
        assertThat(Checksum.fold(sum)).isEqualTo(Checksum.fold(Checksum.add(bytes, 0, 1_001, 0)));
    }

    private static int inNetworkOrder(long sum) {
        byte[] out = new byte[2];
        Checksum.store(out, 0, Checksum.fold(sum));
        return Bytes.u16(out, 0);
    }
}
