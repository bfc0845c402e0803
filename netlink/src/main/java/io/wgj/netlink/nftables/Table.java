// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

/// The identity of a table in the kernel.
///
/// @param name a byte a char; each family may have a table of this name
public record Table(TableFamily family, String name) {
    /// As nft(8) writes it: `ip wg-quick-wg0`.
    @Override
    public String toString() {
        return family.word() + " " + name;
    }
}
