// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// The words of `wg`: which command answers. Compared exactly, without abbreviations.
public final class WgWords {
    /// What [#run] answers for a first word that is none of the nine.
    public static final int UNKNOWN = -1;

    private WgWords() {}

    /// Runs the command that the first word names; no word at all is `show`. The exit code, or [#UNKNOWN] with nothing
    /// done.
    public static int run(Call call) {
        if (call.words().isEmpty()) {
            return new ShowCommand(call).all();
        }
        return switch (call.words().getFirst()) {
            case "show" -> new ShowCommand(call).run();
            case "showconf" -> new ShowconfCommand(call).run();
            case "set" -> new SetCommand(call).run();
            case "setconf", "addconf", "syncconf" ->
                new ConfCommand(call, call.words().getFirst()).run();
            case "genkey" -> KeyCommands.genkey(call);
            case "genpsk" -> KeyCommands.genpsk(call);
            case "pubkey" -> KeyCommands.pubkey(call);
            default -> UNKNOWN;
        };
    }

    /// The program `wg`: its own words, `help` and `version` beside the nine.
    public static int runOriginal(Call call) {
        int code = run(call);
        if (code != UNKNOWN) {
            return code;
        }
        String word = call.words().getFirst();
        if (call.words().size() == 1 && isHelp(word)) {
            call.out().append(WgUsage.all(call.program()));
            return 0;
        }
        if (call.words().size() == 1 && isVersion(word)) {
            call.out().append(Version.ORIGINAL).append('\n');
            return 0;
        }
        call.say("Invalid subcommand: `" + word + "'");
        call.host().err(WgUsage.all(call.program()));
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
    static int misused(Call call, String command) {
        call.host().err(WgUsage.of(call.program(), command));
        return 1;
    }
}
