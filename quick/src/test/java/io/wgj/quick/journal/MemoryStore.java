// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import java.util.Optional;

/// A journal's text in memory, which outlives a run that dies.
public final class MemoryStore implements JournalWriter.Store {
    public static final String BOOT = "5ae7c0de";

    private final StringBuilder text = new StringBuilder();

    public JournalWriter journal() {
        return new JournalWriter(this, BOOT);
    }

    public String text() {
        return text.toString();
    }

    /// Empty when nothing is written, or when it was removed.
    public Optional<Journal> content() throws JournalException {
        return text.isEmpty() ? Optional.empty() : Optional.of(JournalReader.read(text()));
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
