// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.SetRequest;
import io.wgj.engine.uapi.UserspaceDevice;
import io.wgj.netlink.sys.Errno;
import java.util.List;
import java.util.Optional;

/// Tells our own engine from others, and tells it what others would not understand. It is known by its answers, not by
/// who started it: the environment of a later run may name another implementation.
final class OwnEngine {
    private OwnEngine() {}

    /// What it has been told beyond what every device understands; empty where the device is another's.
    static Optional<EngineOptions> told(Environment environment, InterfaceName link) {
        try (WireGuardDevice device = environment.device(link)) {
            return told(device);
        } catch (DeviceException _) {
            return Optional.empty();
        }
    }

    static Optional<EngineOptions> told(WireGuardDevice device) {
        try {
            return device instanceof UserspaceDevice talkative
                    ? Optional.of(EngineOptions.of(talkative.stats()))
                    : Optional.empty();
        } catch (DeviceException _) {
            return Optional.empty();
        }
    }

    /// How far a link that is up has got with listening: `EAGAIN` when the engine has not seen it yet, 0 when it
    /// listens, or when the device is another's, else the number that binding its port failed with.
    static int listeningErrno(WireGuardDevice device) {
        if (!(device instanceof UserspaceDevice talkative)) {
            return 0;
        }
        List<EngineStat> stats;
        try {
            stats = talkative.stats();
        } catch (DeviceException _) {
            return 0;
        }
        int errno = 0;
        for (int i = 0; i < stats.size(); i++) {
            EngineStat stat = stats.get(i);
            if (stat.name().equals(EngineStat.LISTEN_ERRNO)) {
                return Integer.parseInt(stat.value());
            }
            if (stat.name().equals(EngineStat.LISTENING)) {
                errno = stat.value().equals("yes") ? 0 : Errno.EAGAIN;
            }
        }
        return errno;
    }

    /// Sends both in one request.
    ///
    /// @param options empty for a device of another's
    static void send(WireGuardDevice device, DeviceUpdate update, EngineOptions options) throws DeviceException {
        if (!options.isEmpty() && device instanceof UserspaceDevice talkative) {
            talkative.apply(new SetRequest(update, options));
        } else {
            device.apply(update);
        }
    }
}
