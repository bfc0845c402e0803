// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Version;
import io.wgj.cli.command.WgWords;
import io.wgj.cli.engine.EngineCommand;
import java.util.List;

/// What `wgj` answers to words that are not wg's.
public final class OwnWords {
    private OwnWords() {}

    /// Runs the command that the first word names; there is a first word. The exit code.
    public static int run(Call call) {
        String word = call.words().getFirst();
        List<String> arguments = call.arguments();
        if (WgWords.isVersion(word) && arguments.isEmpty()) {
            call.out()
                    .append(Version.ORIGINAL)
                    .append(" (wgj ")
                    .append(Version.own())
                    .append(")\n");
            return ExitCode.DONE;
        }
        if (WgWords.isHelp(word) && arguments.isEmpty()) {
            call.out().append(HelpPages.overview(call.program()));
            return ExitCode.DONE;
        }
        if (word.equals("help") && arguments.size() == 1) {
            return page(call, arguments.getFirst());
        }
        if (word.equals("engine")) {
            return engine(call);
        }
        if (WgWords.isHelp(word) || WgWords.isVersion(word)) {
            call.add(word + ": too many words; `" + call.program() + " help COMMAND' tells about one command");
            return ExitCode.MISUSED;
        }
        return unknown(call, word);
    }

    private static int engine(Call call) {
        List<String> arguments = call.arguments();
        if (arguments.size() == 1 && WgWords.isHelp(arguments.getFirst())) {
            return page(call, "engine");
        }
        return new EngineCommand(call).run();
    }

    private static int page(Call call, String command) {
        if (!HelpPages.has(command)) {
            return unknown(call, command);
        }
        call.out().append(HelpPages.of(call.program(), command));
        return ExitCode.DONE;
    }

    private static int unknown(Call call, String word) {
        String likely = DidYouMean.closest(word, HelpPages.commands());
        String advice = likely.isEmpty() ? "" : "did you mean `" + likely + "'? ";
        call.add(word + ": no such command; " + advice + "`" + call.program() + " help' lists them");
        return ExitCode.MISUSED;
    }
}
