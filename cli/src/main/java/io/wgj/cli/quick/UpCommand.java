// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.file.QuickConfig;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Tunnel;
import io.wgj.quick.run.RunException;
import java.util.function.BooleanSupplier;

/// `up`.
record UpCommand(Call call, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel;
        try {
            tunnel = source.tunnel(call);
        } catch (RefusalException refusal) {
            if (refusal.code() == ExitCode.INVALID) {
                throw refusal;
            }
            // What ip(8) would have ended with, half-way.
            return refusal.print(call);
        }
        source.announce(call);
        if (arguments.idempotent() && Presence.isThere(call, tunnel.link())) {
            return 0;
        }
        if (tunnel.config().interfaceSection().preUp().isEmpty()) {
            // Nobody is going to make the key files in between, so a bad one need not wait for a link.
            QuickConfig config = source.parsed().config().orElseThrow();
            new KeySources(call, source.found(), config).completeFromFiles(source.wg());
        }
        return arguments.confirm().isPresent()
                ? new Trial(call, source, arguments).run(stays -> onTrial(tunnel, stays))
                : up(tunnel);
    }

    /// Goes down again, hooks and all, unless it stays.
    private int onTrial(Tunnel tunnel, BooleanSupplier stays) throws RefusalException {
        int code = up(tunnel);
        if (code != 0 || stays.getAsBoolean()) {
            return code;
        }
        int down = new DownCommand(call, source, arguments).run();
        return down == 0 ? ExitCode.ROLLED_BACK : down;
    }

    private int up(Tunnel tunnel) {
        try {
            Session.runner(call, tunnel, arguments.hookTimeout()).up(Session.job(call, source, tunnel, false));
            return 0;
        } catch (PlanException impossible) {
            return Session.refusal(call, impossible).print(call);
        } catch (RunException failure) {
            return Session.refusal(failure).print(call);
        }
    }
}
