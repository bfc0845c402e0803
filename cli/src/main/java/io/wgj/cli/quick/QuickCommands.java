// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.Command;
import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.Version;
import io.wgj.cli.help.HelpCommand;
import io.wgj.cli.wg.WgCommands;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of `wgj-quick`: those of wg-quick, and our own.
public final class QuickCommands implements CommandTable {
    private static final List<String> NAMES =
            List.of("up", "down", "save", "strip", "plan", "diff", "reload", "confirm", "help");

    /// The table, to be read.
    public QuickCommands() {}

    @Override
    public String usage() {
        return "COMMAND [ARGUMENT]...";
    }

    @Override
    public String purpose() {
        return "Brings WireGuard tunnels up and down as their configuration files say.";
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public @Nullable Command command(String name) {
        return own(name);
    }

    private @Nullable OwnCommand own(String name) {
        OwnCommand original = original(name);
        return original != null
                ? original
                : switch (name) {
                    case "plan" -> new PlanCommand();
                    case "diff" -> new TunnelDiffCommand();
                    case "reload" -> new ReloadCommand();
                    case "confirm" -> new ConfirmCommand();
                    case "help" -> new HelpCommand(this);
                    default -> null;
                };
    }

    private static @Nullable OwnCommand original(String name) {
        return switch (name) {
            case "up" -> new UpCommand();
            case "down" -> new DownCommand();
            case "save" -> new SaveCommand();
            case "strip" -> new StripCommand();
            default -> null;
        };
    }

    /// Runs `invocation`; the exit code. Messages name the program without its folder.
    public static int run(Invocation invocation) {
        String launcher = invocation.program();
        Invocation named = invocation.shownAs(launcher.substring(launcher.lastIndexOf('/') + 1));
        return invocation.invokedAs() == InvokedAs.WG_QUICK
                ? runOriginal(named)
                : new QuickCommands().runExtended(named);
    }

    /// Two words, or one that asks for help.
    private static int runOriginal(Invocation invocation) {
        List<String> words = invocation.words();
        if (words.size() == 1 && WgCommands.isHelp(words.getFirst())) {
            invocation.host().err(WgQuickUsage.of(invocation));
            return 0;
        }
        OwnCommand command = words.size() == 2 ? original(words.getFirst()) : null;
        if (command == null) {
            invocation.host().err(WgQuickUsage.of(invocation));
            return 1;
        }
        return CommandRun.run(command, invocation, Arguments.of(words.get(1)));
    }

    private int runExtended(Invocation invocation) {
        List<String> words = invocation.words();
        if (words.isEmpty()) {
            misused(invocation, "COMMAND is missing");
            return 1;
        }
        String word = words.getFirst();
        OwnCommand original = original(word);
        if (original != null && words.size() == 2 && !words.get(1).startsWith("-")) {
            // The original's grammar, which needs no parser.
            return CommandRun.run(original, invocation, Arguments.of(words.get(1)));
        }
        if (WgCommands.isVersion(word)) {
            return Version.print(invocation);
        }
        OwnCommand command = own(WgCommands.isHelp(word) ? "help" : word);
        if (command == null) {
            complainOfUnknown(invocation, word);
            return 1;
        }
        return CommandRun.run(command, invocation);
    }
}
