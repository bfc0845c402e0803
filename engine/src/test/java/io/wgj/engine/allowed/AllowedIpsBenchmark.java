// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import io.wgj.engine.bench.WarmedUp;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Looks up addresses, each another than the one before: in a table of ten peers with an address each, of a
/// thousand adjacent networks, of a million random prefixes of any length.
@State(Scope.Thread)
public class AllowedIpsBenchmark extends WarmedUp {
    private static final int FEW = 10;
    private static final int ROW = 1_000;
    private static final Integer[] PEERS = new Integer[ROW];

    static {
        for (int i = 0; i < ROW; i++) {
            PEERS[i] = i;
        }
    }

    private long random = 1;

    /// The next look-up starts when this one is done.
    private long next(@Nullable Integer found) {
        random = random * 0x5851_f42d_4c95_7f2dL + (found == null ? 1 : 3);
        return random;
    }

    /// IPv4.
    @State(Scope.Thread)
    public static class Table4 {
        @Param({"10", "1000", "1000000"})
        public int prefixes;

        private AllowedIps<Integer> table = AllowedIps.empty();
        private int network = 10 << 24;
        private int hosts = 0xf;

        @Setup
        public void prepare() {
            AllowedIpsTable<Integer> making = new AllowedIpsTable<>();
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < prefixes; i++) {
                Integer peer = PEERS[i % ROW];
                switch (prefixes) {
                    case FEW -> making.insert4(network | i, 32, peer);
                    case ROW -> making.insert4(network | i << 8, 24, peer);
                    default -> making.insert4(random.nextInt(), random.nextInt(8, 33), peer);
                }
            }
            table = making.snapshot();
            if (prefixes > FEW) {
                hosts = 0x3ffff;
            }
            if (prefixes > ROW) {
                network = 0;
                hosts = -1;
            }
        }
    }

    /// IPv6.
    @State(Scope.Thread)
    public static class Table6 {
        @Param({"1000", "1000000"})
        public int prefixes;

        private AllowedIps<Integer> table = AllowedIps.empty();
        private long network = 0xfd00L << 48;
        private long hosts = 0x3ff;

        @Setup
        public void prepare() {
            AllowedIpsTable<Integer> making = new AllowedIpsTable<>();
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < prefixes; i++) {
                Integer peer = PEERS[i % ROW];
                if (prefixes == ROW) {
                    making.insert6(network | i, 0, 64, peer);
                } else {
                    making.insert6(random.nextLong(), random.nextLong(), random.nextInt(16, 129), peer);
                }
            }
            table = making.snapshot();
            if (prefixes > ROW) {
                network = 0;
                hosts = -1;
            }
        }
    }

    @Benchmark
    public long find4(Table4 in) {
        return next(in.table.find4(in.network | (int) (random >>> 32) & in.hosts));
    }

    @Benchmark
    public long find6(Table6 in) {
        return next(in.table.find6(in.network | (random >>> 16) & in.hosts, random));
    }
}
