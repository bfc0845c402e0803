// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.show.ConfRenderer;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import picocli.CommandLine.Model.CommandSpec;

/// `wg showconf`: a device as a file.
final class ShowconfCommand implements WgCommand {
    @Override
    public String summary() {
        return "Prints a device as a file that setconf reads, with its secret keys";
    }

    @Override
    public String usage() {
        return "<interface>";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("showconf", this)
                .synopsis(synopsis())
                .operand(Options.operand(Options.INTERFACE, "a WireGuard interface"))
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .example("(umask 077; wgj showconf wg0 >wg0.conf)", "Saves a device in a file that only you can read")
                .buildOriginal();
    }

    @Override
    public int run(Invocation invocation) {
        if (invocation.words().size() != 2) {
            return misused(invocation);
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
