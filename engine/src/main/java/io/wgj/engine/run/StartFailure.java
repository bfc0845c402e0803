// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;

/// Why an engine cannot start, as sentences that say what to do next.
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean notPermitted;

    StartFailure(String sentence) {
        this(sentence, false);
    }

    StartFailure(String sentence, boolean notPermitted) {
        super(sentence);
        this.notPermitted = notPermitted;
    }

    /// Whether the process lacks privileges.
    public boolean isNotPermitted() {
        return notPermitted;
    }

    /// What to tell the user; one line.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// @param name of the interface
    static StartFailure of(String name, SystemException failure) {
        Errno errno = failure.errno();
        String what = failure.operation() + ": " + errno;
        return new StartFailure(
                switch (errno.number()) {
                    case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO ->
                        name + ": there is no /dev/net/tun (" + what
                                + "); load the module (modprobe tun), or give the container the device (--device"
                                + " /dev/net/tun)";
                    case Errno.EPERM, Errno.EACCES ->
                        name + ": not permitted (" + what + "); an engine needs root or CAP_NET_ADMIN";
                    case Errno.EBUSY, Errno.EEXIST ->
                        name + ": an interface of this name exists already (" + what + "); `ip link delete " + name
                                + "' removes it";
                    case Errno.EINVAL ->
                        name + ": an interface of this name exists already, or the name is not allowed (" + what + ")";
                    case Errno.EADDRINUSE -> name + ": the port is in use (" + what + ")";
                    default -> name + ": " + what;
                },
                errno.is(Errno.EPERM) || errno.is(Errno.EACCES));
    }
}
