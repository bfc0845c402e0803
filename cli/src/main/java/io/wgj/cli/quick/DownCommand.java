// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.TunnelRunner;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;

/// `down`.
record DownCommand(Invocation invocation, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel = source.lenient();
        TunnelRunner runner = Session.runner(invocation, tunnel, arguments.hookTimeout());
        try {
            if (!InterfaceLookup.isThere(invocation, tunnel.link()) && !runner.hasJournal(tunnel.link())) {
                if (arguments.idempotent()) {
                    return 0;
                }
                throw InterfaceLookup.notThere(invocation, tunnel.link());
            }
            runner.down(Session.job(invocation, source, tunnel, false));
            return 0;
        } catch (PlanException impossible) {
            return Session.refusal(invocation, impossible).print(invocation);
        } catch (RunException failure) {
            return Session.refusal(failure).print(invocation);
        }
    }
}
