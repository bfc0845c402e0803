// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

/// The indices of interfaces by name: turns the scope in `fe80::1%eth0` into a number (RFC 4007 section 11).
@FunctionalInterface
public interface ScopeIndexes {
    /// The index of the interface `name`; 0 when there is none.
    int indexOf(String name);
}
