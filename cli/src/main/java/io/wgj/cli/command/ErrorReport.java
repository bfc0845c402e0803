// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.FileException;
import io.wgj.config.device.DeviceException;
import io.wgj.config.file.Problem;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Printable;
import io.wgj.netlink.sys.Errno;

/// Turns failures of devices into sentences: the original's word, then, under our own name, what failed, where,
/// why and what to do.
public final class ErrorReport {
    private static final int LONGEST_NAME = DeviceName.MAX_LENGTH;

    private ErrorReport() {}

    /// What the original prints: the C library's word for the error number.
    public static String sentence(DeviceException failure) {
        return sentence(failure.errno());
    }

    /// The C library's word for an error number.
    public static String sentence(int errno) {
        return new Errno(errno).sentence();
    }

    /// Why a file could not be read, to follow its path and a colon.
    public static String sentence(FileException failure) {
        return failure.kind().isEmpty()
                ? sentence(failure.errno())
                : "this is " + failure.kind() + "; only regular files, /dev/stdin and `<(command)' are read";
    }

    /// `wg0.conf:7:14: [Peer] AllowedIPs: what would be right; what to do`, control characters escaped.
    public static String sentence(Problem problem) {
        StringBuilder out = new StringBuilder(120);
        out.append(problem.place()).append(": ");
        if (!problem.section().isEmpty()) {
            out.append('[').append(problem.section()).append("] ");
        }
        if (!problem.key().isEmpty()) {
            out.append(problem.key()).append(": ");
        }
        out.append(problem.reason());
        if (!problem.hint().isEmpty()) {
            out.append("; ").append(problem.hint());
        }
        return Printable.of(out.toString());
    }

    /// Adds why `name` could not be read.
    public static void addReading(Invocation invocation, DeviceName name, DeviceException failure) {
        add(invocation, "cannot read ", name, failure);
    }

    /// Adds why `name` could not be changed.
    public static void addChanging(Invocation invocation, DeviceName name, DeviceException failure) {
        add(invocation, "cannot change ", name.truncated(), failure);
    }

    /// Adds why devices could not be listed.
    public static void addListing(Invocation invocation, DeviceException failure) {
        if (invocation.extended()) {
            invocation.remark("cannot list the interfaces: " + explain(failure));
        }
    }

    private static void add(Invocation invocation, String what, DeviceName name, DeviceException failure) {
        if (invocation.extended()) {
            invocation.remark(
                    what + name + ": " + explain(invocation.host().devices().examine(name, failure)));
        }
    }

    /// Why, and what to do, as a sentence without a full stop.
    public static String explain(DeviceException failure) {
        StringBuilder out = new StringBuilder(160);
        boolean foreign = failure.reason() == DeviceException.Reason.NOT_WIREGUARD;
        out.append(foreign ? "the interface is not a WireGuard interface" : why(failure.errno()));
        // For this number the detail repeats the sentence.
        if (failure.detail().isPresent() && failure.errno() != Errno.EPROTONOSUPPORT) {
            out.append(" (").append(failure.detail().get()).append(')');
        }
        String advice = advice(foreign ? Errno.ENODEV : failure.errno());
        return advice.isEmpty()
                ? out.toString()
                : out.append("; ").append(advice).toString();
    }

    private static String why(int errno) {
        return switch (errno) {
            case Errno.EPERM -> "kernel devices need CAP_NET_ADMIN in the network namespace that owns them";
            case Errno.EACCES -> "the sockets of userspace implementations are not open to this user";
            case Errno.ENODEV -> "there is no such interface";
            case Errno.EOPNOTSUPP -> "the interface is not a WireGuard interface, or the kernel lacks what was asked";
            case Errno.EPROTONOSUPPORT -> "the kernel has no WireGuard";
            case Errno.EADDRINUSE -> "another socket has the listen port";
            case Errno.ENAMETOOLONG -> "the name of an interface has at most " + LONGEST_NAME + " bytes";
            case Errno.EPROTO -> "the userspace implementation's answer is malformed";
            case Errno.ECONNREFUSED -> "no process listens on the userspace implementation's socket any more";
            case Errno.EINVAL -> "the device refused the request as malformed";
            default -> sentence(errno);
        };
    }

    private static String advice(int errno) {
        return switch (errno) {
            case Errno.EPERM -> "run it as root, in a container with `--cap-add NET_ADMIN'";
            case Errno.EACCES -> "run it as root";
            case Errno.ENODEV -> "`show interfaces' lists the WireGuard interfaces";
            case Errno.EPROTONOSUPPORT -> "load it with `modprobe wireguard', or use a userspace implementation";
            case Errno.EADDRINUSE -> "`ss -lunp' shows its process";
            default -> "";
        };
    }
}
