// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import java.util.Optional;

/// A journal's text in memory, which outlives a run that dies.
public final class MemoryStore implements JournalWriter.Store {
    public static final String BOOT = "5ae7c0de";

    /// How many more times something is appended before the process is killed; negative for never.
    public int appendsLeft = -1;

    private final StringBuilder text = new StringBuilder();

    /// The process was killed before it wrote.
    public static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }

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
        if (appendsLeft == 0) {
            throw new KilledError();
        }
        appendsLeft--;
        text.append(lines);
    }

    @Override
    public void delete() {
        text.setLength(0);
    }
}
