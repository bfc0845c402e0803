// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.charset.StandardCharsets;

/// A Unix datagram socket for single messages, each sent to a path. Sending never waits. Safe for threads.
public final class UnixDatagrams implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_DONTWAIT = 0x40;

    private final NativeFile file;

    private UnixDatagrams(NativeFile file) {
        this.file = file;
    }

    /// A socket without an address: receivers cannot answer.
    public static UnixDatagrams open() throws SystemException {
        return new UnixDatagrams(NativeFile.ofDescriptor(
                Libc.SOCKET.call(NativeSocket.AF_UNIX, SOCK_DGRAM | UnixStream.SOCK_CLOEXEC, 0)));
    }

    /// Sends `text` in UTF-8 to the socket at `path`; with `@` in front it is an abstract name. The path is
    /// looked up on each call, because another process may have replaced the socket. `ENOENT` or `ECONNREFUSED`
    /// when no process reads there, `EAGAIN` when the reader is behind.
    public synchronized void send(String path, String text) throws SystemException {
        UnixStream.requireShort("connect", path);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = path.startsWith("@");
        try (NativeMemory address = UnixStream.address(path);
                NativeMemory message = NativeMemory.ofBytes(bytes)) {
            if (isAbstract) {
                // An abstract name begins with a NUL, and its length is part of it (unix(7)).
                address.bytes().put(2, (byte) 0);
            }
            int size = isAbstract ? 2 + path.length() : UnixStream.ADDRESS_SIZE;
            Libc.CONNECT.call(file.descriptor(), address.address(), size);
            Libc.SEND.call(file.descriptor(), message.address(), bytes.length, MSG_NOSIGNAL | MSG_DONTWAIT);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
