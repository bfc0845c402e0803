// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.TunnelRunner;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import java.time.Duration;

/// `reload`: from what is to what the file says.
record ReloadCommand(Invocation invocation, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel = tunnel(invocation, source);
        source.announce(invocation);
        // A key file that cannot be used is the file's mistake: judged before anything is done, and with that code.
        new KeySources(invocation, source.found())
                .completeFromFiles(source.file());
        try {
            return reload(
                    Session.runner(invocation, tunnel), Session.job(invocation, source, tunnel, arguments.resolve()));
        } catch (PlanException impossible) {
            return Session.refusal(invocation, impossible).print(invocation);
        } catch (RunException failure) {
            return Session.refusal(failure).print(invocation);
        }
    }

    private int reload(TunnelRunner runner, TunnelRequest job) throws PlanException, RunException {
        if (arguments.confirm().isEmpty()) {
            tell(runner.reload(job));
            return ExitCode.DONE;
        }
        invocation.host().quick().leaveSession();
        Duration time = arguments.confirm().get();
        return ConfirmedRun.exitCode(runner.reload(job, time, plan -> {
            tell(plan);
            ConfirmedRun.announce(invocation, job.tunnel().link(), time);
        }));
    }

    private void tell(Plan plan) {
        for (String note : plan.notes()) {
            invocation.remark(note);
        }
    }

    /// A good file with an `[Interface]` section, about an interface that is there.
    static Tunnel tunnel(Invocation invocation, QuickSource source) throws RefusalException {
        Tunnel tunnel = source.tunnel(invocation);
        if (!tunnel.section().present()) {
            throw Refusals.of(
                    invocation,
                    ExitCode.INVALID,
                    source.found().path() + ": there is no [Interface] section; a file that says nothing would take"
                            + " everything away");
        }
        InterfaceLookup.require(invocation, tunnel.link());
        return tunnel;
    }
}
