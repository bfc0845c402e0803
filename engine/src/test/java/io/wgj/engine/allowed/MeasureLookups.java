// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import java.util.Random;

/// Prints how long a table of a million prefixes takes to make, and a look-up in it. To be run by hand, on
/// a quiet machine.
final class MeasureLookups {
    private static final int LOOKUPS = 4_000_000;
    private static final Integer[] PEERS = new Integer[1000];

    private MeasureLookups() {}

    public static void main(String[] words) {
        for (int i = 0; i < PEERS.length; i++) {
            PEERS[i] = i;
        }
        for (int round = 0; round < 2; round++) {
            measure("random", 1_000_000, -1L, -1L);
            measure("in 16 clusters", 1_000_000, 0xf0000fff_ffffffffL, -1L);
            measure("in one /64", 1_000_000, 0x00ffffffL << 32, -1L);
            measure("random", 10_000, -1L, -1L);
        }
    }

    private static void measure(String name, int count, long highMask, long lowMask) {
        Random random = new Random(1);
        long begin = System.nanoTime();
        AllowedIpsTable<Integer> table = new AllowedIpsTable<>();
        for (int i = 0; i < count; i++) {
            long high = random.nextLong() & highMask;
            table.insert4((int) (high >>> 32), 8 + random.nextInt(25), PEERS[i % PEERS.length]);
        }
        AllowedIps<Integer> ipv4 = table.snapshot();
        double built4 = (System.nanoTime() - begin) / 1e6;
        begin = System.nanoTime();
        AllowedIpsTable<Integer> table6 = new AllowedIpsTable<>();
        for (int i = 0; i < count; i++) {
            long high = highMask == -1L ? random.nextLong() : 0xfd00_0000_0000_0000L;
            table6.insert6(high, random.nextLong() & lowMask, 16 + random.nextInt(113), PEERS[i % PEERS.length]);
        }
        table6.snapshot();
        double built6 = (System.nanoTime() - begin) / 1e6;
        begin = System.nanoTime();
        table6.insert6(1, 2, 128, PEERS[0]);
        AllowedIps<Integer> ipv6 = table6.snapshot();
        double again = (System.nanoTime() - begin) / 1e6;

        long[] high = new long[1 << 20];
        long[] low = new long[1 << 20];
        for (int i = 0; i < high.length; i++) {
            high[i] = random.nextLong() & highMask;
            low[i] = random.nextLong();
        }
        int found = 0;
        begin = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
            // The next address depends on the answer, so that look-ups do not overlap.
            Integer peer = ipv4.find4((int) (high[i + found & high.length - 1] >>> 32));
            found += peer == null ? 0 : peer & 1;
        }
        double find4 = (System.nanoTime() - begin) / (double) LOOKUPS;
        if (highMask != -1L) {
            java.util.Arrays.fill(high, 0xfd00_0000_0000_0000L);
        }
        begin = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
            int at = i + found & high.length - 1;
            Integer peer = ipv6.find6(high[at], low[at]);
            found += peer == null ? 0 : peer & 1;
        }
        double find6 = (System.nanoTime() - begin) / (double) LOOKUPS;
        System.out.printf(
                "%,9d %-14s IPv4: made in %5.0f ms, %3.0f ns a look-up; IPv6: %5.0f ms (one line more: %.1f ms), %3.0f ns (%d)%n",
                count, name, built4, find4, built6, again, find6, found);
    }
}
