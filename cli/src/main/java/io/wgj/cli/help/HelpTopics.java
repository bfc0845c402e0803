// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.HelpPage;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Paragraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `help` says about something that is no command.
final class HelpTopics {
    /// Every topic.
    static final List<String> NAMES = List.of("FILE", "exit-codes");

    private HelpTopics() {}

    /// The page called `name`; empty when there is none.
    static Optional<String> find(Invocation invocation, String name) {
        return switch (name) {
            case "exit-codes" -> Optional.of(exitCodes(invocation));
            case "FILE", "file" -> Optional.of(FilePage.of(invocation));
            default -> Optional.empty();
        };
    }

    private static String exitCodes(Invocation invocation) {
        Paragraphs page = new Paragraphs(invocation.host().columns());
        page.paragraph("Exit codes of wgj and wgj-quick. A command gives only those that its help lists.");
        List<String[]> codes = new ArrayList<>();
        for (int code = 0; code < ExitCode.count(); code++) {
            codes.add(new String[] {String.valueOf(code), ExitCode.meaning(code)});
        }
        HelpPage.list(page, "Exit codes:", codes);
        page.blank();
        page.paragraph(
                "wg's nine commands give 0 and 1. wg-quick's up, down, save and strip give wg-quick's codes. All of"
                        + " them give the codes above with --json.");
        return page.text();
    }
}
