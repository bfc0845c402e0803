// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Version;

/// The words of `wg`: which command answers. Compared exactly, without abbreviations.
public final class WgCommands {
    /// What [#run] answers for a first word that is none of the nine.
    public static final int UNKNOWN = -1;

    private WgCommands() {}

    /// Runs the command that the first word names; no word at all is `show`. The exit code, or [#UNKNOWN] with nothing
    /// done.
    public static int run(Invocation invocation) {
        if (invocation.words().isEmpty()) {
            return new ShowCommand(invocation).all();
        }
        return switch (invocation.words().getFirst()) {
            case "show" -> new ShowCommand(invocation).run();
            case "showconf" -> new ShowconfCommand(invocation).run();
            case "set" -> new SetCommand(invocation).run();
            case "setconf", "addconf", "syncconf" ->
                new ConfCommand(invocation, invocation.words().getFirst()).run();
            case "genkey" -> KeyCommands.genkey(invocation);
            case "genpsk" -> KeyCommands.genpsk(invocation);
            case "pubkey" -> KeyCommands.pubkey(invocation);
            default -> UNKNOWN;
        };
    }

    /// The program `wg`: its own words, `help` and `version` beside the nine.
    public static int runOriginal(Invocation invocation) {
        int code = run(invocation);
        if (code != UNKNOWN) {
            return code;
        }
        String word = invocation.words().getFirst();
        if (invocation.words().size() == 1 && isHelp(word)) {
            invocation.out().append(WgUsage.all(invocation.program()));
            return 0;
        }
        if (invocation.words().size() == 1 && isVersion(word)) {
            invocation.out().append(Version.ORIGINAL).append('\n');
            return 0;
        }
        invocation.report("Invalid subcommand: `" + word + "'");
        invocation.host().err(WgUsage.all(invocation.program()));
        return 1;
    }

    /// `-h`, `--help`, `help`.
    public static boolean isHelp(String word) {
        return word.equals("-h") || word.equals("--help") || word.equals("help");
    }

    /// `-v`, `--version`, `version`.
    public static boolean isVersion(String word) {
        return word.equals("-v") || word.equals("--version") || word.equals("version");
    }

    /// Prints how `command` is used; the exit code of a misuse.
    static int misused(Invocation invocation, String command) {
        invocation.host().err(WgUsage.of(invocation.program(), command));
        return 1;
    }
}
