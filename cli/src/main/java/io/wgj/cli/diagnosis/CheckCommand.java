// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.CheckJson;
import io.wgj.diagnosis.check.CheckCode;
import io.wgj.diagnosis.check.CheckedFile;
import io.wgj.diagnosis.check.FileChecks;
import io.wgj.diagnosis.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj check FILE...`: what is wrong with configuration files.
public final class CheckCommand implements OwnCommand {
    private static final String NETWORK = "--network";
    private static final String STRICT = "--strict";
    private static final String EXPLAIN = "--explain";

    @Override
    public String summary() {
        return "Finds mistakes and traps in configuration files";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("check", this)
                .text("""
                    Prints every mistake of the grammar, and the traps that no parser sees: networks that two peers have,
                    a tunnel that swallows its own packets, keys that cannot work, hooks that leave something behind. Each
                    has a code, the line, and what to do; often the line to paste. Nothing is printed about a good file.

                    An error is a file that `wgj-quick up' refuses, or a peer that cannot work. Everything else is a
                    warning. What depends on the host (routes, permissions, installed programs) is asked of this one.

                    Several files are checked as those of one host, which are up at the same time; with --network as the
                    ends of one network, whose keys and addresses have to fit together.

                    The comment `# wgj: ignore W012' on a line, or alone on the line above, silences a warning there.
                    """)
                .operand(Options.operands(
                                "FILE | CODE",
                                "0..*",
                                "a configuration file, or INTERFACE, which stands for /etc/wireguard/INTERFACE.conf; - is"
                                        + " standard input; with --explain, a code such as W012")
                        .toBuilder()
                        .arity("0..*")
                        .required(false)
                        .build())
                .option(Options.flag(NETWORK, "checks the files as the ends of one network"))
                .option(Options.flag(STRICT, "ends with exit code 3 after warnings too"))
                .option(Options.flag(EXPLAIN, "says more about each CODE; without one, lists all"))
                .option(Options.json("one JSON document"))
                .option(Options.quiet("prints nothing but failures; the exit code tells"))
                .exit("0", "nothing was found")
                .exits(ExitCode.FAILED, ExitCode.MISUSED)
                .exit("3", "errors were found, or with --strict warnings")
                .exits(ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .exit("6", "warnings were found, and no errors")
                .example("wgj check wg0", "Checks /etc/wireguard/wg0.conf")
                .example("wgj check --network berlin.conf lisbon.conf", "Checks whether two ends fit together")
                .example("wgj check --explain W012", "Says what a code means")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        List<String> operands = arguments.operands();
        if (arguments.has(EXPLAIN)) {
            return explain(invocation, arguments, operands);
        }
        if (operands.isEmpty()) {
            throw new MisuseException(Options.FILE + " is missing");
        }
        List<CheckedFile> files = new CheckedFiles(invocation).read(operands);
        CheckHost host = new CheckHost(invocation, !arguments.has(NETWORK));
        List<Finding> findings =
                arguments.has(NETWORK) ? FileChecks.ofNetwork(files, host) : FileChecks.ofHost(files, host);
        int errors = 0;
        for (Finding finding : findings) {
            errors += finding.code().isError() ? 1 : 0;
        }
        int warnings = findings.size() - errors;
        if (arguments.json()) {
            List<String> names = new ArrayList<>();
            for (CheckedFile file : files) {
                names.add(file.name());
            }
            invocation.out().append(CheckJson.of(names, errors, warnings, findings));
        } else if (!arguments.quiet()) {
            print(invocation, files, findings, CheckText.count(errors, warnings));
        }
        if (findings.isEmpty()) {
            return ExitCode.DONE;
        }
        return errors > 0 || arguments.has(STRICT) ? ExitCode.INVALID : ExitCode.PENDING;
    }

    private static void print(Invocation invocation, List<CheckedFile> files, List<Finding> findings, String count) {
        StringBuilder out = invocation.out();
        for (Finding finding : findings) {
            CheckText.render(finding, files, out);
        }
        if (!findings.isEmpty()) {
            String code = findings.getFirst().code().text();
            out.append(count).append("; `wgj check --explain ").append(code).append("' says more\n");
        }
    }

    private static int explain(Invocation invocation, Arguments arguments, List<String> words) throws MisuseException {
        List<CheckCode> codes = new ArrayList<>();
        for (String word : words) {
            Optional<CheckCode> code = CheckCode.find(word);
            if (code.isEmpty()) {
                throw new MisuseException(word + ": no such code; `wgj check --explain' lists all");
            }
            codes.add(code.get());
        }
        if (words.isEmpty()) {
            codes.addAll(List.of(CheckCode.values()));
        }
        StringBuilder out = invocation.out();
        if (arguments.json()) {
            out.append(CheckJson.ofCodes(codes));
            return ExitCode.DONE;
        }
        boolean first = true;
        for (CheckCode code : codes) {
            if (words.isEmpty()) {
                out.append(code.text()).append("  ").append(code.title()).append('\n');
                continue;
            }
            out.append(first ? "" : "\n");
            CheckText.explain(code, out);
            first = false;
        }
        return ExitCode.DONE;
    }
}
