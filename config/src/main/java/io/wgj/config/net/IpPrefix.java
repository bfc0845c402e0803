// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// An address and a prefix length, as in `AllowedIPs`, `Address` and routes. Host bits may be set: the kernel
/// clears them in allowed IPs, keeps them in addresses and refuses them in routes.
///
/// @param address the address, host bits included
/// @param length the prefix length in bits, 0 to 32 or 128
public record IpPrefix(IpAddress address, int length) {
    /// Throws `IllegalArgumentException` for a length that the address family does not have.
    public IpPrefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException("a prefix length is 0 to " + address.bits() + ", not " + length);
        }
    }

    /// All addresses of a family: `0.0.0.0/0` or `::/0`.
    public static IpPrefix all(IpFamily family) {
        return new IpPrefix(IpAddress.unspecified(family), 0);
    }

    /// This one address: a prefix of all its bits.
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.bits());
    }

    /// Its version of IP.
    public IpFamily family() {
        return address.family();
    }

    /// Whether a bit behind the prefix is set.
    public boolean hasHostBits() {
        return !address.equals(address.masked(length));
    }

    /// The same prefix with its host bits cleared.
    public IpPrefix masked() {
        return new IpPrefix(address.masked(length), length);
    }

    /// Whether `other` lies inside; no address of the other family does.
    public boolean contains(IpAddress other) {
        return address.sharesPrefix(other, length);
    }

    /// Whether all of `other` lies inside; no prefix of the other family does.
    public boolean contains(IpPrefix other) {
        return other.length >= length && address.sharesPrefix(other.address, length);
    }

    /// `10.0.0.0/8`, `fd00::/64`.
    public String text() {
        return address.text() + "/" + length;
    }

    @Override
    public String toString() {
        return text();
    }
}
