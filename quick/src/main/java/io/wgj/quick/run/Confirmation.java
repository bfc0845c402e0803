// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

/// What became of a `confirm`.
public enum Confirmation {
    /// The change stays.
    KEPT,
    /// The time is over, and everything is about to be rolled back.
    TOO_LATE,
    /// No run waits for a confirmation.
    NOTHING_WAITS
}
