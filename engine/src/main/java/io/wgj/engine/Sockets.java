// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.engine.core.SocketPort;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.io.Waiter;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.util.concurrent.locks.LockSupport;

/// Binds the UDP sockets as the configuration asks, and turns refusals into a [DeviceException].
///
/// RX sleeps on the sockets that existed when it fell asleep, and until it wakes the kernel keeps them and
/// their port. So RX is woken whenever they change, and a request for the port that was left last is retried
/// for a moment.
final class Sockets implements SocketPort {
    private static final int MOST_TRIES = 100;
    private static final long BETWEEN_TRIES_NANOS = 2_000_000;

    private final UdpPort udp;
    private final Waiter receiver;
    /// The port that was left last; 0 for none.
    private int left;

    /// @param receiver where RX sleeps
    Sockets(UdpPort udp, Waiter receiver) {
        this.udp = udp;
        this.receiver = receiver;
    }

    @Override
    public int bind(int port) throws DeviceException {
        int before = udp.port();
        for (int tries = 1; ; tries++) {
            try {
                int bound = udp.bind(port);
                if (bound != before && before != 0) {
                    left = before;
                }
                receiver.wake();
                return bound;
            } catch (SystemException e) {
                if (!e.errno().is(Errno.EADDRINUSE) || port == 0 || port != left || tries == MOST_TRIES) {
                    throw refused("port " + port, e);
                }
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    @Override
    public void mark(int mark) throws DeviceException {
        try {
            udp.mark(mark);
        } catch (SystemException e) {
            throw refused("mark 0x" + Integer.toHexString(mark), e);
        }
    }

    @Override
    public void unbind() {
        if (udp.port() != 0) {
            left = udp.port();
        }
        udp.unbind();
        receiver.wake();
    }

    private static DeviceException refused(String what, SystemException failure) {
        int errno = failure.errno().number();
        Reason reason = switch (errno) {
            case Errno.EADDRINUSE -> Reason.BUSY;
            case Errno.EPERM, Errno.EACCES -> Reason.NOT_PERMITTED;
            default -> Reason.IO;
        };
        return new DeviceException(reason, errno, what, failure);
    }
}
