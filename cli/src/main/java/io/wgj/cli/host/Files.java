// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.text.Latin1;
import java.util.Arrays;

/// Opens files by their bytes.
@FunctionalInterface
public interface Files {
    /// Opens `path` (one byte a char) for reading. Directories open, as for `fopen`; reading them fails.
    ///
    /// Pipes, terminals and other devices are read only when this process already has them open and `path` says
    /// so, as `/dev/stdin` and a shell's `<(command)` do; `/dev/null` is an empty file. Any other FIFO or device
    /// could keep the caller waiting for ever and is an exception that names its kind.
    OpenFile open(String path) throws FileException;

    /// The whole file, a byte a char.
    default String readAll(String path) throws FileException {
        try (OpenFile file = open(path)) {
            byte[] content = new byte[1 << 13];
            int length = 0;
            for (int more = 1; more > 0; length += more) {
                if (length == content.length) {
                    content = Arrays.copyOf(content, 2 * length);
                }
                more = file.read(content, length, content.length - length);
            }
            return Latin1.of(content, length);
        }
    }
}
