// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// A connected Unix stream socket.
public final class UnixStream implements AutoCloseable {
    /// `struct sockaddr_un` (linux/un.h): 0 u16 family, 2 path and NUL, 110 bytes.
    private static final int SUN_PATH_SIZE = 108;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int CHUNK = 1 << 16;

    private final NativeFile file;
    private final NativeMemory buffer = NativeMemory.allocate(CHUNK);

    private UnixStream(NativeFile file) {
        this.file = file;
    }

    /// Connects to the socket at `path`. `ECONNREFUSED` says that nobody listens there any more, `ENAMETOOLONG` that no
    /// socket can have such a path (108 bytes or more).
    public static UnixStream connect(String path) throws SystemException {
        if (path.length() >= SUN_PATH_SIZE) {
            throw new SystemException("connect", Errno.ENAMETOOLONG);
        }
        int descriptor = Libc.SOCKET.call(NativeSocket.AF_UNIX, NativeSocket.SOCK_STREAM | 0x80000, 0);
        NativeFile file = NativeFile.ofDescriptor(descriptor);
        try (NativeMemory address = NativeMemory.allocate(2 + SUN_PATH_SIZE)) {
            address.bytes().putShort(0, (short) NativeSocket.AF_UNIX);
            for (int i = 0; i < path.length(); i++) {
                address.bytes().put(2 + i, (byte) path.charAt(i));
            }
            Libc.CONNECT.call(descriptor, address.address(), 2 + SUN_PATH_SIZE);
        } catch (SystemException e) {
            file.close();
            throw e;
        }
        return new UnixStream(file);
    }

    /// Waits for bytes and takes up to `length` of them; 0 when the other end has closed.
    public int read(byte[] into, int offset, int length) throws SystemException {
        int got = Libc.RECV.call(file.descriptor(), buffer.address(), Math.min(length, CHUNK), 0);
        buffer.bytes().get(0, into, offset, got);
        return got;
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
