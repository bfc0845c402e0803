// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Journals as files.
class JournalsTest extends WithJournals {
    private Path journal() {
        return root.resolve("wgj/journal/1a2b/wg0");
    }

    private void write() throws Exception {
        try (JournalFile file = state.file(Samples.WG0)) {
            JournalWriter journal = new JournalWriter(file, state.boot());
            journal.begin("up");
            journal.about(List.of(new Step.CreateLink(Samples.WG0)));
            journal.done();
            journal.link(4);
            journal.endpoints(List.of(-1L));
            journal.end();
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void keepsJournalsFromOthers() throws Exception {
        write();
        assertThat(mode(journal())).isEqualTo("rw-------");
        assertThat(mode(root.resolve("wgj/journal/1a2b"))).isEqualTo("rwx------");
        assertThat(mode(root.resolve("wgj/journal"))).isEqualTo("rwx------");
        state.make();
    }

    @Test
    void readsWhatAnotherRunHasWritten() throws Exception {
        assertThat(state.present(Samples.WG0)).isEmpty();
        write();
        Journal content = state.present(Samples.WG0).orElseThrow();
        assertThat(content.complete()).isTrue();
        assertThat(content.linkIndex()).hasValue(4);
        assertThat(content.endpoints()).containsExactly(-1L);
        assertThat(state.interfaces()).containsExactly(Samples.WG0);
        state.file(Samples.WG0).delete();
        assertThat(state.interfaces()).isEmpty();
    }

    @Test
    void passesOverAJournalOfAnEarlierBoot() throws Exception {
        write();
        Files.writeString(journal(), Files.readString(journal()).replace(state.boot(), "yesterday"));
        assertThat(state.present(Samples.WG0)).isEmpty();
    }

    @Test
    void followsNoLink() throws Exception {
        write();
        Files.move(journal(), root.resolve("elsewhere"));
        Files.createSymbolicLink(journal(), root.resolve("elsewhere"));
        assertThatThrownBy(() -> state.file(Samples.WG0).read())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("Too many levels of symbolic links");
        assertThatThrownBy(this::write).isInstanceOf(JournalException.class);
    }

    @Test
    void performsNothingThatOthersMayHaveWritten() throws Exception {
        write();
        Files.setPosixFilePermissions(journal(), PosixFilePermissions.fromString("rw--w----"));
        assertThatThrownBy(() -> state.file(Samples.WG0).read())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("others may write to it");
        Files.setPosixFilePermissions(root.resolve("wgj/journal/1a2b"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> state.make())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("has mode 0777")
                .hasMessageEndingWith("`chmod 0700 " + root.resolve("wgj/journal/1a2b") + "'");
    }
}
