// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.engine.core.SocketPort;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.io.Waiter;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;

/// The UDP sockets as the configuration asks for them, with refusals in the terms of a device.
///
/// @param receiver where RX sleeps
record Sockets(UdpPort udp, Waiter receiver) implements SocketPort {
    @Override
    public int bind(int port) throws DeviceException {
        try {
            int bound = udp.bind(port);
            // It sleeps on the sockets that were there before.
            receiver.wake();
            return bound;
        } catch (SystemException e) {
            throw refused("port " + port, e);
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
        udp.unbind();
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
