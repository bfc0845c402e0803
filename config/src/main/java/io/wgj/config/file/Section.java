// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// The two kinds of section that a file has.
public enum Section {
    /// `[Interface]`.
    INTERFACE("Interface"),
    /// `[Peer]`.
    PEER("Peer");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    /// The section's name without brackets.
    public String title() {
        return title;
    }
}
