// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds addresses of a network that are not in use.
public final class FreeAddress {
    private FreeAddress() {}

    /// The lowest address of `network` that a host can have and that lies in none of `used`. The network's own
    /// address is not for a host, nor is the broadcast address of IPv4. Prefixes in `used` that hold the whole
    /// network, such as `0.0.0.0/0`, do not count: they say nothing about single addresses.
    public static Optional<IpAddress> first(IpPrefix network, Collection<IpPrefix> used) {
        int bits = network.address().bits();
        BigInteger start = number(network.masked().address());
        BigInteger end = start.add(BigInteger.ONE.shiftLeft(bits - network.length()));
        boolean isPointToPoint = network.length() >= bits - 1;
        BigInteger next = isPointToPoint ? start : start.add(BigInteger.ONE);
        BigInteger last = isPointToPoint || network.family() == IpFamily.V6 ? end : end.subtract(BigInteger.ONE);
        for (IpPrefix taken : inside(network, used)) {
            BigInteger from = number(taken.address());
            if (from.compareTo(next) > 0) {
                break;
            }
            next = next.max(from.add(BigInteger.ONE.shiftLeft(bits - taken.length())));
        }
        return next.compareTo(last) < 0 ? Optional.of(address(next, network.family())) : Optional.empty();
    }

    /// The prefixes inside `network`, in the order of their first addresses.
    private static List<IpPrefix> inside(IpPrefix network, Collection<IpPrefix> prefixes) {
        List<IpPrefix> inside = new ArrayList<>();
        for (IpPrefix prefix : prefixes) {
            if (network.contains(prefix) && (prefix.length() > network.length())) {
                inside.add(prefix.masked());
            }
        }
        inside.sort(Comparator.comparing(prefix -> number(prefix.address())));
        return inside;
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toBytes());
    }

    private static IpAddress address(BigInteger number, IpFamily family) {
        byte[] bytes = new byte[family.bytes()];
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        return IpAddress.of(bytes);
    }
}
