// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// Opens files by their bytes.
@FunctionalInterface
public interface Files {
    /// Opens `path` (one byte a char) for reading. Directories open, as for `fopen`; reading them fails.
    OpenFile open(String path) throws FileException;
}
