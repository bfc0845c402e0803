// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An open file, and operations on paths. Paths are raw bytes, one a char, so that names that are not UTF-8
/// work too.
public final class NativeFile implements AutoCloseable {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    /// arm64 has a number of its own (asm/fcntl.h).
    private static final int O_NOFOLLOW = System.getProperty("os.arch", "").equals("aarch64") ? 0x8000 : 0x20000;

    /// `F_SETFL` (fcntl.h)
    private static final int F_SETFL = 4;
    /// `F_DUPFD_CLOEXEC` (linux/fcntl.h)
    private static final int F_DUPFD_CLOEXEC = 1030;
    /// Above standard input, output and error.
    private static final int LEAST_DUPLICATE = 3;

    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int O_CLOEXEC = 0x80000;
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int CHUNK = 1 << 16;

    /// With the closing NUL (linux/limits.h).
    private static final int PATH_MAX = 4096;

    private final int descriptor;
    private boolean closed;

    private NativeFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Opens `path`; children do not inherit it.
    ///
    /// @param flags `O_` constants
    /// @param mode the permissions of a file that `O_CREAT` creates, before the process's umask
    public static NativeFile open(String path, int flags, int mode) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path)) {
            return new NativeFile(Libc.OPEN.call(name.address(), flags | O_CLOEXEC, mode));
        }
    }

    /// Opens `path` for reading.
    public static NativeFile open(String path) throws SystemException {
        return open(path, O_RDONLY, 0);
    }

    /// Opens `path` unless its last part is a symbolic link, which is `ELOOP`.
    public static NativeFile openNoFollow(String path, int flags, int mode) throws SystemException {
        return open(path, flags | O_NOFOLLOW, mode);
    }

    /// An open descriptor, such as 0, 1 or 2. Closing the result closes it.
    public static NativeFile ofDescriptor(int descriptor) {
        return new NativeFile(descriptor);
    }

    /// All bytes of `path`. For files of a configuration's size.
    public static byte[] readAll(String path) throws SystemException {
        try (NativeFile file = open(path)) {
            return file.readAll();
        }
    }

    /// Status of the file at `path`, symbolic links followed.
    public static FileStatus status(String path) throws SystemException {
        return statx(AT_FDCWD, path, 0);
    }

    /// Status of `path` itself, even if it is a symbolic link.
    public static FileStatus linkStatus(String path) throws SystemException {
        return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);
    }

    /// Creates a directory with the permissions `mode`, less the process's umask.
    public static void makeDirectory(String path, int mode) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path)) {
            Libc.MKDIR.call(name.address(), mode);
        }
    }

    /// Removes the name `path`.
    public static void unlink(String path) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path)) {
            Libc.UNLINK.call(name.address());
        }
    }

    /// Makes `path` itself, even if it is a symbolic link, belong to a user and a group.
    public static void changeOwner(String path, int userId, int groupId) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path)) {
            Libc.LCHOWN.call(name.address(), userId, groupId);
        }
    }

    /// Sets the permissions of the file at `path`, symbolic links followed. The process's umask does not count.
    public static void changeMode(String path, int mode) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path)) {
            Libc.CHMOD.call(name.address(), mode);
        }
    }

    /// Makes reads wait for data, for a file that was opened with [#O_NONBLOCK].
    public void waitForData() throws SystemException {
        Libc.FCNTL.call(descriptor, F_SETFL, 0);
    }

    /// The target of the symbolic link `path`; `EINVAL` when it is not a link.
    public static String readLink(String path) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path);
                NativeMemory target = NativeMemory.buffer(PATH_MAX)) {
            int length = Libc.READLINK.call(name.address(), target.address(), PATH_MAX);
            return NativeMemory.string(target.bytes().slice(0, length));
        }
    }

    /// Gives the file `existing` a second name in the same file system; `EEXIST` when the name is taken.
    public static void link(String existing, String further) throws SystemException {
        try (NativeMemory source = NativeMemory.ofString(existing);
                NativeMemory target = NativeMemory.ofString(further)) {
            Libc.LINK.call(source.address(), target.address());
        }
    }

    /// Renames `from` to `to`. A file that had that name is replaced in the same step.
    public static void rename(String from, String to) throws SystemException {
        try (NativeMemory source = NativeMemory.ofString(from);
                NativeMemory target = NativeMemory.ofString(to)) {
            Libc.RENAME.call(source.address(), target.address());
        }
    }

    /// The absolute path of the file at `path`, without symbolic links, `.` and `..`.
    public static String realPath(String path) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path);
                NativeMemory resolved = NativeMemory.buffer(PATH_MAX)) {
            if (Libc.REALPATH.raw(name.address(), resolved.address()) == 0) {
                throw new SystemException("realpath", CFunction.lastError());
            }
            return NativeMemory.stringAt(resolved.address());
        }
    }

    /// The names in a directory, `.` and `..` left out, in the file system's order.
    public static List<String> list(String path) throws SystemException {
        try (NativeFile directory = open(path);
                NativeMemory memory = NativeMemory.buffer(CHUNK)) {
            List<String> names = new ArrayList<>();
            while (true) {
                int length = Libc.GETDENTS64.call(directory.descriptor, memory.address(), CHUNK);
                if (length == 0) {
                    return names;
                }
                addNames(memory.bytes(), length, names);
            }
        }
    }

    /// `struct linux_dirent64` (linux/dirent.h): 0 u64 ino, 8 s64 off, 16 u16 reclen, 18 u8 type, 19 name and
    /// NUL.
    private static void addNames(ByteBuffer entries, int length, List<String> names) {
        int at = 0;
        while (at + 19 < length) {
            int size = Math.clamp(entries.getShort(at + 16) & 0xffff, 20, length - at);
            String name = NativeMemory.string(entries.slice(at + 19, size - 19));
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
            at += size;
        }
    }

    /// Sets the permissions that new files of this process (all threads) never get; returns the mask before.
    public static int umask(int mask) {
        return (int) Libc.UMASK.raw(mask);
    }

    /// Makes `descriptor` another number for this file, whatever it was before. Programs that this process
    /// becomes or starts inherit it.
    public void copyTo(int descriptor) throws SystemException {
        Libc.DUP2.call(this.descriptor, descriptor);
    }

    /// The same open file, with its position, under another number. Children do not inherit it.
    public NativeFile duplicate() throws SystemException {
        return new NativeFile(Libc.FCNTL.call(descriptor, F_DUPFD_CLOEXEC, LEAST_DUPLICATE));
    }

    /// The kernel's number for the open file.
    public int descriptor() {
        return descriptor;
    }

    /// Reads up to `length` bytes; 0 at the end of the file.
    public int read(byte[] into, int offset, int length) throws SystemException {
        int wanted = Math.min(length, CHUNK);
        try (NativeMemory memory = NativeMemory.buffer(wanted)) {
            int got = Libc.READ.call(descriptor, memory.address(), wanted);
            memory.bytes().get(0, into, offset, got);
            return got;
        }
    }

    /// Everything up to the end of the file.
    public byte[] readAll() throws SystemException {
        byte[] content = new byte[1 << 12];
        int length = 0;
        try (NativeMemory memory = NativeMemory.buffer(CHUNK)) {
            while (true) {
                int got = Libc.READ.call(descriptor, memory.address(), CHUNK);
                if (got == 0) {
                    return Arrays.copyOf(content, length);
                }
                if (got > content.length - length) {
                    content = Arrays.copyOf(content, Math.max(2 * content.length, length + got));
                }
                memory.bytes().get(0, content, length, got);
                length += got;
            }
        }
    }

    /// Writes all of `content`, in as many calls as needed.
    public void write(byte[] content) throws SystemException {
        try (NativeMemory memory = NativeMemory.ofBytes(content)) {
            int done = 0;
            while (done < content.length) {
                done += Libc.WRITE.call(descriptor, memory.address() + done, content.length - done);
            }
        }
    }

    /// Waits until the written bytes are on the disk; for a directory, its names.
    public void sync() throws SystemException {
        Libc.FSYNC.call(descriptor);
    }

    /// Tries to lock the open file against everyone else who locks it; false when another process holds the
    /// lock. The lock ends with the descriptor, which children do not inherit.
    public boolean tryLock() throws SystemException {
        try {
            Libc.FLOCK.call(descriptor, LOCK_EX | LOCK_NB);
            return true;
        } catch (SystemException e) {
            if (e.errno().is(Errno.EAGAIN)) {
                return false;
            }
            throw e;
        }
    }

    /// Status of the open file.
    public FileStatus status() throws SystemException {
        return statx(descriptor, "", AT_EMPTY_PATH);
    }

    private static FileStatus statx(int directory, String path, int flags) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(path);
                NativeMemory statx = NativeMemory.allocate(FileStatus.STATX_SIZE)) {
            Libc.STATX.call(directory, name.address(), flags, FileStatus.STATX_MASK, statx.address());
            return FileStatus.ofStatx(statx.bytes());
        }
    }

    /// Closes the descriptor. Errors of `close` are not reported: nothing can be done about them. The kernel
    /// releases the descriptor even then, so closing is not tried again.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
        }
    }
}
