// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of `wg`. Their names are compared exactly, without abbreviations.
public final class WgCommands {
    /// What [#run] answers for a first word that is none of the nine.
    public static final int UNKNOWN = -1;

    /// In the order in which `wg help` lists them.
    public static final List<String> NAMES =
            List.of("show", "showconf", "set", "setconf", "addconf", "syncconf", "genkey", "genpsk", "pubkey");

    private WgCommands() {}

    /// The command called `name`; null when there is none.
    public static @Nullable WgCommand of(String name) {
        return switch (name) {
            case "show" -> new ShowCommand();
            case "showconf" -> new ShowconfCommand();
            case "set" -> new SetCommand();
            case "setconf", "addconf", "syncconf" -> new ConfCommand(name);
            case "genkey" -> new GenkeyCommand();
            case "genpsk" -> new GenpskCommand();
            case "pubkey" -> new PubkeyCommand();
            default -> null;
        };
    }

    /// Runs the command that the first word names; no word at all is `show`. The exit code, or [#UNKNOWN]
    /// with nothing done.
    public static int run(Invocation invocation) {
        if (invocation.words().isEmpty()) {
            return new ShowCommand().all(invocation);
        }
        WgCommand command = of(invocation.words().getFirst());
        return command == null ? UNKNOWN : command.run(invocation);
    }

    /// The program `wg`: its own commands, and `help` and `version`.
    public static int runOriginal(Invocation invocation) {
        int code = run(invocation);
        if (code != UNKNOWN) {
            return code;
        }
        String word = invocation.words().getFirst();
        if (invocation.words().size() == 1 && isHelp(word)) {
            invocation.out().append(usage(invocation.program()));
            return 0;
        }
        if (invocation.words().size() == 1 && isVersion(word)) {
            invocation.out().append(Version.ORIGINAL).append('\n');
            return 0;
        }
        invocation.report("Invalid subcommand: `" + word + "'");
        invocation.host().err(usage(invocation.program()));
        return 1;
    }

    /// The original's list of commands. Its form is what scripts and people compare; the sentences are ours.
    private static String usage(String program) {
        StringBuilder out = new StringBuilder(640);
        out.append("Usage: ").append(program).append(" <cmd> [<args>]\n\nAvailable subcommands:\n");
        for (String name : NAMES) {
            WgCommand command = of(name);
            if (command != null) {
                out.append("  ")
                        .append(name)
                        .append(": ")
                        .append(command.summary())
                        .append('\n');
            }
        }
        return out.append("Give `--help' to a subcommand to see how it is used.\n")
                .toString();
    }

    /// `-h`, `--help`, `help`.
    public static boolean isHelp(String word) {
        return word.equals("-h") || word.equals("--help") || word.equals("help");
    }

    /// `-v`, `--version`, `version`.
    public static boolean isVersion(String word) {
        return word.equals("-v") || word.equals("--version") || word.equals("version");
    }
}
