// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.file.Key;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickLine;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `strip`: a file without what wg does not know, and with the keys that are kept elsewhere.
final class StripCommand extends FileCommand {
    @Override
    String name() {
        return "strip";
    }

    @Override
    public String summary() {
        return "Prints a file as `wg setconf' reads it";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of(name(), this)
                .text("""
                    Keys from PrivateKeyFile, PrivateKeyCommand and PresharedKeyFile are printed in their places, and Name
                    as a comment.
                    """)
                .operand(QuickOptions.fileOrInput())
                .option(QuickOptions.link())
                .option(QuickOptions.strict())
                .option(QuickOptions.quiet())
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .exit("127", "no sudo to become root")
                .example("wg syncconf wg0 <(wgj-quick strip wg0)", "Gives a file with keys of wg-quick's to wg")
                .build();
    }

    @Override
    public boolean hasOriginalCodes() {
        return true;
    }

    @Override
    boolean takesStandardInput() {
        return true;
    }

    @Override
    int run(Invocation invocation, Arguments arguments, QuickSource source) throws RefusalException {
        for (Problem problem : source.parsed().quickProblems()) {
            if (namesAKey(problem)) {
                throw Refusals.of(invocation, ErrorReport.sentence(problem));
            }
        }
        KeySources keys = new KeySources(invocation, source.found());
        Map<Integer, String> lines = keys.lines(source.lines(), source.lenient().section());
        for (QuickLine line : source.lines().lines()) {
            if (line.is(Key.NAME)) {
                lines.put(line.number(), "# " + line.trimmed());
            }
        }
        invocation.out().append(source.lines().stripped(line -> Optional.ofNullable(lines.get(line.number()))));
        return ExitCode.DONE;
    }

    private static boolean namesAKey(Problem problem) {
        return problem.key().equals(Key.PRIVATE_KEY_FILE.text())
                || problem.key().equals(Key.PRIVATE_KEY_COMMAND.text())
                || problem.key().equals(Key.PRESHARED_KEY_FILE.text());
    }
}
