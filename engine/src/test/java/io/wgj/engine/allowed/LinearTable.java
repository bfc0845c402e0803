// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Allowed IPs as a list that is searched from end to end: too simple to be wrong.
final class LinearTable<P> {
    private final List<Entry<P>> entries = new ArrayList<>();

    /// @param high an IPv4 address stands in the upper 32 bits
    record Entry<P>(boolean ipv4, long high, long low, int length, P peer) {
        boolean covers(boolean otherIpv4, long otherHigh, long otherLow) {
            return ipv4 == otherIpv4
                    && number(high, low)
                            .shiftRight(128 - length)
                            .equals(number(otherHigh, otherLow).shiftRight(128 - length));
        }

        boolean is(boolean otherIpv4, long otherHigh, long otherLow, int otherLength) {
            return length == otherLength && covers(otherIpv4, otherHigh, otherLow);
        }
    }

    void insert(boolean ipv4, long high, long low, int length, P peer) {
        entries.removeIf(entry -> entry.is(ipv4, high, low, length));
        entries.add(new Entry<>(ipv4, high, low, length, peer));
    }

    boolean remove(boolean ipv4, long high, long low, int length, P peer) {
        return entries.removeIf(entry -> entry.peer == peer && entry.is(ipv4, high, low, length));
    }

    void removeAll(P peer) {
        entries.removeIf(entry -> entry.peer == peer);
    }

    @Nullable
    P find(boolean ipv4, long high, long low) {
        Entry<P> best = null;
        for (Entry<P> entry : entries) {
            if (entry.covers(ipv4, high, low) && (best == null || entry.length > best.length)) {
                best = entry;
            }
        }
        return best == null ? null : best.peer;
    }

    @Nullable
    Entry<P> any(Random random) {
        return entries.isEmpty() ? null : entries.get(random.nextInt(entries.size()));
    }

    List<String> entries(P peer) {
        return entries.stream()
                .filter(entry -> entry.peer == peer)
                .map(entry -> text(entry.ipv4, entry.high, entry.low, entry.length))
                .toList();
    }

    /// The masked prefix as text.
    static String text(boolean ipv4, long high, long low, int length) {
        BigInteger masked = number(high, low).shiftRight(128 - length).shiftLeft(128 - length);
        byte[] address = ByteBuffer.allocate(16)
                .putLong(masked.shiftRight(64).longValue())
                .putLong(masked.longValue())
                .array();
        try {
            return InetAddress.getByAddress(ipv4 ? Arrays.copyOf(address, 4) : address)
                            .getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static BigInteger number(long high, long low) {
        return new BigInteger(
                1, ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }
}
