// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.List;
import java.util.Optional;

/// Parses files as `wg setconf` does, but to the end: it reports every problem, not the first alone.
///
/// Of a key that holds one value the last line counts, lines of `AllowedIPs` add up, and `[Interface]` may come
/// again anywhere.
public final class WgConfigParser {
    private final String file;
    private final boolean quick;
    private final Optional<UnrecognizedLine> encoding;
    private final TunnelFileBuilder builder;
    private final Findings findings;
    private Optional<Section> section = Optional.empty();
    private boolean amneziaIsReported;

    /// For wg's lines of a wg-quick file, or for a file of wg alone.
    ///
    /// @param file the name to put into places
    /// @param quick whether the lines are what wg-quick leaves for wg
    /// @param encoding the problem of a file in another encoding
    WgConfigParser(
            String file,
            boolean quick,
            Optional<UnrecognizedLine> encoding,
            TunnelFileBuilder builder,
            Findings findings) {
        this.file = file;
        this.quick = quick;
        this.encoding = encoding;
        this.builder = builder;
        this.findings = findings;
    }

    /// Parses `text`, a byte a char.
    ///
    /// @param file the name to put into places
    public static ParsedFile parse(String file, String text) {
        Findings findings = new Findings();
        TunnelFileBuilder builder = new TunnelFileBuilder(findings, false);
        WgConfigParser parser =
                new WgConfigParser(file, false, UnrecognizedLine.encoding(text, true), builder, findings);
        int from = 0;
        for (int number = 1; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            parser.line(WgLine.of(number, text.substring(from, end)));
            from = end + 1;
        }
        parser.end();
        return findings.result(builder.build(), List.of());
    }

    void line(WgLine line) {
        String text = line.text();
        if (text.isEmpty()) {
            return;
        }
        if (Ascii.equalsIgnoreCase(text, "[Interface]")) {
            section = Optional.of(Section.INTERFACE);
            builder.beginInterface();
        } else if (Ascii.equalsIgnoreCase(text, "[Peer]")) {
            section = Optional.of(Section.PEER);
            builder.beginPeer(place(line, 0));
        } else if (!isMisread()) {
            value(line);
        }
    }

    /// Lines after the first problem are misread too in another encoding. Reporting them would hide the cause.
    private boolean isMisread() {
        return encoding.isPresent() && findings.wgHasProblems();
    }

    private void value(WgLine line) {
        Optional<Key> key = section.isEmpty() ? Optional.empty() : Key.find(line.key(), section.get(), Key.Owner.WG);
        if (key.isEmpty() || line.value().isEmpty()) {
            unrecognized(line);
            return;
        }
        try {
            builder.take(key.get(), place(line, line.valueIndex()), line.value(), line.rawValue());
        } catch (ValueException e) {
            refused(line, key.get(), e);
        }
    }

    /// Reports the peers without a key, as wg does at the end of the file.
    void end() {
        if (isMisread()) {
            return;
        }
        for (PeerBuilder peer : builder.peers()) {
            if (peer.publicKey.isEmpty() && !peer.keyWasRefused) {
                findings.addToWg(missingKey(peer.place));
            }
        }
    }

    private void refused(WgLine line, Key key, ValueException e) {
        findings.warn(e.warnings());
        boolean publicKey = key == Key.PUBLIC_KEY;
        if (publicKey) {
            builder.peers().getLast().keyWasRefused = true;
        }
        String wgLine = publicKey ? e.wgLine() : Secrets.mask(e.wgLine());
        String value = publicKey ? line.value() : Secrets.mask(line.value());
        String shown = key.isSecret() ? Secrets.HIDDEN : value;
        String odd = OddCharacter.hint(line.original());
        String hint = key == Key.ALLOWED_IPS ? AllowedIpSyntax.hint(line.rawValue(), e) : e.hint();
        findings.addToWg(new Problem(
                place(line, line.valueIndex()),
                key.section().title(),
                key.text(),
                shown,
                parsingError(wgLine),
                e.reason(),
                odd.isEmpty() ? hint : odd));
    }

    private void unrecognized(WgLine line) {
        boolean isAmnezia =
                UnrecognizedLine.isAmnezia(line.key()) && !line.value().isEmpty();
        if (isAmnezia && amneziaIsReported) {
            return;
        }
        amneziaIsReported |= isAmnezia;
        MaskedLine masked = MaskedLine.of(line);
        UnrecognizedLine why = encoding.isPresent() ? encoding.get() : UnrecognizedLine.explain(line, section, quick);
        findings.addToWg(new Problem(
                place(line, 0),
                section.isEmpty() ? "" : section.get().title(),
                masked.key(),
                masked.value(),
                parsingError("Line unrecognized: `" + masked.text() + "'"),
                why.reason(),
                why.hint()));
    }

    private static Problem missingKey(Place place) {
        return new Problem(
                place,
                Section.PEER.title(),
                Key.PUBLIC_KEY.text(),
                "",
                List.of("A peer is missing a public key", "Invalid configuration"),
                "a peer needs a PublicKey",
                "add a line PublicKey = and the peer's key");
    }

    private static List<String> parsingError(String wgLine) {
        return List.of(wgLine, "Configuration parsing error");
    }

    private Place place(WgLine line, int index) {
        return new Place(file, line.number(), line.column(index));
    }
}
