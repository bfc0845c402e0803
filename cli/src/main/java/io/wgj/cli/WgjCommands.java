// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.batch.BatchCommand;
import io.wgj.cli.command.Command;
import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.Version;
import io.wgj.cli.create.NewCommand;
import io.wgj.cli.demo.DemoCommand;
import io.wgj.cli.diagnosis.CheckCommand;
import io.wgj.cli.diagnosis.DoctorCommand;
import io.wgj.cli.diagnosis.ExplainCommand;
import io.wgj.cli.diff.DiffCommand;
import io.wgj.cli.engine.EngineCommand;
import io.wgj.cli.format.FmtCommand;
import io.wgj.cli.graph.GraphCommand;
import io.wgj.cli.help.HelpCommand;
import io.wgj.cli.monitor.MonitorCommand;
import io.wgj.cli.qr.QrCommand;
import io.wgj.cli.schema.SchemaCommand;
import io.wgj.cli.status.EventsCommand;
import io.wgj.cli.status.StatusCommand;
import io.wgj.cli.status.WaitCommand;
import io.wgj.cli.watch.WatchCommand;
import io.wgj.cli.wg.WgCommands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of `wgj`: those of wg, and our own.
final class WgjCommands implements CommandTable {
    private static final List<String> OWN = List.of(
            "batch", "check", "demo", "diff", "doctor", "engine", "events", "explain", "fmt", "graph", "help",
            "monitor", "new", "qr", "schema", "status", "wait", "watch");

    @Override
    public String usage() {
        return "<cmd> [<args>]";
    }

    @Override
    public String purpose() {
        return "Configures WireGuard devices, in the kernel and in userspace.";
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(WgCommands.NAMES);
        names.addAll(OWN);
        return names;
    }

    @Override
    public @Nullable Command command(String name) {
        OwnCommand own = own(name);
        return own == null ? WgCommands.of(name) : own;
    }

    private @Nullable OwnCommand own(String name) {
        return switch (name) {
            case "batch" -> new BatchCommand(this, new LineRunner());
            case "check" -> new CheckCommand();
            case "demo" -> new DemoCommand();
            case "diff" -> new DiffCommand();
            case "doctor" -> new DoctorCommand();
            case "engine" -> new EngineCommand();
            case "events" -> new EventsCommand();
            case "explain" -> new ExplainCommand();
            case "fmt" -> new FmtCommand();
            case "graph" -> new GraphCommand();
            case "help" -> new HelpCommand(this);
            case "monitor" -> new MonitorCommand();
            case "new" -> new NewCommand();
            case "qr" -> new QrCommand();
            case "schema" -> new SchemaCommand();
            case "status" -> new StatusCommand();
            case "wait" -> new WaitCommand();
            case "watch" -> new WatchCommand();
            default -> null;
        };
    }

    /// A class, not a lambda: each lambda costs a short command half a millisecond.
    private static final class LineRunner implements BatchCommand.LineRunner {
        @Override
        public int run(Invocation invocation) {
            return Programs.run(invocation);
        }
    }

    /// Runs a command that is none of wg's; there is a first word. The exit code.
    int run(Invocation invocation) {
        String word = invocation.words().getFirst();
        if (WgCommands.isVersion(word)) {
            return Version.print(invocation);
        }
        OwnCommand command = own(WgCommands.isHelp(word) ? "help" : word);
        if (command == null) {
            complainOfUnknown(invocation, word);
            return ExitCode.MISUSED;
        }
        return CommandRun.run(command, invocation);
    }
}
