// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The set-up of tests that need a folder for journals: each test has its own, made and empty.
public abstract class WithJournals {
    private static final long COOKIE = 0x1a2b;

    /// Where the folder `wgj` lies.
    @TempDir
    protected Path root;

    protected Journals state = unmade();

    private static Journals unmade() {
        try {
            return Journals.of("/nowhere", COOKIE);
        } catch (JournalException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void make() throws Exception {
        state = Journals.of(root.resolve("wgj").toString(), COOKIE);
        state.make();
    }
}
