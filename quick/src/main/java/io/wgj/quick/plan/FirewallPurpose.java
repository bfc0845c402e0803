// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

/// Why a tunnel needs an nftables table, and what to write to do without.
enum FirewallPurpose {
    DEFAULT_ROUTE("a default route in AllowedIPs", "write `Table = off' and add routes by Route or a hook"),
    UNDERLAY("the mark of encrypted packets", "write Route and Rule instead of Underlay"),
    ALLOWED_SOURCES("AllowedSources", "take it out");

    private final String what;
    private final String otherwise;

    FirewallPurpose(String what, String otherwise) {
        this.what = what;
        this.otherwise = otherwise;
    }

    /// What needs the table, as the subject of a sentence.
    String what() {
        return what;
    }

    /// What to write instead, as the end of a sentence.
    String otherwise() {
        return otherwise;
    }
}
