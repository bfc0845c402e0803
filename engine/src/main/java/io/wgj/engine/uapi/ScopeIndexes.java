// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

/// The indexes of interfaces by name: how the scope in `fe80::1%eth0` becomes a number (RFC 4007 section 11).
@FunctionalInterface
public interface ScopeIndexes {
    /// The index of the interface `name`; 0 when there is none.
    int indexOf(String name);
}
