// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.show.ConfRenderer;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;

/// `wg showconf`: a device as a file.
record ShowconfCommand(Invocation invocation) {
    int run() {
        if (invocation.words().size() != 2) {
            return WgCommands.misused(invocation, "showconf");
        }
        DeviceName name = new DeviceName(invocation.words().get(1));
        try {
            new ConfRenderer(invocation.host().scopes())
                    .render(ShowCommand.read(invocation.host(), name), invocation.out());
            return 0;
        } catch (DeviceException failure) {
            return ShowCommand.cannotRead(invocation, name, failure);
        }
    }
}
