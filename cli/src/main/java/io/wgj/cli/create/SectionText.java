// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Writes the text of a configuration file in the canonical layout.
final class SectionText {
    private final StringBuilder out = new StringBuilder();

    /// Begins a section, below an empty line unless it is the first.
    SectionText section(Section section) {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        out.append('[').append(section.title()).append("]\n");
        return this;
    }

    /// Adds a comment line.
    SectionText comment(String text) {
        out.append("# ").append(text).append('\n');
        return this;
    }

    /// Adds a setting; nothing for an empty value.
    SectionText set(Key key, String value) {
        if (!value.isEmpty()) {
            out.append(key.text()).append(" = ").append(value).append('\n');
        }
        return this;
    }

    /// Adds a setting with a list; nothing for an empty list.
    SectionText set(Key key, Collection<?> values) {
        return set(key, list(values));
    }

    /// The elements as a file lists them.
    static String list(Collection<?> values) {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(value.toString());
        }
        return String.join(", ", texts);
    }

    /// The text so far.
    String text() {
        return out.toString();
    }
}
