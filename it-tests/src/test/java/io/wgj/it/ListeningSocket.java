// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Whether a program listens on a Unix socket by now, seen without a connection. A `wg` that connects before
/// listen(2) removes the file, and `wireguard-go` then gives up.
public final class ListeningSocket {
    /// `__SO_ACCEPTCON` of linux/net.h, as /proc/net/unix writes flags.
    private static final String LISTENS = "00010000";

    private ListeningSocket() {}

    /// @param pid a process in the network namespace of the program; one that is gone listens no more
    public static boolean at(Path socket, long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "net/unix"))) {
            return lines.filter(line -> line.endsWith(" " + socket))
                    .anyMatch(line -> line.split(" +", -1)[3].equals(LISTENS));
        } catch (IOException | UncheckedIOException _) {
            return false;
        }
    }
}
