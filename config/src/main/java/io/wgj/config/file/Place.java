// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// A position in a file.
///
/// @param file the name as the user gave it
/// @param line from 1
/// @param column from 1, in bytes of the line as it was written
public record Place(String file, int line, int column) {
    /// `wg0.conf:7:14`.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
