// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.DeviceJson;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj status [INTERFACE]`: how peers are doing, and whether that is well, as an exit code.
public final class StatusCommand implements OwnCommand {
    private static final String STRICT = "--strict";

    @Override
    public String summary() {
        return "Prints which peers are up, from the monitor";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("status", this)
                .text("""
                    Prints a line for each peer: its name in the configuration file or its public key, its state and for how
                    long, the age of its latest handshake, what is received and sent each second, its endpoint, its probe,
                    and why it is in this state.

                    A peer is up, stale (calls unanswered, not yet enough of them), down, connecting, quiet (nothing heard
                    for long, nothing tried) or idle (never heard, nothing tried). Quiet and idle are no failures, because
                    WireGuard sends nothing while there is nothing to send.

                    The monitor answers, so no privilege is needed: root and the group wgj may ask.
                    """)
                .operand(Options.optional(
                        "[" + Options.INTERFACE + "]", "0", "one interface; all without it", List.of()))
                .option(Options.flag(STRICT, "makes quiet and idle peers count as down for the exit code"))
                .option(Options.json("one JSON document"))
                .exit("0", "every peer is up, quiet or idle")
                .exits(
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND,
                        ExitCode.NO_MONITOR)
                .exit("10", "at least one peer is down, stale or still connecting")
                .example("wgj status", "Prints the peers of all interfaces")
                .example(
                        "wgj status wg0 --strict || wgj events wg0 --since 1h", "Shows what happened unless all are up")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws RefusalException {
        List<String> operands = arguments.operands();
        Optional<DeviceName> link =
                operands.isEmpty() ? Optional.empty() : Optional.of(new DeviceName(operands.getFirst()));
        MonitorClient.StatusReply reply;
        try {
            reply = new MonitorClient(invocation.host(), "status").status(link);
        } catch (RefusalException refusal) {
            if (arguments.json()) {
                invocation.out().append(DeviceJson.ofNames(List.of(), false));
            }
            throw refusal;
        }
        if (arguments.json()) {
            invocation.out().append(reply.line()).append('\n');
        } else {
            StatusTable.render(reply.status(), invocation.host().scopes(), invocation.out());
            noteFailures(invocation, reply.status());
        }
        return code(reply.status(), arguments.has(STRICT));
    }

    private static void noteFailures(Invocation invocation, MonitorStatus status) {
        for (InterfaceStatus link : status.interfaces()) {
            if (link.readFailure().isPresent()) {
                invocation.note("status: " + link.name() + ": the monitor cannot read it ("
                        + link.readFailure().get() + "); what is shown is older");
            }
        }
    }

    /// The exit code for what the peers do.
    ///
    /// @param strict whether quiet and idle count as down
    static int code(MonitorStatus status, boolean strict) {
        for (InterfaceStatus link : status.interfaces()) {
            for (PeerStatus peer : link.peers()) {
                boolean well = switch (peer.state()) {
                    case UP -> true;
                    case QUIET, IDLE -> !strict;
                    case DOWN, STALE, CONNECTING -> false;
                };
                if (!well) {
                    return ExitCode.PEER_DOWN;
                }
            }
        }
        return ExitCode.DONE;
    }
}
