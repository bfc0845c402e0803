// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// What takes the place of the routes of a peer that is down.
public enum Withdrawal {
    /// Nothing: packets take any other way that the host has.
    REMOVE,
    /// Routes that refuse packets, so that none leaves the host another way.
    BLACKHOLE
}
