// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import io.wgj.cli.CommandRow;
import io.wgj.cli.command.ExitCode;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.diagnosis.check.CheckCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What the code says in a man page: a region's name to its lines of mdoc.
///
/// `name of wgj show`, `synopsis of …`, `description of …`, `options of …`, `exit status of …` and `examples
/// of …` come from a command's spec; `commands of wgj` from a table of commands; `exit codes` from [ExitCode];
/// `key PrivateKey` and `key [Peer] AllowedSources` from [Key]; `file road-warrior/laptop.conf` from
/// `examples/`.
final class ManualText {
    private static final String FACT = ".It ";

    private ManualText() {}

    static String of(String region) {
        if (region.equals("exit codes")) {
            return exitCodes();
        }
        if (region.startsWith("file ")) {
            return file(region.substring("file ".length()));
        }
        if (region.startsWith("key ")) {
            return key(region.substring("key ".length()));
        }
        int of = region.indexOf(" of ");
        String what = region.substring(0, Math.max(of, 0));
        String whose = region.substring(of + " of ".length());
        if (what.equals("commands")) {
            return commands(whose);
        }
        if (what.equals("errors") || what.equals("warnings")) {
            return codes(what.equals("errors"));
        }
        CommandRow row = row(whose);
        CommandSpec spec = row.command().spec();
        return switch (what) {
            case "name" -> name(row);
            case "synopsis" -> synopsis(row, spec);
            case "description" -> description(spec);
            case "options" -> options(spec);
            case "exit status" -> exitStatus(spec);
            case "examples" -> examples(spec);
            default -> throw new IllegalArgumentException("no region is called `" + region + "'");
        };
    }

    /// The codes of `check`.
    private static String codes(boolean errors) {
        StringBuilder out = new StringBuilder(".Bl -tag -width W000 -compact\n");
        for (CheckCode code : CheckCode.values()) {
            if (code.isError() == errors) {
                out.append(".It ").append(code.text()).append('\n').append(Mdoc.sentences(code.title()));
            }
        }
        return out.append(".El\n").toString();
    }

    /// The page of a command, without its section.
    static String page(CommandRow row) {
        // One page for both programs' help.
        return row.name().equals("help") ? "wgj-help" : row.program() + "-" + row.name();
    }

    private static CommandRow row(String text) {
        for (CommandRow row : CommandRow.all()) {
            if (row.toString().equals(text)) {
                return row;
            }
        }
        throw new IllegalArgumentException("no command is called `" + text + "'");
    }

    private static String name(CommandRow row) {
        String summary = row.command().summary();
        return ".Nm " + page(row) + "\n.Nd "
                + Mdoc.arguments(summary.substring(0, 1).toLowerCase(Locale.ROOT) + summary.substring(1)) + "\n";
    }

    private static String synopsis(CommandRow row, CommandSpec spec) {
        String[] custom = spec.usageMessage().customSynopsis();
        StringBuilder out = new StringBuilder();
        for (String way : Mdoc.alternatives(custom.length > 0 ? custom[0] : words(spec))) {
            out.append(".Nm ")
                    .append(row.program())
                    .append("\n.Cm ")
                    .append(row.name())
                    .append('\n');
            out.append(Mdoc.synopsis(way));
        }
        return out.toString();
    }

