// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.PeerNames;
import java.util.HashMap;
import java.util.Map;

/// Names of peers that no command can use.
final class NameCheck {
    private NameCheck() {}

    /// Names that several peers have, and comments that cannot be names.
    static void run(CheckedFile file, Report report) {
        Map<String, PeerNames.Given> seen = new HashMap<>();
        for (PeerNames.Given given : PeerNames.given(file.lines())) {
            if (given.isName()) {
                PeerNames.Given earlier = seen.putIfAbsent(given.text(), given);
                if (earlier != null && !earlier.key().equals(given.key())) {
                    report.add(
                            CheckCode.NAME_TWICE,
                            given.place(),
                            "the peer of line " + earlier.place().line() + " has the name `" + given.text() + "' too",
                            "give each peer a name of its own");
                }
            } else if (given.source() == PeerNames.Source.COMMENT) {
                report.add(
                        CheckCode.NAME_IGNORED,
                        given.place(),
                        "this is not used as a name: a name has 1 to 64 printable characters and no key in it",
                        "write another name");
            }
        }
    }
}
