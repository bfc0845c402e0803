// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.ResultJson;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.run.Confirmation;
import io.wgj.quick.run.RunException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `confirm`: keeps what a run with `--confirm` did.
final class ConfirmCommand implements OwnCommand {
    @Override
    public String summary() {
        return "Keeps what `up --confirm' or `reload --confirm' did";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("confirm", this)
                .operand(Options.operand(Options.INTERFACE, "the interface, or the FILE that was given to --confirm"))
                .option(Options.json("one JSON document"))
                .option(Options.quiet("prints errors only"))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED)
                .exit("5", "no such interface or file, or nothing waits for a confirmation")
                .exit("7", "too late: it is rolled back")
                .example("wgj-quick confirm wg0", "Keeps what `wgj-quick reload --confirm 60s wg0' has changed")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws RefusalException {
        if (Sudo.isNeeded(invocation)) {
            Sudo.become(invocation);
            return ExitCode.NOT_PERMITTED;
        }
        String word = arguments.operands().getFirst();
        Optional<InterfaceName> name = InterfaceName.parse(word);
        InterfaceName link =
                name.isPresent() ? name.get() : FoundFile.find(invocation, word).link();
        confirm(invocation, link);
        if (arguments.json()) {
            invocation.out().append(ResultJson.of("confirm", link.text(), "", true, List.of()));
        }
        return ExitCode.DONE;
    }

    private static void confirm(Invocation invocation, InterfaceName link) throws RefusalException {
        QuickSource source = QuickSource.without(invocation, link.text(), "confirm");
        Tunnel tunnel = source.lenient();
        Confirmation confirmation;
        try {
            confirmation =
                    Session.runner(invocation, tunnel).confirm(Session.request(invocation, source, tunnel, false));
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
        if (confirmation == Confirmation.TOO_LATE) {
            throw Refusals.of(
                    invocation,
                    ExitCode.TIMED_OUT,
                    "`" + link + "': too late, it is rolled back; if the process that was to do so was killed, by the"
                            + " next up, down or reload");
        }
        if (confirmation != Confirmation.KEPT) {
            throw Refusals.of(invocation, ExitCode.NOT_FOUND, "nothing waits for a confirmation of `" + link + "'");
        }
    }
}
