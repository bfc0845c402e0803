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

/// Talks to our own engine beyond the common protocol. The engine is recognised by its answers, because the
/// environment of a later run may name another implementation.
final class OwnEngine {
    private OwnEngine() {}

    /// The engine's options; empty where the device is another implementation's.
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

    /// Whether the engine listens, for a link that is up: 0 when it listens or when the device is another
    /// implementation's, `EAGAIN` when the engine has not noticed the link yet, else the errno of binding its
    /// port.
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
    /// @param options empty for another implementation
    static void send(WireGuardDevice device, DeviceUpdate update, EngineOptions options) throws DeviceException {
        if (!options.isEmpty() && device instanceof UserspaceDevice talkative) {
            talkative.apply(new SetRequest(update, options));
        } else {
            device.apply(update);
        }
    }
}
