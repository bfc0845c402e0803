// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.file.Problem;
import java.util.Map;
import java.util.Optional;

/// `strip`: a file without what wg does not know, and with the keys that are kept elsewhere.
record StripCommand(Invocation invocation, QuickSource source) {
    int run() throws RefusalException {
        for (Problem problem : source.parsed().quickProblems()) {
            if (problem.key().startsWith("PrivateKey") || problem.key().startsWith("PresharedKey")) {
                throw Refusals.of(invocation, ConfFile.sentence(problem));
            }
        }
        KeySources keys =
                new KeySources(invocation, source.found());
        Map<Integer, String> lines = keys.lines(source.lines(), source.lenient().section());
        invocation.out().append(source.lines().stripped(line -> Optional.ofNullable(lines.get(line.number()))));
        return 0;
    }
}
