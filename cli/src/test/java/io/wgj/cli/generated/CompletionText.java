// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import io.wgj.cli.CommandRow;
import io.wgj.cli.wg.WgCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What completions know of the commands: the name of a region (`bash table`, `zsh table` or `fish table`) to its
/// lines.
final class CompletionText {
    private static final int WIDTH = 120;
    private static final List<String> TIMES = List.of("30s", "60s", "5m");
    private static final List<String> WORDS_OF_WG_QUICK = List.of("up", "down", "save", "strip");

    /// The words of `wg set`: first those of the interface, then those of a peer.
    private static final Pattern WORD_OF_SET = Pattern.compile("\\[([a-z-]+)[ \\]]");

    private CompletionText() {}

    static String of(String region) {
        return switch (region) {
            case "bash table" -> bash();
            case "zsh table" -> zsh();
            case "fish table" -> fish();
            default -> throw new IllegalArgumentException("no region is called `" + region + "'");
        };
    }

    /// What stands at one place after a command.
    ///
    /// @param kind `interface`, `tunnel`, `file` or `word`
    /// @param words that may stand there besides
    record Operand(String label, String kind, List<String> words) {}

    /// The operands of a command, in their order.
    static List<Operand> operands(CommandRow row) {
        List<Operand> operands = new ArrayList<>();
        for (PositionalParamSpec operand : row.command().spec().positionalParameters()) {
            String label = operand.paramLabel();
            List<String> words = new ArrayList<>();
            if (operand.completionCandidates() != null) {
                operand.completionCandidates().forEach(words::add);
            }
            String kind = kind(row, label);
            operands.add(new Operand(label, kind, words));
            if (operand.index().min() == 0 && operand.index().max() == 1) {
                operands.add(new Operand(label, kind, List.of()));
            }
        }
        return operands;
    }

    private static boolean repeats(CommandSpec spec) {
        return spec.positionalParameters().stream()
                .anyMatch(operand -> operand.index().isVariable());
    }

    private static String kind(CommandRow row, String label) {
        if (label.contains("INTERFACE")) {
            return "interface";
        }
        if (label.contains("FILE")) {
            return row.program().equals("wgj-quick") ? "tunnel" : "file";
        }
        return "word";
    }

    /// The kind of an option's value; empty for an option without one, and for one whose value is optional.
    private static String valueKind(CommandRow row, OptionSpec option) {
        if (option.typeInfo().isBoolean() || option.arity().min() == 0) {
            return "";
        }
        return option.typeInfo().getType() == Duration.class
                ? "time"
                : option.paramLabel().equals("FILE") ? "file" : kind(row, option.paramLabel());
    }

    /// The words that an option can be: its names and, with an optional value, that one.
    private static List<String> words(OptionSpec option) {
        List<String> words = new ArrayList<>(List.of(option.names()));
        if (!option.typeInfo().isBoolean() && option.arity().min() == 0) {
            words.add(option.longestName() + "=" + option.paramLabel());
        }
        return words;
    }

    private static List<List<String>> wordsOfSet() {
        List<String> device = new ArrayList<>();
        List<String> peer = new ArrayList<>();
        Matcher word =
                WORD_OF_SET.matcher(Objects.requireNonNull(WgCommands.of("set")).usage());
        while (word.find()) {
            boolean first = !device.contains("peer");
            (first ? device : peer).add(word.group(1));
        }
        return List.of(device, peer);
    }

    private static String bash() {
        StringBuilder out = new StringBuilder();
        for (String program : List.of("wg", "wgj", "wg-quick", "wgj-quick")) {
            out.append("        ").append(program).append(')');
            array(out, "commands", names(program));
            out.append(" ;;\n");
        }
        out.append("        'set words')");
        array(out, "commands", wordsOfSet().getFirst());
        array(out, "options", wordsOfSet().getLast());
        out.append("\n            ;;\n");
        for (CommandRow row : CommandRow.all()) {
            CommandSpec spec = row.command().spec();
            out.append("        '").append(row).append("')");
            List<String> options = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (OptionSpec option : ManualText.shown(spec)) {
                options.addAll(words(option));
                String kind = valueKind(row, option);
                for (String name : kind.isEmpty() ? new String[0] : option.names()) {
                    values.add(name);
                    values.add(kind);
                }
            }
            List<String> operands = new ArrayList<>();
            for (Operand operand : operands(row)) {
                List<String> all = new ArrayList<>(operand.words);
                all.addFirst(operand.kind);
                operands.add(all.size() == 1 ? operand.kind : "'" + String.join(" ", all) + "'");
            }
            array(out, "options", options);
            array(out, "values", values);
            array(out, "operands", operands);
            out.append(repeats(spec) ? "\n            repeats=yes" : "");
            out.append("\n            ;;\n");
        }
        return out.toString();
    }

    private static List<String> names(String program) {
        return switch (program) {
            case "wg" -> WgCommands.NAMES;
            case "wg-quick" -> WORDS_OF_WG_QUICK;
            default -> CommandRow.of(program).stream().map(CommandRow::name).toList();
        };
    }

    /// Sets an array of the shell; nothing when it has no elements.
    private static void array(StringBuilder out, String name, List<String> elements) {
        if (elements.isEmpty()) {
            return;
        }
        String line = "            " + name + "=(";
        String joint = "";
        out.append('\n');
        for (String element : elements) {
            if (line.length() + 1 + element.length() > WIDTH) {
                out.append(line).append('\n');
                line = "                ";
                joint = "";
            }
            line += joint + element;
            joint = " ";
        }
        out.append(line).append(')');
    }

