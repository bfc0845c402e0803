// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The list of all cases, from `cases.txt`.
record CaseRegistry(Map<String, Entry> entries) {
    /// @param area `wg` or `wg-quick`
    /// @param excuse why no test names it; empty when one has to
    record Entry(String id, String area, Optional<String> excuse) {
        /// Whether a test has to name it by now.
        boolean isWanted() {
            return excuse.isEmpty();
        }
    }

    static CaseRegistry load() throws IOException {
        try (InputStream in = Objects.requireNonNull(CaseRegistry.class.getResourceAsStream("/cases.txt"))) {
            return parse(new String(in.readAllBytes(), UTF_8));
        }
    }

    /// Throws `IllegalArgumentException` for a line that is no entry, and for an id that comes twice.
    static CaseRegistry parse(String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            Entry entry = entry(line);
            if (entries.put(entry.id(), entry) != null) {
                throw new IllegalArgumentException("twice: " + line);
            }
        });
        return new CaseRegistry(entries);
    }

    private static Entry entry(String line) {
        String[] words = line.split(" ", 4);
        boolean known = words.length >= 2 && (words[1].equals("wg") || words[1].equals("wg-quick"));
        boolean excused = words.length == 4 && words[2].equals("unless:");
        if (!known || words.length > 2 && !excused) {
            throw new IllegalArgumentException("not an entry: " + line);
        }
        return new Entry(words[0], words[1], excused ? Optional.of(words[3]) : Optional.empty());
    }
}
