// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

/// What woke the monitor.
///
/// @param links whether links may have changed
/// @param routing whether links, addresses, routes or rules may have changed
/// @param ownRemoved whether routes or rules of wgj's may have been removed
public record Changes(boolean links, boolean routing, boolean ownRemoved) {
    /// Only time has passed, or a task has come.
    public static final Changes NONE = new Changes(false, false, false);
}
