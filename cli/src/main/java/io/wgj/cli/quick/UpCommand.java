// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.TunnelRunner;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import java.time.Duration;

/// `up`.
record UpCommand(Invocation invocation, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel;
        try {
            tunnel = source.tunnel(invocation);
        } catch (RefusalException refusal) {
            if (refusal.code() == ExitCode.INVALID) {
                throw refusal;
            }
            // What ip(8) would have ended with, half-way.
            return refusal.print(invocation);
        }
        source.announce(invocation);
        TunnelRunner runner = Session.runner(invocation, tunnel, arguments.hookTimeout());
        try {
            if (arguments.idempotent()
                    && InterfaceLookup.isThere(invocation, tunnel.link())
                    && !runner.isUnfinished(tunnel.link())) {
                return 0;
            }
            if (tunnel.section().preUp().isEmpty()) {
                // Nobody is going to make the key files in between, so a bad one need not wait for a link.
                new KeySources(invocation, source.found()).completeFromFiles(source.file());
            }
            return up(runner, tunnel);
        } catch (PlanException impossible) {
            return Session.refusal(invocation, impossible).print(invocation);
        } catch (RunException failure) {
            return Session.refusal(failure).print(invocation);
        }
    }

    private int up(TunnelRunner runner, Tunnel tunnel) throws PlanException, RunException {
        TunnelRequest job = Session.job(invocation, source, tunnel, false);
        if (arguments.confirm().isEmpty()) {
            runner.up(job);
            return 0;
        }
        invocation.host().quick().leaveSession();
        Duration time = arguments.confirm().get();
        return ConfirmedRun.exitCode(
                runner.up(job, time, () -> ConfirmedRun.announce(invocation, tunnel.link(), time)));
    }
}
