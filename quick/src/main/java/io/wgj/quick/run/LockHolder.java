// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The process that holds a lock, as the lock's file names it.
///
/// @param process its process id
/// @param start its start time from `/proc/PID/stat`, which distinguishes it from a later process with the
///     same id
record LockHolder(long process, long start) {
    /// Fields of `/proc/PID/stat` after the command's name, which may contain blanks: state, parent, …; the
    /// start time is the 20th.
    private static final int PARENT_FIELD = 1;

    private static final int START_FIELD = 19;
    private static final int MOST_ANCESTORS = 64;
    private static final String MAIN_CLASS = "io.wgj.cli.Main";
    /// A fixed length, so that it overwrites an earlier holder's line.
    private static final int LINE_LENGTH = 40;

    private static @Nullable LockHolder known;

    /// This process; empty without `/proc`.
    static Optional<LockHolder> self() {
        if (known == null) {
            known = of("self").orElse(null);
        }
        return Optional.ofNullable(known);
    }

    /// The holder that a lock's file names; empty when it names none, or one that has exited.
    static Optional<LockHolder> read(String path) {
        try {
            String line = text(path).trim();
            int blank = line.indexOf(' ');
            if (blank < 0) {
                return Optional.empty();
            }
            LockHolder holder =
                    new LockHolder(Long.parseLong(line.substring(0, blank)), Long.parseLong(line.substring(blank + 1)));
            return of(Long.toString(holder.process)).equals(Optional.of(holder))
                    ? Optional.of(holder)
                    : Optional.empty();
        } catch (SystemException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// The line that [#read] reads.
    byte[] line() {
        StringBuilder line = new StringBuilder(process + " " + start);
        while (line.length() < LINE_LENGTH) {
            line.append(' ');
        }
        return Latin1.bytes(line.append('\n').toString());
    }

    /// Whether it is an ancestor of this process, and so may be waiting for it.
    boolean isAncestor() {
        String child = "self";
        for (int i = 0; i < MOST_ANCESTORS; i++) {
            long parent = field(child, PARENT_FIELD);
            if (parent <= 0) {
                return false;
            }
            if (parent == process && field(Long.toString(parent), START_FIELD) == start) {
                return true;
            }
            child = Long.toString(parent);
        }
        return false;
    }

    /// The command that was called, such as `wgj-quick up wg0`, and the process's id.
    @Override
    public String toString() {
        String command = command();
        return command.isEmpty() ? "process " + process : "`" + command + "' (process " + process + ")";
    }

    private String command() {
        String words;
        try {
            words = text("/proc/" + process + "/cmdline");
        } catch (SystemException _) {
            return "";
        }
        // One of our commands: the class, the name it was called by, and then what the user typed.
        int main = words.indexOf("\0" + MAIN_CLASS + "\0");
        int face = main < 0 ? -1 : words.indexOf('\0', main + MAIN_CLASS.length() + 2);
        String typed = face < 0 ? words : words.substring(face + 1);
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            printable.append(c == 0 ? ' ' : c < ' ' || c >= 0x7f ? '?' : c);
        }
        String command = printable.toString().trim();
        int firstEnd = command.indexOf(' ') < 0 ? command.length() : command.indexOf(' ');
        return command.substring(command.lastIndexOf('/', firstEnd) + 1);
    }

    private static Optional<LockHolder> of(String process) {
        try {
            String stat = text("/proc/" + process + "/stat");
            return Optional.of(
                    new LockHolder(Long.parseLong(stat.substring(0, stat.indexOf(' '))), number(stat, START_FIELD)));
        } catch (SystemException | NumberFormatException | StringIndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /// A field of `/proc/PID/stat` after the name, counted from 0; -1 when it cannot be read.
    private static long field(String process, int index) {
        try {
            return number(text("/proc/" + process + "/stat"), index);
        } catch (SystemException | NumberFormatException | StringIndexOutOfBoundsException _) {
            return -1;
        }
    }

    private static long number(String stat, int index) {
        int at = stat.lastIndexOf(')') + 2;
        for (int i = 0; i < index; i++) {
            at = stat.indexOf(' ', at) + 1;
        }
        return Long.parseLong(stat.substring(at, stat.indexOf(' ', at)));
    }

    private static String text(String path) throws SystemException {
        return Latin1.of(NativeFile.readAll(path));
    }
}
