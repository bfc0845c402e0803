// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.show.ConfRenderer;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;

/// `wg showconf`: a device as a file.
record ShowconfCommand(Call call) {
    int run() {
        if (call.words().size() != 2) {
            return WgWords.misused(call, "showconf");
        }
        DeviceName name = new DeviceName(call.words().get(1));
        try {
            new ConfRenderer(call.host().scopes()).render(ShowCommand.read(call.host(), name), call.out());
            return 0;
        } catch (DeviceException failure) {
            return ShowCommand.cannotRead(call, name, failure);
        }
    }
}
