// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

/// A table, by what the kernel knows it by.
///
/// @param name a byte a char; of the same name there may be one table a family
public record Table(TableFamily family, String name) {
    /// As nft(8) writes it: `ip wg-quick-wg0`.
    @Override
    public String toString() {
        return family.word() + " " + name;
    }
}
