// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.ListenPort;
import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads files as `wg setconf` does, but to the end: every problem is found, not the first alone.
///
/// Later lines of a scalar key win, lines of `AllowedIPs` add up, and `[Interface]` may come again anywhere.
public final class WgConfigParser {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Advice> advice = new ArrayList<>();
    private final List<WgPeerDraft> peers = new ArrayList<>();
    private Optional<PrivateKey> privateKey = Optional.empty();
    private Optional<Located<ListenPort>> listenPort = Optional.empty();
    private OptionalInt fwmark = OptionalInt.empty();
    private @Nullable WgPeerDraft peer;
    private String section = "";
    private final boolean quick;
    private final Optional<UnrecognizedLine> encoding;
    private boolean amneziaIsTold;

    private WgConfigParser(String file, boolean quick, Optional<UnrecognizedLine> encoding) {
        this.file = file;
        this.quick = quick;
        this.encoding = encoding;
    }

    /// Reads `text`, a byte a char.
    ///
    /// @param file the name to put into places
    public static ParsedWg parse(String file, String text) {
        WgConfigParser parser = new WgConfigParser(file, false, UnrecognizedLine.encoding(text, true));
        int from = 0;
        for (int number = 1; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            parser.line(WgLine.of(number, text.substring(from, end)));
            from = end + 1;
        }
        return parser.result();
    }

    /// Reads what wg-quick leaves for wg.
    static ParsedWg parse(QuickFile file) {
        String start = file.lines().isEmpty() ? "" : file.lines().getFirst().original();
        WgConfigParser parser = new WgConfigParser(file.name(), true, UnrecognizedLine.encoding(start, false));
        for (QuickLine line : file.lines()) {
            if (line.role() == QuickLine.Role.WG) {
                // bash, which reads these files for wg-quick, drops NUL bytes.
                parser.line(WgLine.of(line.number(), line.original().replace("\0", "")));
            }
        }
        return parser.result();
    }

    private ParsedWg result() {
        List<WgPeer> done = new ArrayList<>(peers.size());
        for (WgPeerDraft draft : peers) {
            Optional<WgPeer> finished = draft.finish();
            if (finished.isPresent()) {
                done.add(finished.get());
            } else if (!draft.keyWasRefused()) {
                problems.add(missingKey(draft.place()));
            }
        }
        Optional<WgConfig> config =
                problems.isEmpty() ? Optional.of(new WgConfig(privateKey, listenPort, fwmark, done)) : Optional.empty();
        return new ParsedWg(config, problems, warnings, advice);
    }

    private void line(WgLine line) {
        String text = line.text();
        // What follows in another encoding is misread too: telling of it would hide the cause.
        if (text.isEmpty() || encoding.isPresent() && !problems.isEmpty()) {
            return;
        }
        if (Ascii.equalsIgnoreCase(text, "[Interface]")) {
            section = "Interface";
            peer = null;
            return;
        }
        if (Ascii.equalsIgnoreCase(text, "[Peer]")) {
            section = "Peer";
            peer = new WgPeerDraft(place(line, 0));
            peers.add(peer);
            return;
        }
        String[] names = peer != null ? KeyNames.WG_PEER : KeyNames.WG_INTERFACE;
        String key = section.isEmpty() ? "" : KeyNames.spelling(line.key(), names);
        if (key.isEmpty() || line.value().isEmpty()) {
            unrecognized(line);
            return;
        }
        try {
            if (peer != null) {
                peerValue(peer, key, line);
            } else {
                interfaceValue(key, line);
            }
        } catch (ValueException e) {
            refused(line, key, e);
        }
    }

    private void interfaceValue(String key, WgLine line) throws ValueException {
        String value = line.value();
        Place place = place(line, line.valueIndex());
        if (key.equals("ListenPort")) {
            listenPort = Optional.of(new Located<>(place, ValueSyntax.listenPort(value)));
            advise(place, ValueSyntax.listenPortAdvice(value));
        } else if (key.equals("FwMark")) {
            fwmark = OptionalInt.of(ValueSyntax.fwmark(value));
        } else {
            privateKey = Optional.of(ValueSyntax.privateKey(value));
        }
    }

    private void peerValue(WgPeerDraft draft, String key, WgLine line) throws ValueException {
        Place place = place(line, line.valueIndex());
        if (key.equals("AllowedIPs")) {
            AllowedIpList list = ValueSyntax.allowedIps(line.value());
            warn(list.warnings());
            draft.allowedIps(list);
        } else {
            if (quick && key.equals("Endpoint")) {
                EndpointSyntax.refuseHopeless(line.value());
            }
            draft.scalar(key, line.value(), place);
        }
        if (key.equals("Endpoint")) {
            advise(place, ValueSyntax.endpointAdvice(line.value()));
        }
    }

    private void refused(WgLine line, String key, ValueException e) {
        warn(e.warnings());
        if (peer != null && key.equals("PublicKey")) {
            peer.refuseKey();
        }
        boolean publicKey = key.equals("PublicKey");
        String wgLine = publicKey ? e.wgLine() : Secrets.mask(e.wgLine());
        String value = publicKey ? line.value() : Secrets.mask(line.value());
        String shown = Secrets.isSecretName(key) ? Secrets.HIDDEN : value;
        String odd = OddCharacter.hint(line.original());
        String hint =
                !odd.isEmpty() ? odd : key.equals("AllowedIPs") ? AllowedIpSyntax.hint(line.rawValue(), e) : e.hint();
        problems.add(new Problem(
                place(line, line.valueIndex()), section, key, shown, parsingError(wgLine), e.reason(), hint));
    }

    private void unrecognized(WgLine line) {
        boolean isAmnezia =
                KeyNames.isOneOf(line.key(), KeyNames.AMNEZIA) && !line.value().isEmpty();
        if (isAmnezia && amneziaIsTold) {
            return;
        }
        amneziaIsTold |= isAmnezia;
        MaskedLine masked = MaskedLine.of(line);
        UnrecognizedLine why = encoding.orElse(UnrecognizedLine.explain(line, section, quick));
        problems.add(new Problem(
                place(line, 0),
                section,
                masked.key(),
                masked.value(),
                parsingError("Line unrecognized: `" + masked.text() + "'"),
                why.reason(),
                why.hint()));
    }

    private Problem missingKey(Place place) {
        return new Problem(
                place,
                "Peer",
                "PublicKey",
                "",
                List.of("A peer is missing a public key", "Invalid configuration"),
                "a peer needs a PublicKey",
                "add a line PublicKey = and the peer's key");
    }

    private static List<String> parsingError(String wgLine) {
        return List.of(wgLine, "Configuration parsing error");
    }

    /// wg stops at the first problem, and so do its warnings.
    private void warn(List<String> lines) {
        if (problems.isEmpty()) {
            warnings.addAll(lines);
        }
    }

    private void advise(Place place, Optional<String> text) {
        if (text.isPresent()) {
            advice.add(new Advice(place, text.get()));
        }
    }

    private Place place(WgLine line, int index) {
        return new Place(file, line.number(), line.column(index));
    }
}
