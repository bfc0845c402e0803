// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// The names of interfaces by index, which IPv6 scopes are written with (RFC 4007 section 11).
@FunctionalInterface
public interface ScopeNames {
    /// Knows none: scopes are written as numbers.
    ScopeNames NONE = index -> "";

    /// The name of the interface with this index; empty when there is none.
    String nameOf(int index);
}
