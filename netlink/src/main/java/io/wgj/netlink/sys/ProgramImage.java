// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.text.Latin1;
import java.util.ArrayList;
import java.util.List;

/// The program that this process runs.
public final class ProgramImage {
    private static final int SIGHUP = 1;
    private static final long SIG_DFL = 0;
    /// linux/prctl.h
    private static final long PR_SET_DUMPABLE = 4;
    private static final long SIG_IGN = 1;

    private ProgramImage() {}

    /// Keeps the memory of this process, which holds keys, out of core dumps and away from other processes of
    /// the same user. Holds until the process becomes another program.
    public static void hideMemory() {
        Libc.PRCTL.raw(5, PR_SET_DUMPABLE, 0, 0, 0, 0);
    }

    /// Becomes another program: the same process without its other threads. Returns only by throwing.
    ///
    /// @param path of the program
    /// @param words its own name first
    /// @param environment `NAME=value`, each
    public static void become(String path, List<String> words, List<String> environment) throws SystemException {
        List<NativeMemory> texts = new ArrayList<>();
        try (NativeMemory name = NativeMemory.ofString(path);
                NativeMemory wordTable = table(words, texts);
                NativeMemory environmentTable = table(environment, texts)) {
            Libc.EXECVE.call(name.address(), wordTable.address(), environmentTable.address());
        } finally {
            for (NativeMemory text : texts) {
                text.close();
            }
        }
    }

    /// The environment that the process was started with, a byte a char. /proc/self/environ would not do: in
    /// a process that leaves no core dumps only root may read it.
    public static List<String> environment() {
        List<String> entries = new ArrayList<>();
        long entry = NativeMemory.view(Libc.ENVIRON.address(), Long.BYTES).getLong(0);
        while (true) {
            long text = NativeMemory.view(entry, Long.BYTES).getLong(0);
            if (text == 0) {
                return entries;
            }
            entries.add(NativeMemory.stringAt(text));
            entry += Long.BYTES;
        }
    }

    /// The same for another process. Empty while that process becomes another program; `ESRCH` or `ENOENT`
    /// when it has ended.
    ///
    /// @param process its number
    public static List<String> environmentOf(String process) throws SystemException {
        return entries("/proc/" + process + "/environ");
    }

    /// The words of another process; every user may read them. Fails as [#environmentOf] does.
    public static List<String> wordsOf(String process) throws SystemException {
        return entries("/proc/" + process + "/cmdline");
    }

    private static List<String> entries(String path) throws SystemException {
        List<String> entries = new ArrayList<>();
        String text = Latin1.of(NativeFile.readAll(path));
        int start = 0;
        int end = text.indexOf(0);
        while (end >= 0) {
            entries.add(text.substring(start, end));
            start = end + 1;
            end = text.indexOf(0, start);
        }
        return entries;
    }

    /// Makes SIGHUP end this process at once, unless it was started with the signal ignored.
    public static void endOnHangUp() {
        if (Libc.SIGNAL.raw(SIGHUP, SIG_DFL) == SIG_IGN) {
            Libc.SIGNAL.raw(SIGHUP, SIG_IGN);
        }
    }

    /// The words that this process was started with, its own name first, a byte a char.
    public static List<String> words() throws SystemException {
        return entries("/proc/self/cmdline");
    }

    /// Leaves the session and the terminal of the process that started this one, and ignores SIGHUP from here
    /// on. Changes nothing for a process that leads a group.
    public static void leaveSession() {
        Libc.SIGNAL.raw(SIGHUP, SIG_IGN);
        Libc.SETSID.raw();
    }

    /// Ends the process by a signal, so that its parent sees how it ended. The signal gets its default action
    /// first: a background job inherits some signals ignored.
    ///
    /// @param number of a signal whose default action ends the process (signal(7))
    public static void endBy(int number) {
        Libc.SIGNAL.raw(number, SIG_DFL);
        Libc.RAISE.raw(number);
    }

    /// Ends the process at once. The JVM would first wait for its compiler threads, ten milliseconds at a
    /// time.
    public static void end(int exitCode) {
        Libc.EXIT.raw(exitCode);
    }

    /// A `char *[]` that ends with a null pointer.
    ///
    /// @param texts gets the memory of the words, which the caller closes
    static NativeMemory table(List<String> words, List<NativeMemory> texts) {
        int length = 0;
        for (String word : words) {
            length += word.length() + 1;
        }
        byte[] content = new byte[length];
        int[] offsets = new int[words.size()];
        int offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            NativeMemory.copy(words.get(i), content, offset);
            offset += words.get(i).length() + 1;
        }
        NativeMemory text = NativeMemory.ofBytes(content);
        texts.add(text);
        NativeMemory table = NativeMemory.allocate(Long.BYTES * (offsets.length + 1));
        for (int i = 0; i < offsets.length; i++) {
            table.bytes().putLong(Long.BYTES * i, text.address() + offsets[i]);
        }
        return table;
    }
}
