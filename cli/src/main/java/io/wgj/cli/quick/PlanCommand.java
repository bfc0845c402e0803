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
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `plan [up | down | reload] FILE`: what would be done. Changes nothing, and runs no command of the file.
final class PlanCommand implements OwnCommand {
    @Override
    public String summary() {
        return "Prints what up, down or reload would do, and changes nothing";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("plan", this)
                .text("""
                    Steps are commands of ip(8), wg(8) and nft(8) with all they imply, secrets hidden. The plan of `up'
                    is what it does if PreUp changes nothing. PrivateKeyCommand is not run.
                    """)
                .operand(Options.operands(
                                "[up | down | reload] FILE",
                                "0..1",
                                "which command is planned; without it `up', and without a FILE it is the name of"
                                        + " one; FILE is a path that ends in /INTERFACE.conf, or INTERFACE alone, which"
                                        + " stands for /etc/wireguard/INTERFACE.conf; - is standard input")
                        .toBuilder()
                        .completionCandidates(List.of("up", "down", "reload"))
                        .build())
                .option(Options.flag(QuickOptions.CHECK, "ends with exit code 6 when there is something to do"))
                .option(Options.flag(QuickOptions.NO_DNS, "leaves names as they are, instead of looking them up"))
                .option(QuickOptions.noCheck())
                .option(QuickOptions.resolve("for reload: looks up every name, as `reload --resolve' does"))
                .option(QuickOptions.link())
                .option(QuickOptions.strict())
                .option(Options.json("one JSON document"))
                .option(Options.quiet("prints errors only, for --check"))
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.INVALID,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND,
                        ExitCode.PENDING)
                .example("wgj-quick plan ./office.conf", "Prints what `wgj-quick up ./office.conf' would do")
                .example(
                        "wgj-quick plan reload --check -q wg0", "Says by its exit code whether wg0 is as its file says")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        List<String> operands = arguments.operands();
        String verb = operands.size() == 1 ? "up" : operands.getFirst();
        if (!verb.equals("up") && !verb.equals("down") && !verb.equals("reload")) {
            throw new MisuseException(verb + ": only up, down and reload can be planned");
        }
        if (arguments.has(QuickOptions.RESOLVE) && !verb.equals("reload")) {
            throw new MisuseException("--resolve is for `plan reload'");
        }
        if (arguments.has(QuickOptions.RESOLVE) && arguments.has(QuickOptions.NO_DNS)) {
            throw new MisuseException("--resolve and --no-dns: one or the other");
        }
        FoundFile found = FoundFile.orStandardInput(invocation, arguments, operands.getLast());
        return new Planning(invocation, arguments, verb).run(found, operands.getLast());
    }
}
