// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj-quick diff FILE`: what a reload would change, with what is in effect beside what the file says.
final class TunnelDiffCommand implements OwnCommand {
    @Override
    public String summary() {
        return "Compares a running tunnel with its file, and changes nothing";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("diff", this)
                .text("""
                    Prints what `reload' would change, as a unified diff: the device as two configuration files, and
                    addresses, routes, rules and other steps as the commands that make them. Lines with - are in effect,
                    lines with + are what the file says. Secret keys are (hidden).

                    What counts as a change is what counts for `reload': what hooks have added is none.
                    """)
                .operand(QuickOptions.fileOrInput())
                .option(Options.flag(QuickOptions.NO_DNS, "leaves names as they are, instead of looking them up"))
                .option(QuickOptions.resolve("looks up every name, as `reload --resolve' does"))
                .option(QuickOptions.link())
                .option(QuickOptions.strict())
                .option(Options.json("one JSON document"))
                .option(Options.quiet("prints errors only; the exit code is the answer"))
                .exit("0", "the tunnel is as its file says")
                .exits(ExitCode.FAILED, ExitCode.MISUSED, ExitCode.INVALID, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .exit("6", "they differ")
                .example("wgj-quick diff wg0", "Shows how wg0 differs from /etc/wireguard/wg0.conf")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        if (arguments.has(QuickOptions.RESOLVE) && arguments.has(QuickOptions.NO_DNS)) {
            throw new MisuseException("--resolve and --no-dns: one or the other");
        }
        String word = arguments.operands().getFirst();
        FoundFile found = FoundFile.orStandardInput(invocation, arguments, word);
        return new Planning(invocation, arguments, "reload", true).run(found, word);
    }
}
