// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

/// A network, in the shape that `config`'s addresses have, which this package does not know. Host bits do not matter.
///
/// @param v6 whether it is of IPv6
/// @param high the first eight bytes of an IPv6 address, big-endian; zero for IPv4
/// @param low the last eight bytes of an IPv6 address; the four bytes of an IPv4 address in the low half
/// @param length of the prefix, 0 to 32 or 128
public record AddressBlock(boolean v6, long high, long low, int length) {
    /// Throws `IllegalArgumentException` for a length that the family does not have.
    public AddressBlock {
        int most = v6 ? 128 : 32;
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("a prefix length is 0 to " + most + ", not " + length);
        }
    }

    /// One IPv4 address.
    public static AddressBlock ofV4(int address) {
        return new AddressBlock(false, 0, address & 0xffff_ffffL, 32);
    }

    /// One IPv6 address.
    public static AddressBlock ofV6(long high, long low) {
        return new AddressBlock(true, high, low, 128);
    }

    /// The address in network order, host bits too.
    RegisterValue address() {
        return v6 ? RegisterValue.networkOrder(high, low) : RegisterValue.networkOrder((int) low);
    }
}
