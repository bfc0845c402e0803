// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.Host;
import io.wgj.cli.wg.Colours;
import io.wgj.config.net.DeviceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj watch [INTERFACE]`: a live table of peers.
public final class WatchCommand implements OwnCommand {
    private static final String INTERVAL = "--interval";
    private static final String COUNT = "--count";
    private static final String LINES = "--lines";
    private static final long LIVE_MILLIS = 500;
    private static final long LINES_MILLIS = 2_000;

    private final Supplier<Optional<Screen>> screens;

    public WatchCommand() {
        this(TerminalScreen::open);
    }

    /// @param screens opens the terminal; empty when it cannot be used
    WatchCommand(Supplier<Optional<Screen>> screens) {
        this.screens = screens;
    }

    @Override
    public String summary() {
        return "Shows peers live: rates, handshakes, states and endpoints";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("watch", this)
                .text("""
                    Shows a line for each peer, the most active first: its state, the age of its latest handshake, bytes per
                    second, a bar for each of the latest samples, its endpoint, and for two minutes whether that has moved.
                    Keys sort (s), filter (/), pause (p) and quit (q); ? lists them.

                    When standard output is no terminal, or TERM is dumb, it prints a line for each peer every two seconds.

                    The monitor answers, without any privilege. Without a monitor the command reads the interfaces itself,
                    which needs root; then it knows only what happens while it runs.
                    """)
                .operand(Options.optional(
                        "[" + Options.INTERFACE + "]", "0", "one interface; all without it", List.of()))
                .option(Options.duration(INTERVAL, "the time between two samples, such as 5s"))
                .option(Options.value("-n", COUNT, "COUNT", "ends after so many samples"))
                .option(Options.flag(LINES, "prints lines on a terminal, too"))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .example("wgj watch wg0", "Shows the peers of wg0 until you press q")
                .example(
                        "wgj watch --interval 10s >>peers.log", "Adds a line for each peer to a file every ten seconds")
                .build();
    }

    @Override
    public boolean runsInBatch(List<String> words) {
        return false;
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        Host host = invocation.host();
        long count = count(arguments);
        Optional<Duration> interval = arguments.duration(INTERVAL);
        Optional<DeviceName> link = arguments.operands().isEmpty()
                ? Optional.empty()
                : Optional.of(Options.linkName(arguments.operands().getFirst()));
        StatusFeed feed = new MonitorOrOwnFeed(host, link);
        PeerTable table = new PeerTable(host.scopes());
        // Before the screen is taken, so that a refusal is an ordinary message.
        table.add(feed.next());
        boolean live = host.stdoutIsTerminal() && !"dumb".equals(host.env("TERM")) && !arguments.has(LINES);
        Optional<Screen> screen = live ? screens.get() : Optional.empty();
        if (screen.isPresent()) {
            try (Screen taken = screen.get()) {
                new LiveView(host, feed, table, taken, Colours.wanted(invocation))
                        .run(interval.map(Duration::toMillis).orElse(LIVE_MILLIS), count);
            }
        } else {
            new PlainView(host, feed, table)
                    .run(interval.map(Duration::toMillis).orElse(LINES_MILLIS), count);
        }
        return ExitCode.DONE;
    }

    /// 0 for no limit.
    private static long count(Arguments arguments) throws MisuseException {
        Optional<String> text = arguments.text(COUNT);
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.get().matches("[1-9][0-9]{0,8}")) {
            throw new MisuseException(COUNT + " " + text.get() + ": a number of samples is 1 to 999999999");
        }
        return Long.parseLong(text.get());
    }
}
