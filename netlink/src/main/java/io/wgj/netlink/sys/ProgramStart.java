// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program to run as a child of this process: its words, its environment and its streams. Unless a method
/// says otherwise, the child shares this process's standard streams and process group, and inherits every
/// descriptor that this process inherited.
///
/// Words, variables and paths are bytes, one a char, and reach the child unchanged. No signal is blocked in
/// the child: the JVM blocks some in its own threads, which the child would inherit.
public final class ProgramStart {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /// More than the size of glibc's `posix_spawnattr_t` (336 bytes), `posix_spawn_file_actions_t` (80) and
    /// `sigset_t` (128).
    private static final int STRUCT_SIZE = 512;
    /// spawn.h
    private static final int POSIX_SPAWN_SETPGROUP = 0x02;
    private static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final int O_CLOEXEC = 0x80000;
    private static final int ANY_EXECUTE = 0111;

    private static final String SHELL = "/bin/sh";
    private static final String OPEN_FILES = "/proc/self/fd";

    private final String path;
    private final List<String> words;
    private final List<String> environment;
    private boolean ownGroup;
    private boolean onlyStreams;
    private boolean readsFile;
    private String inputPath = "";
    private boolean readsPipe;
    private boolean captured;
    private boolean capturedErrors;
    private boolean quiet;

    /// @param path of the program; `PATH` is not searched
    /// @param words its own name first
    /// @param environment the whole environment, `NAME=value` each
    public ProgramStart(String path, List<String> words, List<String> environment) {
        this.path = path;
        this.words = List.copyOf(words);
        this.environment = List.copyOf(environment);
    }

