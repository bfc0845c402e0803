// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// Opens files by their bytes.
@FunctionalInterface
public interface Files {
    /// Opens `path` (one byte a char) for reading. Directories open, as for `fopen`; reading them fails.
    ///
    /// Pipes, terminals and other devices are read only when this process already has them open and `path` says
    /// so, as `/dev/stdin` and a shell's `<(command)` do; `/dev/null` is an empty file. Any other FIFO or device
    /// could keep the caller waiting for ever and is an exception that names its kind.
    OpenFile open(String path) throws FileException;
}
