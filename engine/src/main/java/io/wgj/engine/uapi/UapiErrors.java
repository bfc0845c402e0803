// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.netlink.sys.Errno;
import org.jspecify.annotations.Nullable;

/// Turns failures of a userspace device into a [DeviceException].
final class UapiErrors {
    private UapiErrors() {}

    /// The exception for a server's or a socket's error number.
    static DeviceException of(int errno, @Nullable String detail) {
        return new DeviceException(reasonOf(errno), errno, detail);
    }

    /// The exception for a malformed reply.
    static DeviceException malformed(String detail) {
        return of(Errno.EPROTO, detail);
    }

    private static Reason reasonOf(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES -> Reason.NOT_PERMITTED;
            case Errno.ENOENT, Errno.ENODEV -> Reason.NOT_FOUND;
            case Errno.EBUSY, Errno.EADDRINUSE -> Reason.BUSY;
            case Errno.EINVAL -> Reason.INVALID;
            case Errno.EPROTONOSUPPORT, Errno.EOPNOTSUPP -> Reason.NOT_SUPPORTED;
            default -> Reason.IO;
        };
    }
}
