// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

/// The kernel setting `net.ipv4.conf.all.src_valid_mark`: whether the reverse-path filter looks up marks.
///
/// @param value as it is read, without a newline
/// @param othersNeedIt whether the journal of another tunnel says that the tunnel set it or relies on it
public record SrcValidMark(String value, boolean othersNeedIt) {
    /// The setting's name.
    public static final String KEY = "net.ipv4.conf.all.src_valid_mark";

    /// Whether it is set.
    public boolean isOn() {
        return value.equals("1");
    }
}
