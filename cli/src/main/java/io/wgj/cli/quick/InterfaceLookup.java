// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import java.util.List;

/// Looks interfaces up in the list that `wg show interfaces` prints.
final class InterfaceLookup {
    private InterfaceLookup() {}

    static boolean isThere(Invocation invocation, InterfaceName link) throws RefusalException {
        try {
            return invocation.host().devices().list().contains(new DeviceName(link.text()));
        } catch (DeviceException failure) {
            throw new RefusalException(
                    ExitCode.of(failure),
                    List.of("Unable to list interfaces: " + ErrorReport.sentence(failure)),
                    List.of(ErrorReport.explain(failure)));
        }
    }

    /// Refuses when `link` is not in the list, with the exit code for that.
    static void require(Invocation invocation, InterfaceName link) throws RefusalException {
        if (!isThere(invocation, link)) {
            RefusalException refusal = notThere(invocation, link);
            throw new RefusalException(refusal.code(), refusal.wgLines(), List.of(advice(invocation, link)));
        }
    }

    private static String advice(Invocation invocation, InterfaceName link) {
        try {
            invocation.host().quick().facts("/sys/class/net/" + link);
            return link + " is an interface of another kind";
        } catch (FileException _) {
            return link + " is not up; `" + invocation.program() + " up " + link + "' starts it";
        }
    }

    static RefusalException notThere(Invocation invocation, InterfaceName link) {
        return Refusals.of(invocation, ExitCode.NOT_FOUND, "`" + link + "' is not a WireGuard interface");
    }
}
