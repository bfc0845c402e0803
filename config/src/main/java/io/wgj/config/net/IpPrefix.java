// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// An address and a prefix length, as in `AllowedIPs` and `Address`. Host bits may be set: what they mean is the
/// reader's business (the kernel clears them in allowed IPs and keeps them in addresses).
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

    /// Whether a bit behind the prefix is set.
    public boolean hasHostBits() {
        return !address.equals(address.masked(length));
    }

    /// The same prefix with its host bits cleared.
    public IpPrefix masked() {
        return new IpPrefix(address.masked(length), length);
    }

    /// Whether `other`, an address of the same family, lies inside.
    public boolean contains(IpAddress other) {
        return other.v6() == address.v6() && other.masked(length).equals(address.masked(length));
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
