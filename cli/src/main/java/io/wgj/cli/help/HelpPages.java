// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.wg.WgUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// The help of `wgj`, laid out by picocli from a model that is built in code, for the asked command alone.
final class HelpPages {
    private static final int WIDTH = 100;

    private HelpPages() {}

    /// Every word that has a page, in the order of the overview.
    static List<String> commands() {
        return List.copyOf(HelpText.COMMANDS.keySet());
    }

    static boolean has(String command) {
        return HelpText.COMMANDS.containsKey(command);
    }

    /// The list of commands, and what holds for all of them.
    static String overview(String program) {
        CommandSpec spec = CommandSpec.create().name(program);
        spec.usageMessage()
                .customSynopsis(program + " <cmd> [<args>]")
                .description("", "Configures WireGuard devices, in the kernel and in userspace.")
                .commandListHeading("%nAvailable subcommands:%n")
                .exitCodeListHeading("%nExit codes (the words of wg know 0 and 1 only):%n")
                .exitCodeList(exitCodes("01245"))
                .footer("", "`" + program + " help COMMAND' tells more about one of them.");
        for (Map.Entry<String, HelpText> command : HelpText.COMMANDS.entrySet()) {
            CommandSpec child = CommandSpec.create();
            child.usageMessage().description(escaped(command.getValue().summary()));
            spec.addSubcommand(command.getKey(), child);
        }
        return text(spec);
    }

    /// The page of one command that [#has] one.
    static String of(String program, String command) {
        return of(program, command, HelpText.COMMANDS.getOrDefault(command, HelpText.NONE));
    }

    /// The page of a command with this text.
    static String of(String program, String command, HelpText page) {
        return page.exitCodes().isEmpty()
                ? of(program, command, page, "Exit codes:", originalExitCodes())
                : of(program, command, page, heading(command), exitCodes(page.exitCodes()));
    }

    /// @param codes what the command ends with, and when
    static String of(String program, String command, HelpText page, String heading, Map<String, String> codes) {
        CommandSpec spec = CommandSpec.create().name(program + " " + command);
        String words = page.synopsis().isEmpty() ? WgUsage.synopsis(command) : page.synopsis();
        spec.usageMessage()
                .customSynopsis(program + " " + command + (words.isEmpty() ? "" : " ") + words)
                .description(("\n" + escaped(page.summary() + ".\n\n" + page.details())).stripTrailing());
        spec.usageMessage().exitCodeListHeading("%n" + heading + "%n").exitCodeList(codes);
        return text(spec);
    }

    /// One word of wg has codes of ours, with one option.
    private static String heading(String command) {
        return command.equals("show") ? "Exit codes (0 and 1 alone without --json):" : "Exit codes:";
    }

    /// @param given the codes that the command can give, a digit each
    private static Map<String, String> exitCodes(String given) {
        Map<String, String> codes = new LinkedHashMap<>();
        put(codes, given, ExitCode.DONE, "done, or nothing to do");
        put(codes, given, ExitCode.FAILED, "failed");
        put(codes, given, ExitCode.MISUSED, "misused");
        put(codes, given, ExitCode.NOT_PERMITTED, "not permitted");
        put(codes, given, ExitCode.NOT_FOUND, "no such interface");
        return codes;
    }

    /// Adds a code that is one of those `given`.
    static void put(Map<String, String> codes, String given, int code, String meaning) {
        if (given.contains("" + code)) {
            codes.put("" + code, meaning);
        }
    }

    private static Map<String, String> originalExitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done");
        codes.put("1", "failed; standard error says why");
        return codes;
    }

    /// picocli formats texts: a percent sign stands doubled.
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    private static String text(CommandSpec spec) {
        return new CommandLine(spec).setUsageHelpWidth(WIDTH).getUsageMessage(Ansi.OFF);
    }
}
