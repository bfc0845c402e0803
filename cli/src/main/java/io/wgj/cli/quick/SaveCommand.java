// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.ResultJson;
import io.wgj.config.net.InterfaceName;
import picocli.CommandLine.Model.CommandSpec;

/// `save`: writes what an interface is into its file.
final class SaveCommand extends FileCommand {
    @Override
    String name() {
        return "save";
    }

    @Override
    public String summary() {
        return "Writes what an interface is into its file";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of(name(), this)
                .text("""
                    Only values that differ from the interface's are changed: comments, order and layout of the file stay.
                    A peer that the interface does not have loses its section and the comments directly above it; a new
                    one gets a section at the end. An endpoint that is a name stays, and secret keys that are kept
                    elsewhere are not written. The old file stays until the new one is on the disk.

                    Under the name wg-quick the file is written anew, as the original does.
                    """)
                .operand(QuickOptions.files())
                .option(QuickOptions.many())
                .option(Options.json("one JSON document"))
                .option(QuickOptions.quiet())
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .exit("127", "no sudo to become root")
                .example("wgj-quick save wg0", "Writes the peers and ports of wg0 to /etc/wireguard/wg0.conf")
                .build();
    }

    @Override
    public boolean hasOriginalCodes() {
        return true;
    }

    /// `save` writes the file, and runs nothing of it.
    @Override
    boolean runsHooksOfTheFile() {
        return false;
    }

    @Override
    int run(Invocation invocation, Arguments arguments, QuickSource source) throws RefusalException {
        InterfaceName link = source.found().link();
        InterfaceLookup.require(invocation, link);
        if (!invocation.isQuiet()) {
            invocation.report("[#] wg showconf " + link);
        }
        new SavedTunnel(invocation, source).save(link);
        if (arguments.json()) {
            invocation
                    .out()
                    .append(ResultJson.of(name(), link.text(), source.found().path(), true, invocation.notes()));
        }
        return ExitCode.DONE;
    }
}
