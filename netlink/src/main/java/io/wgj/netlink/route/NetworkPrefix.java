// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/// An address and a prefix length, host bits kept.
///
/// @param length in bits, 0 to 32 or 128
public record NetworkPrefix(NetworkAddress address, int length) {
    /// Throws `IllegalArgumentException` for a length that the family does not have.
    public NetworkPrefix {
        if (length < 0 || length > bits(address)) {
            throw new IllegalArgumentException("a prefix length is 0 to " + bits(address) + ", not " + length);
        }
    }

    /// `0.0.0.0/0` or `::/0`.
    public static NetworkPrefix all(boolean v6) {
        return new NetworkPrefix(new NetworkAddress(v6, 0, 0), 0);
    }

    /// A prefix of all the address's bits.
    public static NetworkPrefix host(NetworkAddress address) {
        return new NetworkPrefix(address, bits(address));
    }

    /// What a message told.
    ///
    /// @param address null when the kernel left the zeros away
    /// @param message what is being read, for error messages
    static NetworkPrefix decoded(boolean v6, @Nullable NetworkAddress address, int length, String message)
            throws MalformedMessageException {
        if (length > (v6 ? 128 : 32)) {
            throw new MalformedMessageException(message + ": a prefix of " + length + " bits");
        }
        return new NetworkPrefix(address == null ? new NetworkAddress(v6, 0, 0) : address, length);
    }

    /// Whether it is IPv6.
    public boolean v6() {
        return address.v6();
    }

    /// Whether a bit behind the prefix is set; the kernel refuses routes to such.
    public boolean hasHostBits() {
        return !address.equals(masked(address, length));
    }

    /// Whether all of `other` lies inside.
    public boolean contains(NetworkPrefix other) {
        return other.v6() == v6()
                && other.length >= length
                && masked(other.address, length).equals(masked(address, length));
    }

    /// `10.0.0.0/8`, `fd00::1/128`.
    public String text() {
        return AddressWords.format(address) + "/" + length;
    }

    @Override
    public String toString() {
        return text();
    }

    private static int bits(NetworkAddress address) {
        return address.v6() ? 128 : 32;
    }

    private static NetworkAddress masked(NetworkAddress address, int length) {
        if (!address.v6()) {
            return new NetworkAddress(false, 0, address.low() & leading(length + 32));
        }
        long high = address.high() & leading(Math.min(length, 64));
        return new NetworkAddress(true, high, address.low() & leading(Math.max(length - 64, 0)));
    }

    /// A mask of the first `count` bits of 64; a shift by 64 would shift by none.
    private static long leading(int count) {
        return count == 0 ? 0 : -1L << 64 - count;
    }
}
