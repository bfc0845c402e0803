// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wgj.diagnosis.explain.Explainer;
import io.wgj.diagnosis.explain.Explanation;
import io.wgj.diagnosis.explain.ExplanationText;
import io.wgj.diagnosis.explain.Recording;
import io.wgj.diagnosis.explain.TunnelText;
import io.wgj.diagnosis.explain.Tunnels;
import io.wgj.diagnosis.routing.Agreement;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.SnapshotText;
import io.wgj.netlink.route.RouteNetlink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The questions that people ask, on staged hosts: the texts are those of the recordings, and the kernel agrees
/// with each look-up. `WGJ_RENEW_QUESTIONS=FOLDER` writes the recordings.
@Tag("namespace")
class QuestionsNamespaceTest {
    static final List<QuestionScene> SCENES = QuestionScene.ALL;

    @ParameterizedTest
    @FieldSource("SCENES")
    void theTextIsTheRecordedOne(QuestionScene scene) throws Exception {
        List<String> texts = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        List<String> refused = Network.with(network -> {
            network.apply(scene.all());
            if (network.refused().isEmpty()) {
                texts.addAll(explain(scene, differences));
            }
            return network.refused();
        });
        if (scene.needsVrf()) {
            assumeThat(refused).as("no VRF in this kernel").isEmpty();
        }
        assertThat(refused).isEmpty();
        assertThat(differences).isEmpty();
        Path recording = Recording.FOLDER.resolve(scene.name() + ".txt");
        assertThat(texts).isEqualTo(Recording.texts(Files.readAllLines(recording)));
    }

    private static List<String> explain(QuestionScene scene, List<String> differences) throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            HostSnapshot host = new SnapshotReader(netlink).read();
            Explainer explainer =
                    new Explainer(new RouteLookup(host), new Tunnels(TunnelText.read(scene.tunnels()), Set.of()));
            List<String> texts = new ArrayList<>();
            for (String ask : scene.asks()) {
                int blank = ask.indexOf(' ');
                FlowQuestion question = SnapshotText.readQuestion(ask.substring(blank + 1));
                Explanation explanation = explainer.packet(ask.substring(0, blank), question);
                texts.add(ExplanationText.of(explanation, List.of()));
                for (Explanation.Lookup lookup : explanation.lookups()) {
                    KernelAnswer answer = new KernelRoutes(netlink, host)
                            .ask(List.of(lookup.question()))
                            .getFirst();
                    Agreement.difference(lookup.question(), lookup.result(), answer)
                            .ifPresent(text -> differences.add(lookup.question().command() + ": " + text));
                }
            }
            record(scene, host, texts);
            return texts;
        }
    }

    private static void record(QuestionScene scene, HostSnapshot host, List<String> texts) throws Exception {
        String folder = System.getenv("WGJ_RENEW_QUESTIONS");
        if (folder == null) {
            return;
        }
        List<String> lines = new ArrayList<>(SnapshotText.write(host));
        lines.addAll(scene.tunnels());
        for (int i = 0; i < texts.size(); i++) {
            lines.add("explain " + scene.asks().get(i));
            for (String line : new String(texts.get(i).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    .split("\n", -1)) {
                if (!line.isEmpty()) {
                    lines.add("| " + line);
                }
            }
        }
        Files.write(Path.of(folder, scene.name() + ".txt"), lines);
    }
}
