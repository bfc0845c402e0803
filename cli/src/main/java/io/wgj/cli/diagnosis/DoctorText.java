// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Printable;
import io.wgj.diagnosis.doctor.Diagnosed;
import io.wgj.diagnosis.doctor.Evidence;
import io.wgj.diagnosis.doctor.PeerFacts;
import io.wgj.diagnosis.doctor.Verdict;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Verdicts as text: the sentence, and below it what was seen, what remains possible and what to do.
final class DoctorText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int WORD = 10;

    private DoctorText() {}

    static void render(DeviceName name, List<Diagnosed> diagnosed, StringBuilder out) {
        for (Diagnosed one : diagnosed) {
            Optional<PeerFacts> peer = one.facts().peer();
            out.append(name.text());
            peer.ifPresent(facts -> out.append(", peer ").append(facts.key().toBase64()));
            out.append(": ").append(Printable.of(one.verdict().sentence())).append('\n');
            lines(one.verdict(), out);
        }
    }

    private static void lines(Verdict verdict, StringBuilder out) {
        for (Evidence evidence : verdict.evidence()) {
            String time = evidence.at()
                    .map(at -> " (" + TIME.format(at.atZone(ZoneId.systemDefault())) + ")")
                    .orElse("");
            line(evidence.word(), evidence.text() + time, out);
        }
        for (String cause : verdict.undecided()) {
            line("perhaps", cause, out);
        }
        for (String remedy : verdict.remedies()) {
            line("do", remedy, out);
        }
    }

    private static void line(String word, String text, StringBuilder out) {
        out.append("  ").append(word).repeat(' ', Math.max(1, WORD - word.length()));
        out.append(Printable.of(text)).append('\n');
    }
}
