// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.ResultJson;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRunner;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `down`: undoes what `up` did.
final class DownCommand extends FileCommand {
    @Override
    String name() {
        return "down";
    }

    @Override
    public String summary() {
        return "Takes a tunnel down";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of(name(), this)
                .text("""
                    Undoes what `up' did, by the journal that it kept, and nothing else. Without a journal, or where it is
                    incomplete, undoes what wg-quick's `down' undoes. Hooks, SaveConfig and DNS are as the file says now.

                    An interface that was renamed is found. One that was moved to another network namespace is left
                    alone, and its journal is kept.
                    """)
                .operand(QuickOptions.files())
                .option(QuickOptions.hookTimeout())
                .option(Options.flag(QuickOptions.IDEMPOTENT, "succeeds when there is no such interface"))
                .option(Options.flag(
                        QuickOptions.FROM_JOURNAL,
                        "takes INTERFACE instead of FILE and undoes the journal alone, without hooks: for a file that is"
                                + " lost, or an interface that is gone"))
                .option(QuickOptions.many())
                .option(QuickOptions.strict())
                .option(Options.json("one JSON document"))
                .option(QuickOptions.quiet())
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .exit("2", "the kernel refused a step for which ip(8) ends with 2")
                .exit("127", "no sudo to become root")
                .exit("other", "that of the hook that failed; with --json, see `help exit-codes'")
                .example("wgj-quick down wg0", "Takes down the tunnel of /etc/wireguard/wg0.conf")
                .example("wgj-quick down --from-journal wg0", "Takes down wg0, whose file is lost")
                .build();
    }

    @Override
    public boolean hasOriginalCodes() {
        return true;
    }

    @Override
    QuickSource source(Invocation invocation, Arguments arguments, String word)
            throws MisuseException, RefusalException {
        if (arguments.has(QuickOptions.FROM_JOURNAL)) {
            return QuickSource.without(invocation, word, name());
        }
        try {
            return super.source(invocation, arguments, word);
        } catch (RefusalException refusal) {
            if (refusal.code() != ExitCode.NOT_FOUND) {
                throw refusal;
            }
            List<String> remarks = new ArrayList<>(refusal.remarks());
            remarks.add("if the file is lost, `" + invocation.program()
                    + " down --from-journal INTERFACE' takes down what `up' did");
            throw refusal.withRemarks(remarks);
        }
    }

    @Override
    int run(Invocation invocation, Arguments arguments, QuickSource source) throws RefusalException {
        Tunnel tunnel = source.lenient();
        TunnelRunner runner = Session.runner(invocation, tunnel, arguments.duration(QuickOptions.HOOK_TIMEOUT));
        boolean changed = true;
        try {
            if (!InterfaceLookup.isThere(invocation, tunnel.link()) && !runner.hasJournal(tunnel.link())) {
                if (!arguments.has(QuickOptions.IDEMPOTENT)) {
                    throw InterfaceLookup.notThere(invocation, tunnel.link());
                }
                changed = false;
            } else {
                runner.down(Session.request(invocation, source, tunnel, false));
            }
        } catch (PlanException impossible) {
            throw Session.refusal(invocation, impossible);
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
        if (arguments.json()) {
            invocation
                    .out()
                    .append(ResultJson.of(
                            name(), source.found().link().text(), source.found().path(), changed, invocation.notes()));
        }
        return ExitCode.DONE;
    }
}
