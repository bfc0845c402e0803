// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Progress;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.sys.Errno;
import java.util.Optional;

/// Sends an update to a device, and reports a failure.
final class Changes {
    /// As many peers take the kernel some hundred milliseconds.
    private static final int HUGE = 5_000;

    private Changes() {}

    /// Applies `update` to the device called `name`; the exit code.
    static int apply(Invocation invocation, DeviceName name, DeviceUpdate update) {
        try (WireGuardDevice device = invocation.host().devices().openToWrite(name.truncated())) {
            send(invocation, device, update);
            return 0;
        } catch (DeviceException failure) {
            invocation.report("Unable to modify interface: " + ErrorReport.sentence(failure));
            ErrorReport.addChanging(invocation, name, failure);
            addSuspects(invocation, update, failure);
            return 1;
        }
    }

    /// Sends the update. Of a huge one, which takes the kernel seconds, our own program shows the progress.
    static void send(Invocation invocation, WireGuardDevice device, DeviceUpdate update) throws DeviceException {
        int peers = update.peers().size();
        if (peers < HUGE || !invocation.extended()) {
            device.apply(update);
            return;
        }
        try (Progress progress =
                Progress.of(invocation.host(), invocation.words().getFirst(), "peers")) {
            device.apply(update, sent -> progress.at(sent, peers));
        }
    }

    /// Adds which part of the update may be the cause.
    private static void addSuspects(Invocation invocation, DeviceUpdate update, DeviceException failure) {
        int errno = failure.errno();
        Optional<Integer> port = update.listenPort().value();
        if (errno == Errno.EADDRINUSE && port.isPresent()) {
            invocation.remark("port " + port.get() + " is taken; choose another listen-port");
        } else if (errno == Errno.EINVAL && failure.detail().isEmpty() && update.removesAllowedIps()) {
            invocation.remark("removing single prefixes (`-' before one) needs Linux 6.16 or a recent userspace"
                    + " implementation; on older ones give the whole list of allowed ips");
        }
    }
}
