// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import java.util.Optional;

/// A journal's text in memory, which outlives a run that dies.
final class MemoryStore implements Journal.Store {
    static final String BOOT = "5ae7c0de";

    private final StringBuilder text = new StringBuilder();

    Journal journal() {
        return new Journal(this, BOOT);
    }

    String text() {
        return text.toString();
    }

    /// Empty when nothing is written, or when it was removed.
    Optional<JournalContent> content() throws JournalException {
        return text.isEmpty() ? Optional.empty() : Optional.of(JournalContent.parse(text()));
    }

    @Override
    public boolean open() {
        return text.isEmpty();
    }

    @Override
    public void append(String lines) {
        text.append(lines);
    }

    @Override
    public void delete() {
        text.setLength(0);
    }
}
