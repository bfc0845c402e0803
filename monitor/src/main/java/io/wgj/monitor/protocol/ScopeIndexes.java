// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

/// Looks up the indices of interfaces by name, for the scopes of IPv6 addresses.
@FunctionalInterface
public interface ScopeIndexes {
    /// The index of the interface with this name; 0 when there is none.
    int indexOf(String name);
}
