// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.sys.Errno;

/// The kernel's answer to a look-up that fails.
public enum RouteError {
    ENETUNREACH(Errno.ENETUNREACH, "Network is unreachable"),
    EHOSTUNREACH(Errno.EHOSTUNREACH, "No route to host"),
    EINVAL(Errno.EINVAL, "Invalid argument"),
    EACCES(Errno.EACCES, "Permission denied"),
    EXDEV(Errno.EXDEV, "Invalid cross-device link"),
    ENODEV(Errno.ENODEV, "No such device");

    private final int number;
    private final String sentence;

    RouteError(int number, String sentence) {
        this.number = number;
        this.sentence = sentence;
    }

    /// Linux's error number.
    public int number() {
        return number;
    }

    /// What `strerror` says.
    public String sentence() {
        return sentence;
    }
}
