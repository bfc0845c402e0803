// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TableFiles;
import io.wgj.quick.run.TunnelRequest;
import io.wgj.quick.run.TunnelRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `reload`: changes a running tunnel to what its file says.
final class ReloadCommand extends FileCommand {
    @Override
    String name() {
        return "reload";
    }

    @Override
    public String summary() {
        return "Changes a running tunnel to what its file says";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of(name(), this)
                .text("""
                    Sends the smallest change: running sessions lose no packet. Runs no hooks. What hooks have added since
                    `up' stays, and an unchanged file changes nothing.

                    An endpoint that is a name is looked up when the file has changed it, and again when its peer has had
                    no handshake for 180 seconds: the address behind the name may have changed.
                    """)
                .operand(QuickOptions.fileOrInput())
                .option(QuickOptions.confirm())
                .option(QuickOptions.resolve("looks up every name again, also of peers with a recent handshake"))
                .option(QuickOptions.link())
                .option(QuickOptions.noCheck())
                .option(QuickOptions.strict())
                .option(Options.hidden(QuickOptions.DETACHED))
                .option(Options.json("one JSON document that says what changed"))
                .option(QuickOptions.quiet())
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.INVALID,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND,
                        ExitCode.ROLLED_BACK)
                .example("wgj-quick reload wg0", "Applies what you have changed in /etc/wireguard/wg0.conf")
                .example("wgj-quick reload --confirm 60s wg0", "Rolls back unless you confirm within a minute")
                .build();
    }

    @Override
    boolean takesStandardInput() {
        return true;
    }

    @Override
    int run(Invocation invocation, Arguments arguments, QuickSource source) throws RefusalException {
        Tunnel tunnel = tunnel(invocation, source);
        source.announce(invocation);
        FileWarnings.print(invocation, arguments, source);
        // A key file that cannot be used is the file's mistake: reported before anything is done, and with that code.
        new KeySources(invocation, source.found()).completeFromFiles(source.file());
        TunnelRequest request = Session.request(invocation, source, tunnel, arguments.has(QuickOptions.RESOLVE));
        try {
            return reload(invocation, arguments, source, Session.runner(invocation, tunnel), request);
        } catch (PlanException impossible) {
            throw Session.refusal(invocation, impossible);
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
    }

    private int reload(
            Invocation invocation, Arguments arguments, QuickSource source, TunnelRunner runner, TunnelRequest request)
            throws PlanException, RunException, RefusalException {
        Optional<Duration> time = arguments.duration(QuickOptions.CONFIRM);
        if (time.isEmpty()) {
            finish(invocation, arguments, source, request.tunnel(), runner.reload(request));
            return ExitCode.DONE;
        }
        invocation.host().quick().leaveSession();
        boolean stays = runner.reload(request, time.get(), plan -> {
            finish(invocation, arguments, source, request.tunnel(), plan);
            ConfirmedRun.announce(invocation, request.tunnel().link(), time.get());
        });
        return ConfirmedRun.exitCode(arguments, stays);
    }

    /// Reports what was done.
    private void finish(Invocation invocation, Arguments arguments, QuickSource source, Tunnel tunnel, Plan plan) {
        if (arguments.json()) {
            PlanText text = new PlanText(tunnel, new TableFiles(), plan, List.of(), Map.of());
            invocation.out().append(text.result(name(), source.found(), invocation.notes()));
            invocation.host().flush();
            return;
        }
        for (String note : plan.notes()) {
            invocation.note(note);
        }
    }

    /// A good file with an `[Interface]` section, about an interface that is there.
    static Tunnel tunnel(Invocation invocation, QuickSource source) throws RefusalException {
        Tunnel tunnel = source.tunnel(invocation);
        if (!tunnel.section().present()) {
            throw Refusals.of(
                    invocation,
                    ExitCode.INVALID,
                    source.found().path() + ": there is no [Interface] section; an empty file would remove"
                            + " everything");
        }
        InterfaceLookup.require(invocation, tunnel.link());
        return tunnel;
    }
}
