// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// Looks up the names of interfaces by index, for the scopes of IPv6 addresses (RFC 4007 section 11).
@FunctionalInterface
public interface ScopeNames {
    /// Has no names: scopes are written as numbers.
    ScopeNames NONE = index -> "";

    /// The name of the interface with this index; empty when there is none.
    String nameOf(int index);
}
