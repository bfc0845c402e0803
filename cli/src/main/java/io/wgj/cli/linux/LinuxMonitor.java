// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.MonitorException;
import io.wgj.cli.host.MonitorException.Reason;
import io.wgj.monitor.protocol.StatusSocketPath;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.Arrays;

/// The monitor on this machine.
final class LinuxMonitor implements Monitor {
    /// A monitor that works accepts at once; one that is stopped never does, once its queue is full.
    private static final long CONNECT_MILLIS = 5_000;

    private final String folder;

    /// @param folder of the status sockets
    LinuxMonitor(String folder) {
        this.folder = folder;
    }

    @Override
    public String path() {
        try {
            return StatusSocketPath.of(folder, Namespaces.networkCookie());
        } catch (SystemException _) {
            // Every kernel that has WireGuard has the cookie, or the inode of the namespace.
            return folder + "/status.sock";
        }
    }

    @Override
    public Connection connect() throws MonitorException {
        try {
            return new LinuxConnection(UnixStream.connect(path(), CONNECT_MILLIS));
        } catch (SystemException failure) {
            throw exception(failure);
        }
    }

    private static MonitorException exception(SystemException failure) {
        int errno = failure.errno().number();
        Reason reason = switch (errno) {
            case Errno.ENOENT, Errno.ENOTDIR, Errno.ECONNREFUSED -> Reason.NONE;
            case Errno.EACCES, Errno.EPERM -> Reason.NOT_PERMITTED;
            case Errno.EAGAIN -> Reason.SILENT;
            case Errno.EPIPE, Errno.ECONNRESET -> Reason.ENDED;
            default -> Reason.FAILED;
        };
        return new MonitorException(reason, errno);
    }

    /// A connection, and what was received beyond the last line.
    private static final class LinuxConnection implements Connection {
        private final UnixStream stream;
        private byte[] bytes = new byte[1 << 13];
        private int start;
        private int end;

        LinuxConnection(UnixStream stream) {
            this.stream = stream;
        }

        /// A monitor that refuses a client writes why and closes: then the request is not sent, but the reply
        /// can be read.
        @Override
        public void send(byte[] line) throws MonitorException {
            try {
                stream.write(line);
            } catch (SystemException failure) {
                if (!failure.errno().is(Errno.EPIPE)) {
                    throw exception(failure);
                }
            }
        }

        @Override
        public byte[] receive(long millis) throws MonitorException {
            int from = start;
            try {
                stream.limitWaitingMillis(millis);
                while (true) {
                    for (int i = from; i < end; i++) {
                        if (bytes[i] == '\n') {
                            byte[] line = Arrays.copyOfRange(bytes, start, i);
                            start = i + 1;
                            return line;
                        }
                    }
                    makeRoom();
                    from = end;
                    int got = stream.read(bytes, end, bytes.length - end);
                    if (got == 0) {
                        throw new MonitorException(Reason.ENDED, 0);
                    }
                    end += got;
                }
            } catch (SystemException failure) {
                throw exception(failure);
            }
        }

        /// Moves what is held to the start, and doubles the room when it is full.
        private void makeRoom() {
            int held = end - start;
            byte[] into = 2 * held > bytes.length ? new byte[2 * bytes.length] : bytes;
            System.arraycopy(bytes, start, into, 0, held);
            bytes = into;
            start = 0;
            end = held;
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
