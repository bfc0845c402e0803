// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.SnapshotText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The questions that people ask, over recorded hosts. `QuestionsNamespaceTest` records them.
class RecordedQuestionsTest {
    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Recording.FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theAnswerIsTheRecordedOne(Path recording) throws IOException {
        List<String> lines = Files.readAllLines(recording);
        Explainer explainer =
                new Explainer(new RouteLookup(SnapshotText.read(lines)), new Tunnels(TunnelText.read(lines), Set.of()));
        List<String> texts = new ArrayList<>();
        for (String ask : Recording.asks(lines)) {
            int blank = ask.indexOf(' ');
            texts.add(ExplanationText.of(
                    explainer.packet(ask.substring(0, blank), SnapshotText.readQuestion(ask.substring(blank + 1))),
                    List.of()));
        }
        assertThat(texts).isNotEmpty().isEqualTo(Recording.texts(lines));
    }
}
