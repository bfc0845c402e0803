// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.AddressSet.Boundary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressSetTest {
    @Test
    void beginsWithAnEndUnlessItBeginsAtZero() {
        assertThat(text(v4(0x0a000000, 8))).isEqualTo(")0 [a000000 )b000000");
        assertThat(text(v4(0, 8))).isEqualTo("[0 )1000000");
    }

    @Test
    void hasNoEndBehindTheHighestAddress() {
        assertThat(text(v4(0xffffff00, 24))).isEqualTo(")0 [ffffff00");
        assertThat(text(v4(0, 0))).isEqualTo("[0");
        assertThat(text(v4(0x80000000, 1), v4(0, 1))).isEqualTo("[0");
    }

    @Test
    void joinsWhatTouchesOrOverlaps() {
        assertThat(text(v4(0x0a000100, 24), v4(0x0a000000, 24))).isEqualTo(")0 [a000000 )a000200");
        assertThat(text(v4(0x0a000000, 8), v4(0x0a010000, 16))).isEqualTo(")0 [a000000 )b000000");
        assertThat(text(v4(0x0a000001, 32), v4(0x0a000001, 32))).isEqualTo(")0 [a000001 )a000002");
        assertThat(text(v4(0x0a000001, 32), v4(0x0a000003, 32))).isEqualTo(")0 [a000001 )a000002 [a000003 )a000004");
    }

    @Test
    void doesNotMindHostBits() {
        assertThat(text(v4(0x0a0b0c0d, 8))).isEqualTo(")0 [a000000 )b000000");
    }

    @Test
    void holdsIpv6() {
        AddressSet set = new AddressSet(
                "s",
                1,
                IpFamily.V6,
                List.of(
                        new IpPrefix(IpAddress.ofV6(0xfd00_0000_0000_0000L, -1), 64),
                        IpPrefix.host(IpAddress.ofV6(-1, -1))));

        assertThat(set.boundaries())
                .containsExactly(
                        new Boundary(v6(0, 0), true),
                        new Boundary(v6(0xfd00_0000_0000_0000L, 0), false),
                        new Boundary(v6(0xfd00_0000_0000_0001L, 0), true),
                        new Boundary(v6(-1, -1), false));
    }

    @Test
    void mayBeEmpty() {
        assertThat(new AddressSet("s", 1, IpFamily.V4, List.of()).boundaries()).isEmpty();
    }

    @Test
    void isOfOneFamily() {
        assertThatThrownBy(() -> new AddressSet("s", 1, IpFamily.V4, List.of(IpPrefix.host(IpAddress.ofV6(0, 1)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Compares with the definition: an address is inside when a prefix contains it.
    @Test
    void holdsExactlyItsBlocks() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            List<IpPrefix> blocks = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                // Near both ends of the range and with few bits, so that prefixes touch.
                blocks.add(v4((random.nextBoolean() ? 0 : 0xffffffe0) + random.nextInt(32), 27 + random.nextInt(6)));
            }
            List<Boundary> boundaries = new AddressSet("s", 1, IpFamily.V4, blocks).boundaries();
            assertThat(boundaries).isSortedAccordingTo((a, b) -> a.address().compareTo(b.address()));
            for (int i = 0; i < 64; i++) {
                int address = i < 32 ? i : 0xffffffe0 + i - 32;
                boolean inside = false;
                for (Boundary boundary : boundaries) {
                    if (boundary.address().compareTo(RegisterValue.of(IpAddress.ofV4(address))) <= 0) {
                        inside = !boundary.isEnd();
                    }
                }
                boolean expected = blocks.stream()
                        .anyMatch(block ->
                                ((address ^ (int) block.address().low()) & -1L << 32 - block.length()) << 32 == 0);
                assertThat(inside).as("%x in %s", address, blocks).isEqualTo(expected);
            }
        }
    }

    private static IpPrefix v4(int address, int length) {
        return new IpPrefix(IpAddress.ofV4(address), length);
    }

    private static RegisterValue v6(long high, long low) {
        return RegisterValue.of(IpAddress.ofV6(high, low));
    }

    private static String text(IpPrefix... blocks) {
        StringBuilder out = new StringBuilder();
        for (Boundary boundary : new AddressSet("s", 1, IpFamily.V4, List.of(blocks)).boundaries()) {
            String hex = boundary.address().toString().substring(2);
            out.append(out.isEmpty() ? "" : " ")
                    .append(boundary.isEnd() ? ')' : '[')
                    .append(Integer.toHexString(Integer.parseUnsignedInt(hex, 16)));
        }
        return out.toString();
    }
}
