// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.Optional;

/// The process that holds a lock, as it has written itself into the lock's file.
///
/// @param process its id
/// @param start when it was started, as `/proc/PID/stat` tells: another process of the same id started at another time
record LockHolder(long process, long start) {
    /// `/proc/PID/stat` behind the command's name, which may have blanks in it: state, parent, …; start is the 20th.
    private static final int PARENT_FIELD = 1;

    private static final int START_FIELD = 19;
    private static final int MOST_ANCESTORS = 64;
    private static final String MAIN_CLASS = "io.wgj.cli.Main";
    /// Of a fixed length, so that it replaces what an earlier holder wrote.
    private static final int LINE_LENGTH = 40;

    /// This process; empty without `/proc`.
    static Optional<LockHolder> self() {
        return of("self");
    }

    /// What a lock's file says; empty when it says nothing, or names a process that is gone.
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

    /// What [#read] reads.
    byte[] line() {
        StringBuilder line = new StringBuilder(process + " " + start);
        while (line.length() < LINE_LENGTH) {
            line.append(' ');
        }
        return Latin1.bytes(line.append('\n').toString());
    }

    /// Whether it is an ancestor of this process, and so may be waiting for its end.
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
        // Our own commands: the class, the face, and then what the user typed.
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
        long start = field(process, START_FIELD);
        try {
            String stat = text("/proc/" + process + "/stat");
            return start < 0
                    ? Optional.empty()
                    : Optional.of(new LockHolder(Long.parseLong(stat.substring(0, stat.indexOf(' '))), start));
        } catch (SystemException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A field of `/proc/PID/stat` behind the name, from 0; -1 when it cannot be read.
    private static long field(String process, int index) {
        try {
            String stat = text("/proc/" + process + "/stat");
            int at = stat.lastIndexOf(')') + 2;
            for (int i = 0; i < index; i++) {
                at = stat.indexOf(' ', at) + 1;
            }
            int end = stat.indexOf(' ', at);
            return Long.parseLong(stat.substring(at, end));
        } catch (SystemException | NumberFormatException | StringIndexOutOfBoundsException _) {
            return -1;
        }
    }

    private static String text(String path) throws SystemException {
        return Latin1.of(NativeFile.readAll(path));
    }
}
