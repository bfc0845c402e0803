// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cases of the kernel's own self-test (its list, in our words), and random tables against
/// [LinearTable].
class AllowedIpsTest {
    private final AllowedIpsTable<String> table = new AllowedIpsTable<>();

    @ParameterizedTest
    @CsvSource({
        "192.168.4.20, a",
        "192.168.4.4, b",
        "192.168.200.182, c",
        "192.95.5.68, c",
        "192.95.5.96, e",
        "64.15.116.26, g",
        "64.15.127.3, g",
        "64.15.123.1, g",
        "64.15.123.128, h",
        "64.15.123.129, h",
        "10.0.0.52, a",
        "10.0.0.220, b",
        "10.1.0.2, a",
        "10.1.0.6, b",
        "10.1.0.10, c",
        "10.1.0.20, d",
        "0.0.0.0, e",
        "255.255.255.255, e",
        "2607:5300:6000:6b00::c05f:543, d",
        "2607:5300:6000:6b00::c02e:1ee, c",
        "2607:5300:6000:6b01::, f",
        "2404:6800:4004:806::1006, g",
        "2404:67ff:4004:806::, f",
        "2404:6800:4004:800::1234, h",
        "2404:6800:4004:800:dead:beef:dead:beef, a",
        "::, f",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, f",
    })
    void findsWhatTheKernelFinds(String address, String peer) {
        fillAsTheKernelDoes();
        assertThat(find(address)).isEqualTo(peer);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.4.20, c", // a had the /24
        "192.168.4.4, b",
        "10.0.0.52, e",
        "2404:6800:4004:800:dead:beef:dead:beef, h",
    })
    void fallsBackToShorterPrefixesWhenAPeerGoes(String address, String peer) {
        fillAsTheKernelDoes();
        table.removeAll("a");
        assertThat(find(address)).isEqualTo(peer);
    }

    @Test
    void findsNoPeerWhenAllAreGone() {
        fillAsTheKernelDoes();
        for (String peer : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            table.removeAll(peer);
        }
        assertThat(find("192.168.4.20")).isNull();
        assertThat(find("2404:6800:4004:800:dead:beef:dead:beef")).isNull();
        assertThat(entries("a")).isEmpty();
    }

    @Test
    void anEmptySnapshotFindsNoPeer() {
        assertThat(AllowedIps.<String>empty().find4(0)).isNull();
        assertThat(AllowedIps.<String>empty().find6(-1, -1)).isNull();
    }

    @Test
    void coversThePrefixAndNoAddressMore() {
        put("10.0.0.0/24", "a");
        put("fd00::/120", "a");
        put("255.255.255.255/32", "b");
        put("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "b");
        assertThat(find("9.255.255.255")).isNull();
        assertThat(find("10.0.0.0")).isEqualTo("a");
        assertThat(find("10.0.0.255")).isEqualTo("a");
        assertThat(find("10.0.1.0")).isNull();
        assertThat(find("fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isNull();
        assertThat(find("fd00::ff")).isEqualTo("a");
        assertThat(find("fd00::100")).isNull();
        assertThat(find("255.255.255.254")).isNull();
        assertThat(find("255.255.255.255")).isEqualTo("b");
        assertThat(find("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isEqualTo("b");
    }

    @Test
    void movesAPrefixToThePeerThatGotItLast() {
        put("10.0.0.0/8", "a");
        put("10.1.0.0/16", "a");
        put("10.9.9.9/8", "b");
        assertThat(entries("a")).containsExactly("10.1.0.0/16");
        assertThat(entries("b")).containsExactly("10.0.0.0/8");
        assertThat(find("10.2.0.0")).isEqualTo("b");
        assertThat(find("10.1.0.0")).isEqualTo("a");
    }

    @Test
    void listsInTheOrderOfArrivalBothFamiliesTogether() {
        put("10.0.0.0/8", "a");
        put("fd00::/64", "a");
        put("1.0.0.0/8", "a");
        put("10.0.0.0/8", "a");
        assertThat(entries("a")).containsExactly("fd00:0:0:0:0:0:0:0/64", "1.0.0.0/8", "10.0.0.0/8");
    }

    @Test
    void removesOnlyWhatBelongsToThePeer() {
        put("10.0.0.0/8", "a");
        put("fd00::/64", "b");
        put("10.0.0.0/9", "b");
        assertThat(take("10.0.0.0/8", "b")).isFalse();
        assertThat(take("10.0.0.0/10", "a")).isFalse();
        assertThat(take("fd00::/64", "a")).isFalse();
        assertThat(find("10.200.0.0")).isEqualTo("a");
        assertThat(take("10.77.0.0/8", "a")).isTrue();
        assertThat(take("10.77.0.0/8", "a")).isFalse();
        assertThat(find("10.200.0.0")).isNull();
        assertThat(find("10.1.0.0")).isEqualTo("b");
        assertThat(entries("a")).isEmpty();
        assertThat(entries("b")).containsExactly("fd00:0:0:0:0:0:0:0/64", "10.0.0.0/9");
    }

    @Test
    void comparesPeersByIdentity() {
        AllowedIpsTable<List<String>> twins = new AllowedIpsTable<>();
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        twins.insert4(0, 1, one);
        twins.insert4(0, 2, other);
        assertThat(twins.snapshot().find4(0)).isSameAs(other);
        assertThat(twins.remove4(0, 2, one)).isFalse();
        twins.removeAll(one);
        assertThat(twins.snapshot().find4(0)).isSameAs(other);
    }

    @Test
    void aSnapshotStaysAsItIs() {
        put("10.0.0.0/8", "a");
        AllowedIps<String> before = table.snapshot();
        assertThat(table.snapshot()).isSameAs(before);
        put("10.0.0.0/8", "b");
        table.removeAll("a");
        assertThat(before.find4(0x0a000001)).isEqualTo("a");
        assertThat(table.snapshot().find4(0x0a000001)).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 33})
    void refusesAnImpossibleLength(int length) {
        assertThatThrownBy(() -> table.insert4(0, length, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.insert6(0, 0, length < 0 ? length : 129, "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Every kind of change, over dense and over scattered addresses, with a few prefixes and with
    /// thousands.
    @ParameterizedTest
    @CsvSource({"20, 6, 100", "2000, 12, 10", "2000, 128, 10", "300, 32, 20", "3000, 64, 6"})
    void doesWhatALinearTableDoes(int changes, int spread, int rounds) {
        Random random = new Random(changes * 131L + spread);
        LinearTable<String> linear = new LinearTable<>();
        List<String> peers = List.of("a", "b", "c", "d", "e", "f", "g");
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < changes / 10 + 1; i++) {
                String peer = peers.get(random.nextInt(peers.size()));
                boolean ipv4 = random.nextBoolean();
                int length = random.nextInt(ipv4 ? 33 : 129);
                long high = scattered(random, ipv4, spread);
                long low = ipv4 ? 0 : scattered(random, false, spread - 64);
                int what = random.nextInt(100);
                if (what < 70) {
                    linear.insert(ipv4, high, low, length, peer);
                    put(ipv4, high, low, length, peer);
                } else if (what < 99 || changes > 1000 && random.nextInt(20) > 0) {
                    LinearTable.Entry<String> known = linear.any(random);
                    if (known != null) {
                        boolean expected = linear.remove(known.ipv4(), known.high(), known.low(), known.length(), peer);
                        assertThat(take(known.ipv4(), known.high(), known.low(), known.length(), peer))
                                .isEqualTo(expected);
                    }
                } else {
                    linear.removeAll(peer);
                    table.removeAll(peer);
                }
            }
            for (int i = 0; i < 200; i++) {
                boolean ipv4 = random.nextBoolean();
                long high = scattered(random, ipv4, spread);
                long low = ipv4 ? 0 : scattered(random, false, spread - 64);
                LinearTable.Entry<String> near = i % 2 == 0 ? linear.any(random) : null;
                if (near != null) {
                    // Just inside, and just outside, of a prefix.
                    ipv4 = near.ipv4();
                    high = near.high() + (ipv4 ? (long) (random.nextInt(3) - 1) << 32 : 0);
                    low = ipv4 ? 0 : near.low() + random.nextInt(3) - 1;
                }
                String actual = ipv4
                        ? table.snapshot().find4((int) (high >>> 32))
                        : table.snapshot().find6(high, low);
                assertThat(actual).as("%s %x %x", ipv4, high, low).isEqualTo(linear.find(ipv4, high, low));
            }
            for (String peer : peers) {
                assertThat(entries(peer)).isEqualTo(linear.entries(peer));
            }
        }
    }

    @Test
    void looksUpWithoutAllocating() {
        Random random = new Random(2);
        for (int i = 0; i < 5000; i++) {
            table.insert4(random.nextInt(), 8 + random.nextInt(25), "a");
            table.insert6(random.nextLong(), random.nextLong(), 16 + random.nextInt(113), "b");
        }
        AllowedIps<String> snapshot = table.snapshot();
        int found = lookUps(snapshot);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        found += lookUps(snapshot);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isPositive();
        assertThat(allocated).isLessThan(10_000);
    }

    private static int lookUps(AllowedIps<String> snapshot) {
        int found = 0;
        long address = 88172645463325252L;
        for (int i = 0; i < 100_000; i++) {
            address ^= address << 13;
            address ^= address >>> 7;
            address ^= address << 17;
            found += snapshot.find4((int) address) == null ? 0 : 1;
            found += snapshot.find6(address, -address) == null ? 0 : 1;
        }
        return found;
    }

    private void fillAsTheKernelDoes() {
        put("192.168.4.0/24", "a");
        put("192.168.4.4/32", "b");
        put("192.168.0.0/16", "c");
        put("192.95.5.64/27", "d");
        put("192.95.5.65/27", "c");
        put("0.0.0.0/0", "e");
        put("64.15.112.0/20", "g");
        put("64.15.123.211/25", "h");
        put("10.0.0.0/25", "a");
        put("10.0.0.128/25", "b");
        put("10.1.0.0/30", "a");
        put("10.1.0.4/30", "b");
        put("10.1.0.8/29", "c");
        put("10.1.0.16/29", "d");
        put("2607:5300:6000:6b00::c05f:543/128", "d");
        put("2607:5300:6000:6b00::/64", "c");
        put("::/0", "e");
        put("::/0", "f");
        put("2404:6800::/32", "g");
        put("2404:6800:4004:800:dead:beef:dead:beef/64", "h");
        put("2404:6800:4004:800:dead:beef:dead:beef/128", "a");
    }

    /// A number with random bits in the first `spread` places, and now and then one more at the end.
    private static long scattered(Random random, boolean ipv4, int spread) {
        long bits = spread <= 0 ? 0 : spread >= 64 ? random.nextLong() : random.nextLong() & -1L << 64 - spread;
        long end = random.nextInt(10) == 0 ? ipv4 ? 1L << 32 : 1 : 0;
        return ipv4 ? (bits ^ end) & -1L << 32 : bits ^ end;
    }

    private void put(String prefix, String peer) {
        int slash = prefix.indexOf('/');
        byte[] address = bytes(prefix.substring(0, slash));
        put(
                address.length == 4,
                high(address),
                low(address),
                Integer.parseInt(prefix, slash + 1, prefix.length(), 10),
                peer);
    }

    private void put(boolean ipv4, long high, long low, int length, String peer) {
        if (ipv4) {
            table.insert4((int) (high >>> 32), length, peer);
        } else {
            table.insert6(high, low, length, peer);
        }
    }

    private boolean take(String prefix, String peer) {
        int slash = prefix.indexOf('/');
        byte[] address = bytes(prefix.substring(0, slash));
        return take(
                address.length == 4,
                high(address),
                low(address),
                Integer.parseInt(prefix, slash + 1, prefix.length(), 10),
                peer);
    }

    private boolean take(boolean ipv4, long high, long low, int length, String peer) {
        return ipv4 ? table.remove4((int) (high >>> 32), length, peer) : table.remove6(high, low, length, peer);
    }

    private @Nullable String find(String address) {
        byte[] bytes = bytes(address);
        AllowedIps<String> snapshot = table.snapshot();
        return bytes.length == 4 ? snapshot.find4((int) (high(bytes) >>> 32)) : snapshot.find6(high(bytes), low(bytes));
    }

    private List<String> entries(String peer) {
        List<String> found = new ArrayList<>();
        table.forEach(peer, new AllowedIpsTable.Prefixes() {
            @Override
            public void prefix4(int address, int length) {
                found.add(LinearTable.text(true, (long) address << 32, 0, length));
            }

            @Override
            public void prefix6(long high, long low, int length) {
                found.add(LinearTable.text(false, high, low, length));
            }
        });
        return found;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static long high(byte[] address) {
        return address.length == 4
                ? (long) ByteBuffer.wrap(address).getInt() << 32
                : ByteBuffer.wrap(address).getLong(0);
    }

    private static long low(byte[] address) {
        return address.length == 4 ? 0 : ByteBuffer.wrap(address).getLong(8);
    }
}
