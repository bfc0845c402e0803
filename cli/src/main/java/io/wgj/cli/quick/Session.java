// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import io.wgj.quick.run.TunnelRunner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Shared by the commands that change the host.
final class Session {
    private Session() {}

    /// A runner for a command that runs no hooks.
    static TunnelRunner runner(Invocation invocation, Tunnel tunnel) {
        return runner(invocation, tunnel, Optional.empty());
    }

    /// @param hookTimeout how long a hook may run
    static TunnelRunner runner(Invocation invocation, Tunnel tunnel, Optional<Duration> hookTimeout) {
        ProcessEnvironment environment = new ProcessEnvironment(invocation.host(), hookTimeout);
        return invocation
                .host()
                .quick()
                .runner(environment, new TracePrinter(invocation, tunnel, !environment.wantsOwnEngine()));
    }

    /// @param resolvesAll whether a reload looks every name up again
    static TunnelRequest request(Invocation invocation, QuickSource source, Tunnel tunnel, boolean resolvesAll) {
        return request(invocation, source, tunnel, new FileConfiguration(invocation, source, resolvesAll));
    }

    /// @param configuration of the device
    static TunnelRequest request(
            Invocation invocation, QuickSource source, Tunnel tunnel, TunnelRequest.Configuration configuration) {
        return new TunnelRequest(tunnel, source.found().path(), configuration, link -> {
            try {
                new SavedTunnel(invocation, source).save(link);
            } catch (RefusalException refusal) {
                for (String remark : refusal.remarks()) {
                    invocation.remark(remark);
                }
                throw new RunException(1, refusal.wgLines());
            }
        });
    }

    /// A failed run as a refusal.
    static RefusalException refusal(RunException failure) {
        return new RefusalException(ExitCode.ofRun(failure.exitCode()), failure.lines(), failure.hints())
                .withOriginalCode(failure.exitCode());
    }

    /// An impossible plan as a refusal.
    static RefusalException refusal(Invocation invocation, PlanException failure) {
        String message = String.valueOf(failure.getMessage());
        int code = ExitCode.ofPlan(failure.exitCode());
        // ip(8) prints no program name before its errors about words.
        RefusalException refusal = message.startsWith("Error: ")
                ? new RefusalException(code, List.of(message), List.of())
                : Refusals.of(invocation, code, message);
        return refusal.withOriginalCode(failure.exitCode());
    }
}
