// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.schema;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Misspelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj schema [NAME]`: prints a JSON Schema of docs/schema, which the jar holds as well.
public final class SchemaCommand implements OwnCommand {
    /// Every schema, by the name of its file.
    public static final List<String> NAMES = List.of(
            "batch",
            "check",
            "check-codes",
            "diff",
            "doctor",
            "engine",
            "error",
            "explain",
            "key-file",
            "new",
            "plan",
            "result",
            "show",
            "status",
            "tunnel-diff");

    private static final String TITLE = "\"title\": \"";

    @Override
    public String summary() {
        return "Prints the JSON Schema of a document that a command prints";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("schema", this)
                .text("""
                    Each document with `"schema":"wgj/1"' has a JSON Schema, draft 2020-12. Without NAME, the schemas are
                    listed. The schema status has the replies to `wgj status' and the lines of `wgj events'. A document of
                    schema wgj/1 never loses a member, nor does one change its meaning; it may get more.
                    """)
                .operand(Options.optional("[NAME]", "0", "one of " + String.join(", ", NAMES), NAMES))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED)
                .example("wgj schema", "Lists the schemas")
                .example("wgj schema show >show.schema.json", "Saves the schema of `wgj show --json'")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException {
        if (arguments.operands().isEmpty()) {
            for (String name : NAMES) {
                invocation.out().append(name).append(" ".repeat(13 - name.length()));
                invocation.out().append(title(text(name))).append('\n');
            }
            return ExitCode.DONE;
        }
        String name = arguments.operands().getFirst();
        if (!NAMES.contains(name)) {
            String likely = Misspelling.nearest(name, NAMES);
            throw new MisuseException(name + ": no such schema"
                    + (likely.isEmpty() ? "; `wgj schema' lists them" : "; did you mean `" + likely + "'?"));
        }
        invocation.out().append(text(name));
        return ExitCode.DONE;
    }

    private static String title(String schema) {
        int start = schema.indexOf(TITLE) + TITLE.length();
        return schema.substring(start, schema.indexOf("\"", start));
    }

    /// The file, a byte a char.
    private static String text(String name) {
        try (InputStream in = SchemaCommand.class.getResourceAsStream("/io/wgj/cli/schema/" + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("this build has no schema " + name);
            }
            return Latin1.of(in.readAllBytes());
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