    private static String words(CommandSpec spec) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : shown(spec)) {
            if (!option.usageHelp()) {
                String label = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
                words.add("[" + option.names()[0] + label + "]");
            }
        }
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            words.add(operand.paramLabel() + (operand.index().isVariable() ? " ..." : ""));
        }
        return String.join(" ", words);
    }

    private static String description(CommandSpec spec) {
        StringBuilder out = new StringBuilder(Mdoc.sentences(spec.usageMessage().header()[0]));
        for (String paragraph : spec.usageMessage().description()) {
            out.append(".Pp\n").append(Mdoc.prose(paragraph));
        }
        return out.toString();
    }

    private static String options(CommandSpec spec) {
        StringBuilder out = new StringBuilder(".Bl -tag -width Ds\n");
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            out.append(".It")
                    .append(Mdoc.synopsis(operand.paramLabel())
                            .replace("\n.", " ")
                            .replaceFirst("^\\.", " "));
            out.append(Mdoc.sentences(operand.description()[0]));
        }
        for (OptionSpec option : shown(spec)) {
            List<String> names = new ArrayList<>();
            for (String name : option.names()) {
                names.add("Fl " + Mdoc.escape(name.substring(1)));
            }
            out.append(".It ").append(String.join(" , ", names));
            if (!option.typeInfo().isBoolean()) {
                boolean optional = option.arity().min() == 0;
                out.append(optional ? " Ns Oo = Ns Cm " + option.paramLabel() + " Oc" : " Ar " + option.paramLabel());
            }
            out.append('\n').append(Mdoc.sentences(option.description()[0]));
        }
        return out.append(".El\n").toString();
    }

    static List<OptionSpec> shown(CommandSpec spec) {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    private static String exitStatus(CommandSpec spec) {
        StringBuilder out = new StringBuilder(".Bl -tag -width other -compact\n");
        for (Map.Entry<String, String> code : spec.usageMessage().exitCodeList().entrySet()) {
            out.append(FACT).append(code.getKey()).append('\n').append(Mdoc.sentences(code.getValue()));
        }
        return out.append(".El\n").toString();
    }

    private static String exitCodes() {
        StringBuilder out = new StringBuilder(".Bl -tag -width Ds -compact\n");
        for (int code = 0; code < ExitCode.count(); code++) {
            out.append(FACT).append(code).append('\n').append(Mdoc.sentences(ExitCode.meaning(code)));
        }
        return out.append(".El\n").toString();
    }

    private static String examples(CommandSpec spec) {
        StringBuilder out = new StringBuilder();
        String[] lines = spec.usageMessage().footer();
        for (int i = 0; i + 1 < lines.length; i += 2) {
            out.append(out.isEmpty() ? "" : ".Pp\n");
            String sentence = Mdoc.sentences(lines[i + 1]);
            out.append(sentence.replaceFirst("( ?)\\.\n$", "$1:\n"));
            out.append(".Dl ").append(Mdoc.arguments(lines[i])).append('\n');
        }
        return out.toString();
    }

    private static String commands(String program) {
        StringBuilder out = new StringBuilder(".Bl -tag -width genkeyxxx\n");
        for (CommandRow row : CommandRow.of(program)) {
            out.append(".It Cm ").append(row.name()).append('\n');
            out.append(Mdoc.sentences(row.command().summary()));
            out.append("See\n.Xr ").append(page(row)).append(" 8 .\n");
        }
        return out.append(".El\n").toString();
    }

    /// A file below `examples`, as it is.
    private static String file(String name) {
        StringBuilder out = new StringBuilder(".Bd -literal -offset 2n\n");
        try {
            Files.readString(GeneratedRegions.root().resolve("examples").resolve(name))
                    .lines()
                    .forEach(line -> out.append(Mdoc.escape(line)).append('\n'));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return out.append(".Ed\n").toString();
    }

    /// `PrivateKey`, or `[Peer] AllowedSources` where a key of the other section has the same name.
    static Key keyOf(String name) {
        for (Key key : Key.values()) {
            if (name.equals(keyName(key))) {
                return key;
            }
        }
        throw new IllegalArgumentException("no key is called `" + name + "'");
    }

    static String keyName(Key key) {
        boolean second = key == Key.PEER_ALLOWED_SOURCES;
        return (second ? "[" + Section.PEER.title() + "] " : "") + key.text();
    }

    private static String key(String name) {
        Key key = keyOf(name);
        StringBuilder out = new StringBuilder();
        out.append(".It Ic ")
                .append(key.text())
                .append(" No = ")
                .append(Mdoc.arguments(key.syntax()))
                .append('\n');
        out.append(Mdoc.sentences(key.help()));
        out.append(key.accumulates() ? "The line may be repeated.\n" : "");
        out.append(".Bl -tag -width undone_byx -compact\n");
        fact(out, "default", key.absence());
        fact(
                out,
                "since",
                KeyFacts.since(key)
                        + switch (key.owner()) {
                            case WG -> ", a key of wg(8)";
                            case WG_QUICK -> ", a key of wg-quick(8)";
                            case WGJ -> ", unknown to wg-quick(8)";
                        });
        fact(out, "undone by", KeyFacts.undone(key));
        out.append(".It example\n.Li ")
                .append(Mdoc.arguments(key.text() + " = " + key.example()))
                .append('\n');
        return out.append(".El\n").toString();
    }

    private static void fact(StringBuilder out, String name, String text) {
        out.append(FACT).append(name).append('\n');
        out.append(Mdoc.prose(text));
    }
}
