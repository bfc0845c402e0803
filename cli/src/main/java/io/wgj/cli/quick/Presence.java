// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;

/// Which interfaces there are, as `wg show interfaces` lists them.
final class Presence {
    private Presence() {}

    static boolean isThere(Call call, InterfaceName link) throws RefusalException {
        try {
            return call.host().devices().list().contains(new DeviceName(link.text()));
        } catch (DeviceException failure) {
            throw new RefusalException(
                    "Unable to list interfaces: " + ErrorReport.sentence(failure), ErrorReport.explain(failure));
        }
    }

    /// Refuses when `link` is not there, with the code for that.
    static void require(Call call, InterfaceName link) throws RefusalException {
        if (!isThere(call, link)) {
            throw notThere(call, link);
        }
    }

    static RefusalException notThere(Call call, InterfaceName link) {
        return Refusals.of(call, ExitCode.NOT_FOUND, "`" + link + "' is not a WireGuard interface");
    }
}
