// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;
import java.util.Optional;

/// Parses wg-quick's files, wg's part included. It reads to the end and reports every problem.
public final class QuickConfigParser {
    private final QuickFile file;
    private final Findings findings = new Findings();
    private final TunnelFileBuilder builder = new TunnelFileBuilder(findings, true);

    private QuickConfigParser(QuickFile file) {
        this.file = file;
    }

    /// Parses the lines of `file`.
    public static ParsedFile parse(QuickFile file) {
        return new QuickConfigParser(file).parse();
    }

    private ParsedFile parse() {
        String start = file.lines().isEmpty() ? "" : file.lines().getFirst().original();
        Optional<UnrecognizedLine> encoding = UnrecognizedLine.encoding(start, false);
        WgConfigParser wg = new WgConfigParser(file.name(), true, encoding, builder, findings);
        for (QuickLine line : file.lines()) {
            if (line.key().isPresent()) {
                value(line, line.key().get());
            } else {
                // bash, which reads these files for wg-quick, drops NUL bytes.
                wg.line(WgLine.of(line.number(), line.original().replace("\0", "")));
            }
        }
        wg.end();
        builder.refuseSecondSources();
        TunnelFile readable = builder.build();
        Optional<Problem> mtu = MinimumMtu.find(file, readable, !findings.wgHasProblems());
        return findings.result(readable, mtu.isPresent() ? List.of(mtu.get()) : List.of());
    }

    private void value(QuickLine line, Key key) {
        Place place = new Place(file.name(), line.number(), line.column());
        try {
            builder.take(key, place, line.value(), line.rawValue());
        } catch (ValueException e) {
            List<String> wgLines = e.wgLine().isEmpty() ? List.of() : List.of(Secrets.mask(e.wgLine()));
            String shown = Secrets.mask(line.value());
            String reason = Secrets.mask(e.reason());
            String odd = OddCharacter.hint(line.original());
            String hint = odd.isEmpty() ? e.hint() : odd;
            findings.addToQuick(new Problem(place, key.section().title(), key.text(), shown, wgLines, reason, hint));
        }
    }
}
