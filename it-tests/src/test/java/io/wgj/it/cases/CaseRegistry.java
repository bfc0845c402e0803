// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The list of all citations, from `docs/cases.md`: a table row each, `| A01 | what holds |`. The engine's
/// sections are listed the same way, `| A.10 | what holds |`.
record CaseRegistry(Map<String, Entry> entries) {
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\.?\\d+) \\| (.*\\S) \\|");
    private static final String EXCUSE = "no test: ";

    /// @param line what holds, in one line
    record Entry(String id, String line) {
        /// Why no test cites it; empty for a line that some test has to cite.
        Optional<String> excuse() {
            return line.startsWith(EXCUSE) ? Optional.of(line.substring(EXCUSE.length())) : Optional.empty();
        }

        /// Whether this is a case, not a section of the engine's.
        boolean isCase() {
            return id.indexOf('.') < 0;
        }
    }

    static CaseRegistry load() throws IOException {
        return parse(Files.readString(Product.root().resolve("docs/cases.md"), UTF_8));
    }

    /// Throws `IllegalArgumentException` for a table row that is no entry, and for an id that comes twice.
    static CaseRegistry parse(String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        text.lines().filter(CaseRegistry::isRow).forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new IllegalArgumentException("not an entry: " + line);
            }
            Entry entry = new Entry(row.group(1), row.group(2));
            if (entries.put(entry.id(), entry) != null) {
                throw new IllegalArgumentException("twice: " + line);
            }
        });
        return new CaseRegistry(entries);
    }

    private static boolean isRow(String line) {
        return line.startsWith("|") && !line.startsWith("|---") && !line.endsWith("| behaviour |");
    }
}
