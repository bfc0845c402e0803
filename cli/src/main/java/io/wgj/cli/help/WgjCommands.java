// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Version;
import io.wgj.cli.engine.EngineCommand;
import io.wgj.cli.wg.WgCommands;
import java.util.List;

/// What `wgj` answers to words that are not wg's.
public final class WgjCommands {
    private WgjCommands() {}

    /// Runs the command that the first word names; there is a first word. The exit code.
    public static int run(Invocation invocation) {
        String word = invocation.words().getFirst();
        List<String> arguments = invocation.arguments();
        if (WgCommands.isVersion(word) && arguments.isEmpty()) {
            invocation
                    .out()
                    .append(Version.ORIGINAL)
                    .append(" (wgj ")
                    .append(Version.own())
                    .append(")\n");
            return ExitCode.DONE;
        }
        if (WgCommands.isHelp(word) && arguments.isEmpty()) {
            invocation.out().append(HelpPages.overview(invocation.program()));
            return ExitCode.DONE;
        }
        if (word.equals("help") && arguments.size() == 1) {
            return page(invocation, arguments.getFirst());
        }
        if (word.equals("engine")) {
            return engine(invocation);
        }
        if (WgCommands.isHelp(word) || WgCommands.isVersion(word)) {
            invocation.remark(
                    word + ": too many words; `" + invocation.program() + " help COMMAND' tells about one command");
            return ExitCode.MISUSED;
        }
        return unknown(invocation, word);
    }

    private static int engine(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.size() == 1 && WgCommands.isHelp(arguments.getFirst())) {
            return page(invocation, "engine");
        }
        return new EngineCommand(invocation).run();
    }

    private static int page(Invocation invocation, String command) {
        if (!HelpPages.has(command)) {
            return unknown(invocation, command);
        }
        invocation.out().append(HelpPages.of(invocation.program(), command));
        return ExitCode.DONE;
    }

    private static int unknown(Invocation invocation, String word) {
        String likely = DidYouMean.closest(word, HelpPages.commands());
        String advice = likely.isEmpty() ? "" : "did you mean `" + likely + "'? ";
        invocation.remark(word + ": no such command; " + advice + "`" + invocation.program() + " help' lists them");
        return ExitCode.MISUSED;
    }
}
