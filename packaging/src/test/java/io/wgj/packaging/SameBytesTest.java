// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// With small archives made by hand. `ReproducibleArchivesTest` (it-tests) takes real ones to the JVM.
class SameBytesTest {
    private static final int HEAP = 2_000;
    private static final int HEAP_BYTES = 2_400;
    private static final int BYTES = 5_000;
    private static final int CLOCK = HEAP + 16;

    @Test
    void theClockIsSetToZeroAndTheChecksumsFit() throws SameBytes.Refusal {
        byte[] same = SameBytes.of(List.of(archive(1, 7), archive(2, 7), archive(3, 7)));

        assertThat(same).isEqualTo(archive(0, 7));
    }

    @Test
    void otherDumpsGiveTheSameBytes() throws SameBytes.Refusal {
        assertThat(SameBytes.of(List.of(archive(1, 7), archive(2, 7), archive(3, 7))))
                .isEqualTo(SameBytes.of(List.of(archive(4, 7), archive(5, 7), archive(5, 7))));
    }

    @Test
    void theOrderOfMostDumpsIsTaken() throws SameBytes.Refusal {
        assertThat(SameBytes.of(List.of(archive(1, 8), archive(2, 7), archive(3, 7))))
                .isEqualTo(archive(0, 7));
    }

    @Test
    void withoutAMajorityMoreDumpsAreAskedFor() {
        assertRefused("of 3 dumps, only 1 are alike; make more of them", archive(1, 7), archive(2, 8), archive(3, 9));
    }

    @Test
    void anUnknownHeaderIsRefused() {
        for (int place : new int[] {0, 8, 12}) {
            byte[] other = archive(1, 7);
            words(other).putInt(place, 985);
            assertRefused("an unknown kind of class archive", other, other, other);
        }
        assertRefused("not a class archive", new byte[100], new byte[100], new byte[100]);
    }

    @Test
    void aHeapRegionOutsideOfTheFileIsRefused() {
        for (long place : new long[] {-8, BYTES, Long.MAX_VALUE}) {
            byte[] other = archive(1, 7);
            words(other).putLong(312 + 24, place);
            assertRefused("the heap region is not inside", other, other, other);
        }
    }

    @Test
    void damageIsRefused() {
        for (int place : new int[] {4, 100, 312, CLOCK}) {
            byte[] other = archive(1, 7);
            other[place] ^= 1;
            assertRefused("checksums", other, other, other);
        }
    }

    @Test
    void moreDifferencesThanAClockMakesAreRefused() {
        assertRefused("more than soft references can explain", filled(1), filled(2), filled(3));
    }

    private static void assertRefused(String sentence, byte[]... dumps) {
        assertThatExceptionOfType(SameBytes.Refusal.class)
                .isThrownBy(() -> SameBytes.of(List.of(dumps)))
                .withMessageContaining(sentence);
    }

    /// An archive with `clock` in its heap region and `order` outside of it.
    private static byte[] archive(long clock, int order) {
        byte[] bytes = new byte[BYTES];
        words(bytes)
                .putInt(0, 0xF00BABA2)
                .putInt(8, 19)
                .putInt(12, 984)
                .putLong(312 + 24, HEAP)
                .putLong(312 + 40, HEAP_BYTES)
                .putInt(1_500, order)
                .putLong(HEAP, 42)
                .putLong(CLOCK, clock);
        seal(bytes);
        return bytes;
    }

    /// An archive whose whole heap region has `value` in each byte.
    private static byte[] filled(int value) {
        byte[] bytes = archive(0, 7);
        Arrays.fill(bytes, HEAP, HEAP + HEAP_BYTES, (byte) value);
        seal(bytes);
        return bytes;
    }

    private static void seal(byte[] bytes) {
        int heap = (int) words(bytes).getLong(312 + 24);
        int size = (int) words(bytes).getLong(312 + 40);
        words(bytes).putInt(312, sum(bytes, heap, size));
        words(bytes).putInt(4, sum(bytes, 16, 984 - 16));
    }

    private static int sum(byte[] bytes, int from, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
