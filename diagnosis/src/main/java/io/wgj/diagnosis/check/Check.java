// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

/// A judgement about one file.
@FunctionalInterface
interface Check {
    /// Adds what is wrong to `report`.
    void run(CheckedFile file, HostFacts host, Report report);
}
