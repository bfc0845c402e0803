// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a reload on trial keeps of the device. In memory, as `/run` is.
class TrialFileTest {
    private static final TrialFile.Content CONTENT =
            new TrialFile.Content(-5, 77, "private_key=secret\nerrno=0\n\n", "wgj_allowed_sources=\nerrno=0\n\n");

    private static final Step ADD_ROUTE = new Step.AddRoute(Samples.route("10.7.0.0/16 dev wg0"));
    private static final Step ADD_ADDRESS = new Step.AddAddress(Samples.WG0, Samples.prefix("10.9.0.1/24"));

    private Path folder = Path.of("/dev/shm");
    private Journals state = journals("/nowhere");

    private static Journals journals(String root) {
        try {
            return Journals.of(root, 0x1a2b);
        } catch (JournalException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void make() throws Exception {
        assumeThat(Files.isDirectory(folder)
                        && Files.getFileStore(folder).type().equals("tmpfs"))
                .as("/dev/shm is in memory")
                .isTrue();
        folder = Files.createTempDirectory(folder, "wgj-trial");
        state = journals(folder.resolve("wgj").toString());
        state.make();
    }

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private Path file() {
        return folder.resolve("wgj/trial/1a2b/wg0");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isReadAsItWasWrittenAndByItsOwnerAlone() throws Exception {
        assertThat(state.trial(Samples.WG0).write(CONTENT)).isTrue();
        assertThat(state.trial(Samples.WG0).read()).contains(CONTENT);
        assertThat(mode(file())).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("wgj/trial/1a2b"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("wgj/trial"))).isEqualTo("rwx------");
        assertThat(CONTENT).asString().doesNotContain("secret");
    }

    /// A process that is killed while it writes leaves a part, which counts for nothing.
    @Test
    void aPartIsNone() throws Exception {
        state.trial(Samples.WG0).write(CONTENT);
        String whole = Files.readString(file());
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file(), whole.substring(0, length));
            assertThat(state.trial(Samples.WG0).read()).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        state.trial(Samples.WG0).write(CONTENT);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> state.trial(Samples.WG0).read())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("not a file of ours");
    }

    /// The end of the trial, another run, and the end of the journal each remove it.
    @Test
    void goesWithTheTrial() throws Exception {
        for (String end : List.of("decided", "down", "delete")) {
            try (JournalFile journal = state.file(Samples.WG0)) {
                JournalWriter writer = new JournalWriter(journal, state.boot());
                writer.begin("reload");
                state.trial(Samples.WG0).write(CONTENT);
                writer.begin("routes");
                assertThat(state.trial(Samples.WG0).read()).isPresent();
                switch (end) {
                    case "decided" -> writer.decided();
                    case "down" -> writer.begin("down");
                    default -> writer.delete();
                }
            }
            assertThat(file()).as(end).doesNotExist();
        }
    }

    @Test
    void theJournalIsSplitWhereTheReloadBegan() throws Exception {
        try (JournalFile journal = state.file(Samples.WG0)) {
            JournalWriter writer = new JournalWriter(journal, state.boot());
            writer.begin("up");
            writer.configFile("/old");
            writer.about(List.of(ADD_ROUTE));
            writer.done();
            writer.end();
            long before = journal.status().orElseThrow().size();
            writer.begin("reload");
            writer.configFile("/new");
            writer.trial(5);
            writer.about(List.of(ADD_ADDRESS));
            writer.done();
            writer.end();
            writer.begin("routes");
            writer.about(List.of(ADD_ROUTE));
            writer.done();
            writer.end();

            JournalFile.Parts parts = journal.parts(before).orElseThrow();
            assertThat(parts.before().configFile()).contains("/old");
            assertThat(parts.before().history()).containsExactly(ADD_ROUTE);
            assertThat(parts.reload().history()).containsExactly(ADD_ADDRESS);
            assertThat(journal.parts(before - 1)).isEmpty();
            assertThat(journal.parts(1_000_000)).isEmpty();
        }
    }
}
