// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.diagnosis.doctor.RecordedScenes.Scene;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The verdicts on faults that were staged with real engines and the real module: the staged cause, or an honest
/// silence where only the far end knows.
class RecordedScenesTest {
    static Stream<Scene> scenes() {
        return Stream.concat(
                RecordedScenes.of("recorded-engine.txt").stream(), RecordedScenes.of("recorded-kernel.txt").stream());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void theVerdictIsTheStagedCause(Scene scene) {
        Verdict verdict = scene.draft().verdict();
        assertThat(verdict.cause().word()).as("%s", verdict).isEqualTo(scene.expected());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void theFarEndTellsWhatTheNearEndCannot(Scene scene) {
        FactsDraft draft = scene.draft();
        draft.far = scene.far().orElse(null);
        Verdict verdict = draft.verdict();
        assertThat(verdict.cause().word()).as("%s", verdict).isEqualTo(scene.expectedWithFar());
    }
}