    /// The path at which a shell would find `program`; empty when it would find none.
    ///
    /// @param path folders with colons between, as in `PATH`
    public static Optional<String> find(String program, String path) {
        if (program.indexOf('/') >= 0) {
            return isExecutable(program) ? Optional.of(program) : Optional.empty();
        }
        int start = 0;
        while (start <= path.length()) {
            int colon = path.indexOf(':', start);
            int end = colon < 0 ? path.length() : colon;
            String candidate = (end == start ? "." : path.substring(start, end)) + "/" + program;
            if (isExecutable(candidate)) {
                return Optional.of(candidate);
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static boolean isExecutable(String path) {
        try {
            FileStatus status = NativeFile.status(path);
            return status.isRegular() && (status.mode() & ANY_EXECUTE) != 0;
        } catch (SystemException _) {
            return false;
        }
    }

    /// Makes the child the leader of a process group, so that [ChildProcess#end] reaches the processes it
    /// leaves behind.
    ///
    /// When this process is in the foreground of a terminal, the child stays in this process's group: the
    /// terminal would stop any other group that reads from it.
    public ProgramStart inGroupOfItsOwn() {
        ownGroup = !Terminal.isInForeground();
        return this;
    }

    /// The same even in the foreground of a terminal, for a child that does not read from it.
    public ProgramStart alwaysInGroupOfItsOwn() {
        ownGroup = true;
        return this;
    }

    /// Closes in the child every descriptor that this process inherited, except the standard streams.
    public ProgramStart withStandardStreamsOnly() {
        onlyStreams = true;
        return this;
    }

    /// Gives the child the file `path` as standard input.
    public ProgramStart input(String path) {
        inputPath = path;
        readsFile = true;
        return this;
    }

    /// Gives the child the bytes of [ChildProcess#feed] as standard input.
    public ProgramStart pipedInput() {
        readsPipe = true;
        return this;
    }

    /// Keeps the child's standard output for [ChildProcess#output].
    public ProgramStart capturedOutput() {
        captured = true;
        return this;
    }

    /// Keeps the child's standard output and standard error, as they come, for [ChildProcess#output].
    public ProgramStart capturedOutputAndErrors() {
        captured = true;
        capturedErrors = true;
        return this;
    }

    /// Discards the child's standard error.
    public ProgramStart withoutErrors() {
        quiet = true;
        return this;
    }

    /// Starts the program.
    ///
    /// @throws SystemException when the kernel does not execute it: `ENOENT`, `EACCES` and others
    public ChildProcess start() throws SystemException {
        try {
            return start(path, words);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ENOEXEC)) {
                throw e;
            }
            // A script without a `#!` line: a shell runs it, as when a shell starts it.
            List<String> script = new ArrayList<>(List.of(SHELL, path));
            script.addAll(words.subList(1, words.size()));
            return start(SHELL, script);
        }
    }

    private ChildProcess start(String program, List<String> arguments) throws SystemException {
        List<NativeFile> ours = new ArrayList<>();
        List<NativeFile> childs = new ArrayList<>();
        try (NativeMemory actions = NativeMemory.allocate(STRUCT_SIZE)) {
            Libc.SPAWN_ACTIONS_INIT.raw(actions.address());
            try {
                NativeFile feeder = null;
                NativeFile reader = null;
                if (readsPipe) {
                    feeder = pipe(true, ours, childs);
                    give(actions, childs.getLast(), STDIN);
                } else if (readsFile) {
                    childs.add(NativeFile.open(inputPath));
                    give(actions, childs.getLast(), STDIN);
                }
                if (captured) {
                    reader = pipe(false, ours, childs);
                    give(actions, childs.getLast(), STDOUT);
                    if (capturedErrors) {
                        give(actions, childs.getLast(), STDERR);
                    }
                }
                if (quiet) {
                    childs.add(NativeFile.open("/dev/null", NativeFile.O_WRONLY, 0));
                    give(actions, childs.getLast(), STDERR);
                }
                closeOthers(actions);
                return new ChildProcess(spawn(program, arguments, actions), ownGroup, feeder, reader);
            } finally {
                Libc.SPAWN_ACTIONS_DESTROY.raw(actions.address());
            }
        } catch (SystemException e) {
            closeAll(ours);
            throw e;
        } finally {
            closeAll(childs);
        }
    }

    /// Makes a pipe and returns this process's end.
    ///
    /// @param toChild whether the child reads from it
    private static NativeFile pipe(boolean toChild, List<NativeFile> ours, List<NativeFile> childs)
            throws SystemException {
        try (NativeMemory pair = NativeMemory.allocate(2 * Integer.BYTES)) {
            Libc.PIPE2.call(pair.address(), O_CLOEXEC);
            NativeFile read = NativeFile.ofDescriptor(pair.bytes().getInt(0));
            NativeFile write = NativeFile.ofDescriptor(pair.bytes().getInt(Integer.BYTES));
            ours.add(toChild ? write : read);
            childs.add(toChild ? read : write);
            return ours.getLast();
        }
    }

    private static void give(NativeMemory actions, NativeFile file, int descriptor) {
        Libc.SPAWN_ADD_DUP2.raw(3, actions.address(), file.descriptor(), descriptor, 0, 0);
    }

    /// Closes descriptors in the child: all except the standard streams, or those that the JVM opened without
    /// `O_CLOEXEC`, which are the files of its own Java and class path.
    private void closeOthers(NativeMemory actions) throws SystemException {
        String java = onlyStreams ? "" : folder(System.getProperty("java.home", "/") + "/lib/modules");
        String classes = onlyStreams ? "" : folder(System.getProperty("java.class.path", "/"));
        for (String name : NativeFile.list(OPEN_FILES)) {
            int descriptor = Integer.parseInt(name);
            if (descriptor > STDERR && (onlyStreams || isBelow(descriptor, java) || isBelow(descriptor, classes))) {
                Libc.SPAWN_ADD_CLOSE.raw(actions.address(), descriptor);
            }
        }
    }

    /// The folder of a file, with a slash at its end; the file's own path when it has no folder.
    private static String folder(String file) {
        try {
            String path = NativeFile.realPath(file);
            return path.substring(0, path.lastIndexOf('/') + 1);
        } catch (SystemException _) {
            return file;
        }
    }

    private static boolean isBelow(int descriptor, String folder) {
        try {
            return NativeFile.realPath(OPEN_FILES + "/" + descriptor).startsWith(folder);
        } catch (SystemException _) {
            // A descriptor without a path is none of these files.
            return false;
        }
    }

    private int spawn(String program, List<String> arguments, NativeMemory actions) throws SystemException {
        List<NativeMemory> texts = new ArrayList<>();
        try (NativeMemory pid = NativeMemory.allocate(Integer.BYTES);
                NativeMemory attributes = NativeMemory.allocate(STRUCT_SIZE);
                NativeMemory noSignals = NativeMemory.allocate(STRUCT_SIZE);
                NativeMemory name = NativeMemory.ofString(program);
                NativeMemory wordTable = ProgramImage.table(arguments, texts);
                NativeMemory variables = ProgramImage.table(environment, texts)) {
            Libc.SPAWN_ATTRIBUTES_INIT.raw(attributes.address());
            Libc.SPAWN_SET_FLAGS.raw(
                    attributes.address(), POSIX_SPAWN_SETSIGMASK | (ownGroup ? POSIX_SPAWN_SETPGROUP : 0));
            Libc.SPAWN_SET_SIGMASK.raw(attributes.address(), noSignals.address());
            int error = (int) Libc.SPAWN.six(
                    pid.address(),
                    name.address(),
                    actions.address(),
                    attributes.address(),
                    wordTable.address(),
                    variables.address());
            Libc.SPAWN_ATTRIBUTES_DESTROY.raw(attributes.address());
            if (error != 0) {
                throw new SystemException("posix_spawn", error);
            }
            return pid.bytes().getInt(0);
        } finally {
            for (NativeMemory text : texts) {
                text.close();
            }
        }
    }

    private static void closeAll(List<NativeFile> files) {
        for (NativeFile file : files) {
            file.close();
        }
    }
}
