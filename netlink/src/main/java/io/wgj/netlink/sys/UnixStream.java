// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// A connected Unix stream socket.
public final class UnixStream implements AutoCloseable {
    /// `struct sockaddr_un` (linux/un.h): 0 u16 family, 2 path and NUL, 110 bytes.
    private static final int SUN_PATH_SIZE = 108;

    static final int ADDRESS_SIZE = 2 + SUN_PATH_SIZE;
    static final int SOCK_CLOEXEC = 0x80000;

    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    static final int SHUT_RDWR = 2;
    private static final int CHUNK = 1 << 16;

    private final NativeFile file;
    private final NativeMemory buffer = NativeMemory.buffer(CHUNK);

    private UnixStream(NativeFile file) {
        this.file = file;
    }

    /// An established connection, such as an accepted one.
    static UnixStream ofDescriptor(int descriptor) {
        return new UnixStream(NativeFile.ofDescriptor(descriptor));
    }

    /// Connects to the socket at `path`. `ECONNREFUSED`: no process listens there any more. `ENAMETOOLONG`:
    /// no socket can have such a path (108 bytes or more).
    public static UnixStream connect(String path) throws SystemException {
        return connect(path, 0);
    }

    /// The same, but gives up with `EAGAIN` after `millis` milliseconds: the server's queue of connections may be
    /// full. The limit also holds for [#read] and [#write], as with [#limitWaitingMillis].
    ///
    /// @param millis 0 for no limit
    public static UnixStream connect(String path, long millis) throws SystemException {
        requireShort("connect", path);
        int descriptor = Libc.SOCKET.call(NativeSocket.AF_UNIX, NativeSocket.SOCK_STREAM | SOCK_CLOEXEC, 0);
        NativeFile file = NativeFile.ofDescriptor(descriptor);
        try (NativeMemory address = address(path)) {
            if (millis > 0) {
                limitWaiting(descriptor, millis);
            }
            Libc.CONNECT.call(descriptor, address.address(), ADDRESS_SIZE);
        } catch (SystemException e) {
            file.close();
            throw e;
        }
        return new UnixStream(file);
    }

    /// Throws `ENAMETOOLONG` for a path that no socket can have.
    static void requireShort(String operation, String path) throws SystemException {
        if (path.length() >= SUN_PATH_SIZE) {
            throw new SystemException(operation, Errno.ENAMETOOLONG);
        }
    }

    /// The `struct sockaddr_un` of a path that fits.
    static NativeMemory address(String path) {
        NativeMemory address = NativeMemory.allocate(ADDRESS_SIZE);
        address.bytes().putShort(0, (short) NativeSocket.AF_UNIX);
        for (int i = 0; i < path.length(); i++) {
            address.bytes().put(2 + i, (byte) path.charAt(i));
        }
        return address;
    }

    /// Makes [#read] and [#write] fail with `EAGAIN` when no byte has moved for this long.
    public void limitWaiting(int seconds) throws SystemException {
        limitWaitingMillis(seconds * 1000L);
    }

    /// The same in milliseconds; 0 for no limit.
    public void limitWaitingMillis(long millis) throws SystemException {
        limitWaiting(file.descriptor(), millis);
    }

    private static void limitWaiting(int descriptor, long millis) throws SystemException {
        // struct timeval of 64-bit Linux: 0 s64 seconds, 8 s64 microseconds
        try (NativeMemory time = NativeMemory.allocate(16)) {
            time.bytes().putLong(0, millis / 1000).putLong(8, millis % 1000 * 1000);
            for (int option : new int[] {SO_RCVTIMEO, SO_SNDTIMEO}) {
                Libc.SETSOCKOPT.call(descriptor, NativeSocket.SOL_SOCKET, option, time.address(), 16);
            }
        }
    }

    /// Ends the connection for both sides and wakes threads that wait in it. Any thread may call it while the
    /// stream is open; the owner still closes the descriptor.
    public void shutdown() {
        Libc.SHUTDOWN.raw(file.descriptor(), SHUT_RDWR);
    }

    /// Waits for bytes and reads up to `length` of them; 0 when the other end has closed.
    public int read(byte[] into, int offset, int length) throws SystemException {
        int got = Libc.RECV.call(file.descriptor(), buffer.address(), Math.min(length, CHUNK), 0);
        buffer.bytes().get(0, into, offset, got);
        return got;
    }

    /// Writes what the socket takes at once, at most 64 KiB, and waits for nothing.
    ///
    /// @return the bytes written, or minus the error number: `EAGAIN` when the other end does not read
    public int offer(byte[] content) {
        int part = Math.min(content.length, CHUNK);
        buffer.bytes().put(0, content, 0, part);
        try {
            return Libc.SEND.call(file.descriptor(), buffer.address(), part, MSG_NOSIGNAL | MSG_DONTWAIT);
        } catch (SystemException e) {
            return -e.errno().number();
        }
    }

    /// For a [PollSet].
    public int descriptor() {
        return file.descriptor();
    }

    /// Writes all of `content`; a closed other end is `EPIPE`, without a signal.
    public void write(byte[] content, int offset, int length) throws SystemException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, CHUNK);
            buffer.bytes().put(0, content, offset + done, part);
            done += Libc.SEND.call(file.descriptor(), buffer.address(), part, MSG_NOSIGNAL);
        }
    }

    /// Writes all of `content`.
    public void write(byte[] content) throws SystemException {
        write(content, 0, content.length);
    }

    @Override
    public void close() {
        file.close();
        buffer.close();
    }
}
