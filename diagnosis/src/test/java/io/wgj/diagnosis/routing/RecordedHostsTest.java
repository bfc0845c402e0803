// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers over recorded hosts, beside the kernel's recorded answers. `RouteLookupNamespaceTest` records them.
class RecordedHostsTest {
    private static final Path FOLDER = Path.of("src/test/resources/hosts");

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theKernelSaidTheSame(Path recording) throws IOException {
        List<String> lines = Files.readAllLines(recording);
        RouteLookup lookup = new RouteLookup(SnapshotText.read(lines));
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("ask ")) {
                FlowQuestion question = SnapshotText.readQuestion(lines.get(i).substring(4));
                KernelAnswer answer = SnapshotText.readAnswer(lines.get(i + 1).substring("answer ".length()));
                Optional<String> difference = Agreement.difference(question, lookup.find(question), answer);
                difference.ifPresent(text -> differences.add(question.command() + ": " + text));
                asked++;
            }
        }
        assertThat(asked).isPositive();
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void textIsReadAsItWasWritten(Path recording) throws IOException {
        HostSnapshot host = SnapshotText.read(Files.readAllLines(recording));
        assertThat(SnapshotText.read(SnapshotText.write(host))).isEqualTo(host);
    }

    @Test
    void aRecordingForEachHandMadeHost() throws IOException {
        assertThat(recordings()).hasSizeGreaterThanOrEqualTo(15);
    }
}
