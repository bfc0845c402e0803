// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.ResultJson;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import io.wgj.quick.run.TunnelRunner;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `up`: makes a tunnel.
final class UpCommand extends FileCommand {
    @Override
    String name() {
        return "up";
    }

    @Override
    public String summary() {
        return "Brings a tunnel up";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of(name(), this)
                .text("""
                    The whole file is checked before anything is done. Each step is reported on standard error as the
                    command that does the same. When one fails, everything done before it is rolled back.
                    """)
                .operand(QuickOptions.files())
                .option(QuickOptions.confirm())
                .option(QuickOptions.hookTimeout())
                .option(Options.flag(QuickOptions.IDEMPOTENT, "succeeds when the interface is there already"))
                .option(QuickOptions.many())
                .option(QuickOptions.noCheck())
                .option(QuickOptions.strict())
                .option(Options.hidden(QuickOptions.DETACHED))
                .option(Options.json("one JSON document"))
                .option(QuickOptions.quiet())
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .exit("2", "the kernel refused a step for which ip(8) ends with 2")
                .exit("9", "--confirm: " + ExitCode.meaning(ExitCode.ROLLED_BACK))
                .exit("127", "DNS without resolvconf or resolvectl; no sudo to become root")
                .exit("255", "no such routing table")
                .exit("other", "that of the hook that failed; with --json, see `help exit-codes'")
                .example("wgj-quick up wg0", "Brings up the tunnel of /etc/wireguard/wg0.conf")
                .example("wgj-quick up --confirm 60s ./office.conf", "Rolls back unless you confirm within a minute")
                .build();
    }

    @Override
    public boolean hasOriginalCodes() {
        return true;
    }

    @Override
    int run(Invocation invocation, Arguments arguments, QuickSource source) throws RefusalException {
        Tunnel tunnel = source.tunnel(invocation);
        source.announce(invocation);
        FileWarnings.print(invocation, arguments, source);
        TunnelRunner runner = Session.runner(invocation, tunnel, arguments.duration(QuickOptions.HOOK_TIMEOUT));
        try {
            if (arguments.has(QuickOptions.IDEMPOTENT)
                    && InterfaceLookup.isThere(invocation, tunnel.link())
                    && !runner.isUnfinished(tunnel.link())) {
                finish(invocation, arguments, source, false);
                return ExitCode.DONE;
            }
            if (tunnel.section().preUp().isEmpty()) {
                // No hook can make the key files in between, so a bad one need not wait for a link.
                new KeySources(invocation, source.found()).completeFromFiles(source.file());
            }
            return up(invocation, arguments, source, tunnel, runner);
        } catch (PlanException impossible) {
            throw Session.refusal(invocation, impossible);
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
    }

    private int up(Invocation invocation, Arguments arguments, QuickSource source, Tunnel tunnel, TunnelRunner runner)
            throws PlanException, RunException, RefusalException {
        TunnelRequest request = Session.request(invocation, source, tunnel, false);
        Optional<Duration> time = arguments.duration(QuickOptions.CONFIRM);
        if (time.isEmpty()) {
            runner.up(request);
            finish(invocation, arguments, source, true);
            return ExitCode.DONE;
        }
        invocation.host().quick().leaveSession();
        boolean stays = runner.up(request, time.get(), () -> {
            ConfirmedRun.announce(invocation, tunnel.link(), time.get());
            finish(invocation, arguments, source, true);
        });
        return ConfirmedRun.exitCode(arguments, stays);
    }

    private void finish(Invocation invocation, Arguments arguments, QuickSource source, boolean changed) {
        if (arguments.json()) {
            invocation
                    .out()
                    .append(ResultJson.of(
                            name(), source.found().link().text(), source.found().path(), changed, invocation.notes()));
            invocation.host().flush();
        }
    }
}
