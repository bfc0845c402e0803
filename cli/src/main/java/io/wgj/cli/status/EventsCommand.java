// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.MonitorException;
import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Latin1;
import io.wgj.monitor.protocol.ProtocolException;
import io.wgj.monitor.protocol.RefusedException;
import io.wgj.monitor.protocol.ReplyReader;
import io.wgj.monitor.protocol.StatusRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj events [INTERFACE] [--since TIME]`: follows the monitor's events.
public final class EventsCommand implements OwnCommand {
    private static final String SINCE = "--since";
    private static final long NO_LIMIT = 0;

    @Override
    public String summary() {
        return "Follows what happens to peers and interfaces, as JSON lines";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("events", this)
                .text("""
                    Prints each event of the monitor as one line of JSON, until it is interrupted or the monitor ends: a
                    peer is up, stale, down, quiet or idle, its endpoint moved, a handshake completed, an interface
                    appeared, changed or vanished, or a route or rule of a tunnel was removed by another program.

                    The monitor keeps its latest events in memory, for --since; its log has all of them. No privilege is
                    needed: root and the group wgj may ask.
                    """)
                .operand(Options.optional(
                        "[" + Options.INTERFACE + "]", "0", "one interface; all events without it", List.of()))
                .option(Options.value(
                        "-s",
                        SINCE,
                        "TIME",
                        "prints recent events first, from this time on: how long ago, such as 10m, or a time such as"
                                + " 2026-11-30T12:03:07Z"))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED, ExitCode.NO_MONITOR)
                .example("wgj events wg0", "Follows the events of wg0")
                .example("wgj events --since 1h", "Prints the events of the last hour first")
                .build();
    }

    @Override
    public boolean runsInBatch(List<String> words) {
        return false;
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        List<String> operands = arguments.operands();
        Optional<DeviceName> link =
                operands.isEmpty() ? Optional.empty() : Optional.of(new DeviceName(operands.getFirst()));
        Optional<String> since = arguments.text(SINCE);
        StatusRequest request = new StatusRequest.Events(
                link,
                since.isPresent()
                        ? Optional.of(since(since.get(), invocation.host().nowSeconds()))
                        : Optional.empty());
        MonitorClient client = new MonitorClient(invocation.host(), "events");
        try (Monitor.Connection connection = client.connect()) {
            connection.send(request.line());
            while (true) {
                byte[] line = connection.receive(NO_LIMIT);
                ReplyReader.event(line);
                invocation.out().append(Latin1.of(line)).append('\n');
                if (!invocation.host().flush()) {
                    // What cannot be written is reported when the command ends.
                    return ExitCode.DONE;
                }
            }
        } catch (MonitorException failure) {
            throw client.refusal(failure);
        } catch (ProtocolException malformed) {
            throw client.refusal(malformed);
        } catch (RefusedException refused) {
            throw client.refusal(refused, link);
        }
    }

    /// @param now seconds since 1970
    private static Instant since(String text, long now) throws MisuseException {
        try {
            return text.indexOf('T') < 0
                    ? Instant.ofEpochSecond(now).minus(ValueSyntax.duration(text))
                    : Instant.parse(text);
        } catch (ValueException | DateTimeException _) {
            throw new MisuseException(
                    SINCE + ": a time is how long ago, such as 10m or 1h30m, or such as 2026-11-30T12:03:07Z");
        }
    }
}
