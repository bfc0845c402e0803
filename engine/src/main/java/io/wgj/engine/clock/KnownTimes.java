// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.clock;

import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// The times that this host has known, each in a file of `/var/lib/wgj`: one line, `wgj-time 1 RESERVED WALL`, in
/// seconds since 1970. The folder is not created: it is the package's, and without it nothing is remembered.
public final class KnownTimes {
    /// Where the files are.
    public static final String DEFAULT_FOLDER = "/var/lib/wgj";

    /// The beginning of the names of files.
    private static final String PREFIX = "time-";

    private static final String BEGINNING = "wgj-time 1 ";
    private static final int LONGEST = 100;
    private static final int MODE = 0600;
    /// The year 2200: a later time is no time.
    private static final long LATEST = 7_258_118_400L;

    private final String folder;

    /// What one file says.
    ///
    /// @param reserved no timestamp of an initiation was later than this
    /// @param wall the clock when it was written
    public record Times(Instant reserved, Instant wall) {}

    /// @param folder usually [#DEFAULT_FOLDER]
    public KnownTimes(String folder) {
        this.folder = folder;
    }

    /// The times under a name; empty when there is no such file, or nothing sensible in it.
    public Optional<Times> read(String name) {
        return readFile(folder + "/" + PREFIX + name);
    }

    private static Optional<Times> readFile(String path) {
        try (NativeFile file = NativeFile.openNoFollow(path, NativeFile.O_RDONLY | NativeFile.O_NONBLOCK, 0)) {
            byte[] bytes = new byte[LONGEST];
            int length = file.read(bytes, 0, LONGEST);
            return parse(new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
        } catch (SystemException _) {
            return Optional.empty();
        }
    }

    private static Optional<Times> parse(String text) {
        if (!text.startsWith(BEGINNING) || !text.endsWith("\n")) {
            return Optional.empty();
        }
        String numbers = text.substring(BEGINNING.length(), text.length() - 1);
        int space = numbers.indexOf(' ');
        long reserved = space < 0 ? -1 : seconds(numbers.substring(0, space));
        long wall = space < 0 ? -1 : seconds(numbers.substring(space + 1));
        return reserved < 0 || wall < 0
                ? Optional.empty()
                : Optional.of(new Times(Instant.ofEpochSecond(reserved), Instant.ofEpochSecond(wall)));
    }

    private static long seconds(String text) {
        try {
            long seconds = Long.parseUnsignedLong(text);
            return seconds <= LATEST ? seconds : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// Replaces the file of a name, all at once. After a failure the file before stays.
    ///
    /// @return whether it is on the disk
    public boolean write(String name, Times times) {
        String path = folder + "/" + PREFIX + name;
        String fresh = path + ".new";
        String line = BEGINNING
                + times.reserved().getEpochSecond()
                + ' '
                + times.wall().getEpochSecond()
                + '\n';
        int flags = NativeFile.O_WRONLY | NativeFile.O_CREAT | NativeFile.O_TRUNC;
        try {
            try (NativeFile file = NativeFile.openNoFollow(fresh, flags, MODE)) {
                file.write(line.getBytes(StandardCharsets.ISO_8859_1));
                file.sync();
            }
            NativeFile.rename(fresh, path);
            return true;
        } catch (SystemException _) {
            return false;
        }
    }

    /// The latest time at which any file was written; empty when there is none.
    public Optional<Instant> latest() {
        Instant latest = null;
        try {
            for (String name : NativeFile.list(folder)) {
                Optional<Times> times = name.startsWith(PREFIX) ? readFile(folder + "/" + name) : Optional.empty();
                if (times.isPresent() && (latest == null || times.get().wall().isAfter(latest))) {
                    latest = times.get().wall();
                }
            }
        } catch (SystemException _) {
            return Optional.empty();
        }
        return Optional.ofNullable(latest);
    }
}
