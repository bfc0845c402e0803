// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.util.HexFormat;

/// A Unix stream socket that accepts connections.
public final class UnixListener implements AutoCloseable {
    /// The system's limit of waiting connections (`net.core.somaxconn`); a non-blocking client beyond it gets
    /// `EAGAIN`.
    private static final int BACKLOG = 4096;
    private static final int DRAFT_DIGITS = 8;
    /// The part of a temporary name before its digits.
    private static final String DRAFT_OF = ".sock.";

    private static final int OWNER_ONLY = 077;
    private static final int POLLIN = 1;

    private final NativeFile file;

    private UnixListener(NativeFile file) {
        this.file = file;
    }

    /// Creates the socket file `path`, accessible for its owner only, and listens on it. `EEXIST` when the
    /// file exists, whether or not a process listens.
    ///
    /// The file gets its name only when the socket listens: bound under that name, it would refuse
    /// connections for a moment, and `wg` removes sockets that do. Lists of sockets (`ss -x`) show the name
    /// it was bound under: `.NAME.` and eight digits, in the same folder.
    ///
    /// The process's umask changes for a moment: no other thread may create files during the call.
    public static UnixListener bind(String path) throws SystemException {
        String draft = draftOf(path);
        UnixStream.requireShort("bind", draft);
        UnixListener listener = listening(draft);
        try {
            NativeFile.link(draft, path);
        } catch (SystemException e) {
            listener.close();
            throw e;
        } finally {
            NativeFile.unlink(draft);
        }
        return listener;
    }

    /// Whether a file name in a folder of sockets is a temporary name of [#bind]: a process killed during
    /// [#bind] leaves such a file.
    public static boolean isDraft(String name) {
        int digits = name.length() - DRAFT_DIGITS;
        if (digits < 2 || name.charAt(0) != '.' || name.charAt(digits - 1) != '.') {
            return false;
        }
        for (int i = digits; i < name.length(); i++) {
            if ("0123456789abcdef".indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return name.startsWith(DRAFT_OF, digits - DRAFT_OF.length());
    }

    private static String draftOf(String path) throws SystemException {
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, name) + "." + path.substring(name) + "."
                + HexFormat.of().formatHex(Randomness.bytes(DRAFT_DIGITS / 2));
    }

    private static UnixListener listening(String path) throws SystemException {
        NativeFile file = NativeFile.ofDescriptor(
                Libc.SOCKET.call(NativeSocket.AF_UNIX, NativeSocket.SOCK_STREAM | UnixStream.SOCK_CLOEXEC, 0));
        int mask = NativeFile.umask(OWNER_ONLY);
        try (NativeMemory address = UnixStream.address(path)) {
            Libc.BIND.call(file.descriptor(), address.address(), UnixStream.ADDRESS_SIZE);
            Libc.LISTEN.call(file.descriptor(), BACKLOG);
        } catch (SystemException e) {
            file.close();
            throw e;
        } finally {
            NativeFile.umask(mask);
        }
        return new UnixListener(file);
    }

    /// A socket that another process bound. It is made to listen, which does no harm when it already does.
    public static UnixListener ofDescriptor(int descriptor) throws SystemException {
        Libc.LISTEN.call(descriptor, BACKLOG);
        return new UnixListener(NativeFile.ofDescriptor(descriptor));
    }

    /// Waits until [#accept()] has something to do, and accepts nothing: a process without a free descriptor
    /// cannot even wait in [#accept()]. Returns after [#shutdown()], too.
    public void awaitConnection() throws SystemException {
        // struct pollfd: 0 s32 fd, 4 s16 events, 6 s16 revents
        try (NativeMemory poll = NativeMemory.allocate(8)) {
            poll.bytes().putInt(0, file.descriptor()).putShort(4, (short) POLLIN);
            Libc.POLL.call(poll.address(), 1, -1);
        }
    }

    /// Waits for a connection. Fails with `EINVAL` after [#shutdown()].
    public UnixStream accept() throws SystemException {
        return UnixStream.ofDescriptor(Libc.ACCEPT4.call(file.descriptor(), 0, 0, UnixStream.SOCK_CLOEXEC));
    }

    /// Refuses further connections and wakes the threads that wait. Any thread may call it while the listener
    /// is open.
    public void shutdown() {
        Libc.SHUTDOWN.raw(file.descriptor(), UnixStream.SHUT_RDWR);
    }

    /// The file stays; see [NativeFile#unlink].
    @Override
    public void close() {
        file.close();
    }
}
