// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.sys.Errno;
import java.util.Optional;

/// Sends an update, and says what became of it: nothing when all went well.
final class Changes {
    private Changes() {}

    /// The exit code.
    static int apply(Call call, DeviceName name, DeviceUpdate update) {
        try (WireGuardDevice device = call.host().devices().openToWrite(name.truncated())) {
            device.apply(update);
            return 0;
        } catch (DeviceException failure) {
            call.say("Unable to modify interface: " + ErrorReport.sentence(failure));
            ErrorReport.addChanging(call, name, failure);
            addSuspects(call, update, failure);
            return 1;
        }
    }

    /// What in the update may be to blame.
    private static void addSuspects(Call call, DeviceUpdate update, DeviceException failure) {
        int errno = failure.errno();
        Optional<Integer> port = update.listenPort().value();
        if (errno == Errno.EADDRINUSE && port.isPresent()) {
            call.add("port " + port.get() + " is taken; choose another listen-port");
        } else if (errno == Errno.EINVAL && failure.detail().isEmpty() && removesPrefixes(update)) {
            call.add("taking single prefixes from a peer (`-' in front) needs Linux 6.16 or a recent userspace"
                    + " implementation; before that, give the whole list of allowed ips");
        }
    }

    private static boolean removesPrefixes(DeviceUpdate update) {
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                for (AllowedIpUpdate prefix : put.allowedIps()) {
                    if (prefix.remove()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
