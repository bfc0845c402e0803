// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.quick.plan.Plan;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Tunnel;
import io.wgj.quick.run.RunException;
import java.util.function.BooleanSupplier;

/// `reload`: from what is to what the file says.
record ReloadCommand(Call call, QuickSource source, QuickArguments arguments) {
    int run() throws RefusalException {
        Tunnel tunnel = tunnel(call, source);
        source.announce(call);
        // A key file that cannot be used is the file's mistake: judged before anything is done, and with that code.
        new KeySources(call, source.found(), source.parsed().config().orElseThrow()).completeFromFiles(source.wg());
        return arguments.confirm().isPresent()
                ? new Trial(call, source, arguments).run(stays -> onTrial(tunnel, stays))
                : reload(tunnel);
    }

    private int reload(Tunnel tunnel) {
        try {
            tell(Session.runner(call, tunnel).reload(Session.job(call, source, tunnel, arguments.resolve())));
            return ExitCode.DONE;
        } catch (PlanException impossible) {
            return Session.refusal(call, impossible).print(call);
        } catch (RunException failure) {
            return Session.refusal(failure).print(call);
        }
    }

    private int onTrial(Tunnel tunnel, BooleanSupplier stays) {
        try {
            boolean stayed = Session.runner(call, tunnel)
                    .reload(Session.job(call, source, tunnel, arguments.resolve()), plan -> {
                        tell(plan);
                        return stays.getAsBoolean();
                    });
            return stayed ? ExitCode.DONE : ExitCode.ROLLED_BACK;
        } catch (PlanException impossible) {
            return Session.refusal(call, impossible).print(call);
        } catch (RunException failure) {
            return Session.refusal(failure).print(call);
        }
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