    private static String zsh() {
        StringBuilder out = new StringBuilder();
        for (String program : List.of("wgj", "wgj-quick")) {
            out.append("        ").append(program).append(")\n            commands=(\n");
            for (CommandRow row : CommandRow.of(program)) {
                String entry = row.name() + ":" + plain(row.command().summary());
                out.append("                ").append(quoted(entry)).append('\n');
            }
            out.append("            )\n            ;;\n");
        }
        out.append("        'set words')");
        array(out, "commands", wordsOfSet().getFirst());
        array(out, "arguments", wordsOfSet().getLast());
        out.append("\n            ;;\n");
        for (CommandRow row : CommandRow.all()) {
            out.append("        '").append(row).append("')\n            arguments=(\n");
            CommandSpec spec = row.command().spec();
            for (OptionSpec option : ManualText.shown(spec)) {
                for (String name : option.names()) {
                    out.append("                ")
                            .append(quoted(zshOption(row, option, name)))
                            .append('\n');
                }
            }
            List<Operand> operands = operands(row);
            for (int i = 0; i < operands.size(); i++) {
                Operand operand = operands.get(i);
                boolean last = repeats(spec) && i == operands.size() - 1;
                String label = operand.label.replace(":", "").replaceAll("[\\[\\]]", "");
                String place = (last ? "*" : String.valueOf(i + 1)) + ":" + label + ":";
                out.append("                ")
                        .append(quoted(place + zshAction(operand.kind, operand.words)))
                        .append('\n');
            }
            out.append("            )\n            ;;\n");
        }
        return out.toString();
    }

    private static String zshOption(CommandRow row, OptionSpec option, String name) {
        String others = option.names().length > 1 ? "(" + String.join(" ", option.names()) + ")" : "";
        String help = "[" + brief(option).replaceAll("([\\[\\]])", "\\\\$1") + "]";
        String kind = valueKind(row, option);
        if (!kind.isEmpty()) {
            String separator = name.startsWith("--") ? "=" : "+";
            return others + name + separator + help + ":" + option.paramLabel() + ":" + zshAction(kind, List.of());
        }
        if (option.typeInfo().isBoolean()) {
            return others + name + help;
        }
        return others + name + "=-" + help + "::" + option.paramLabel() + ":(" + option.paramLabel() + ")";
    }

    /// The blank before a function keeps `_arguments` from putting words of its own before the function's.
    private static String zshAction(String kind, List<String> words) {
        String more = words.isEmpty() ? "" : " " + String.join(" ", words);
        return switch (kind) {
            case "interface" -> " _wgj_interfaces" + more;
            case "tunnel" -> " _wgj_tunnels" + more;
            case "file" -> "_files";
            case "time" -> "(" + String.join(" ", TIMES) + ")";
            default -> "(" + String.join(" ", words) + ")";
        };
    }

    /// What an option does, up to the first pause after some words.
    private static String brief(OptionSpec option) {
        return plain(option.description()[0].replaceAll("(?s)(?<=.{12})(; |\\. |: ).*", ""));
    }

    /// Without the quotes around commands.
    private static String plain(String text) {
        return text.replaceAll("`([^']*)'", "$1");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String fish() {
        StringBuilder out = new StringBuilder();
        List<String> valued = new ArrayList<>();
        for (CommandRow row : CommandRow.all()) {
            String complete = "complete -c " + row.program() + " -n '__wgj_";
            out.append(complete).append("command' -a ").append(row.name());
            out.append(" -d ")
                    .append(fishQuoted(plain(row.command().summary())))
                    .append('\n');
            for (OptionSpec option : ManualText.shown(row.command().spec())) {
                out.append(complete).append("in ").append(row.name()).append("'");
                for (String name : option.names()) {
                    out.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
                }
                String kind = valueKind(row, option);
                if (!kind.isEmpty()) {
                    out.append(kind.equals("file") ? " -r -F" : " -x -a " + fishAction(kind, TIMES));
                    valued.addAll(List.of(option.names()));
                } else if (!option.typeInfo().isBoolean()) {
                    out.append(" -f -a ").append(option.paramLabel());
                }
                out.append(" -d ").append(fishQuoted(brief(option))).append('\n');
            }
            List<Operand> operands = operands(row);
            for (int i = 0; i < operands.size(); i++) {
                Operand operand = operands.get(i);
                boolean last = repeats(row.command().spec()) && i == operands.size() - 1;
                String place = complete + "in " + row.name() + " " + i + (last ? " more" : "") + "'";
                if (!operand.words.isEmpty()) {
                    out.append(place)
                            .append(" -a ")
                            .append(fishQuoted(String.join(" ", operand.words)))
                            .append('\n');
                }
                if (operand.kind.equals("file")) {
                    out.append(place).append(" -F\n");
                } else if (!operand.kind.equals("word")) {
                    out.append(place)
                            .append(" -k -a ")
                            .append(fishAction(operand.kind, List.of()))
                            .append('\n');
                }
            }
        }
        out.append("set -g __wgj_valued ")
                .append(String.join(" ", new TreeSet<>(valued)))
                .append('\n');
        out.append("set -g __wgj_interface_words ")
                .append(String.join(" ", wordsOfSet().getFirst()))
                .append('\n');
        out.append("set -g __wgj_peer_words ")
                .append(String.join(" ", wordsOfSet().getLast()))
                .append('\n');
        return out.toString();
    }

    private static String fishAction(String kind, List<String> words) {
        return switch (kind) {
            case "interface" -> "'(__wgj_interfaces)'";
            case "tunnel" -> "'(__wgj_tunnels)'";
            default -> fishQuoted(String.join(" ", words));
        };
    }

    private static String fishQuoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
