// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

/// What a program did: its exit code, or 128 plus the signal that ended it, and what it wrote, one char a byte
/// (ISO-8859-1).
public record Ran(int exit, String stdout, String stderr) {
    /// This, when the exit code is 0; else an `AssertionError` that shows everything.
    public Ran ok() {
        if (exit != 0) {
            throw new AssertionError("exit code " + exit + "\nstdout: " + stdout + "\nstderr: " + stderr);
        }
        return this;
    }
}
