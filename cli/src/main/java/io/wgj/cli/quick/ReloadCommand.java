// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.TunnelRunner;
import io.wgj.quick.plan.Plan;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Tunnel;
import io.wgj.quick.run.Job;
import io.wgj.quick.run.RunException;
import java.time.Duration;

/// `reload`: from what is to what the file says.
record ReloadCommand(Call call, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel = tunnel(call, source);
        source.announce(call);
        // A key file that cannot be used is the file's mistake: judged before anything is done, and with that code.
        new KeySources(call, source.found(), source.parsed().config().orElseThrow()).completeFromFiles(source.wg());
        try {
            return reload(Session.runner(call, tunnel), Session.job(call, source, tunnel, arguments.resolve()));
        } catch (PlanException impossible) {
            return Session.refusal(call, impossible).print(call);
        } catch (RunException failure) {
            return Session.refusal(failure).print(call);
        }
    }

    private int reload(TunnelRunner runner, Job job) throws PlanException, RunException {
        if (arguments.confirm().isEmpty()) {
            tell(runner.reload(job));
            return ExitCode.DONE;
        }
        call.host().quick().leaveSession();
        Duration time = arguments.confirm().get();
        return Trial.exitCode(runner.reload(job, time, plan -> {
            tell(plan);
            Trial.announce(call, job.tunnel().link(), time);
        }));
    }

    private void tell(Plan plan) {
        for (String note : plan.notes()) {
            call.add(note);
        }
    }

    /// A good file with an `[Interface]` section, about an interface that is there.
    static Tunnel tunnel(Call call, QuickSource source) throws RefusalException {
        Tunnel tunnel = source.tunnel(call);
        if (!tunnel.config().interfaceSection().present()) {
            throw Refusals.of(
                    call,
                    ExitCode.INVALID,
                    source.found().path() + ": there is no [Interface] section; a file that says nothing would take"
                            + " everything away");
        }
        Presence.require(call, tunnel.link());
        return tunnel;
    }
}
