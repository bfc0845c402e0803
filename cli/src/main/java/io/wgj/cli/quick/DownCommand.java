// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.TunnelRunner;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Tunnel;
import io.wgj.quick.run.RunException;

/// `down`.
record DownCommand(Call call, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel = source.lenient();
        TunnelRunner runner = Session.runner(call, tunnel, arguments.hookTimeout());
        try {
            if (!Presence.isThere(call, tunnel.link()) && !runner.hasJournal(tunnel.link())) {
                if (arguments.idempotent()) {
                    return 0;
                }
                throw Presence.notThere(call, tunnel.link());
            }
            runner.down(Session.job(call, source, tunnel, false));
            return 0;
        } catch (PlanException impossible) {
            return Session.refusal(call, impossible).print(call);
        } catch (RunException failure) {
            return Session.refusal(failure).print(call);
        }
    }
}
