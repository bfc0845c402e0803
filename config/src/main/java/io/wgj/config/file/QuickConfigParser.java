// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads wg-quick's files, wg's part included, to the end: every problem is found.
public final class QuickConfigParser {
    private final QuickFile file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Advice> advice = new ArrayList<>();
    private final QuickInterfaceDraft interfaceDraft = new QuickInterfaceDraft();
    private final List<QuickPeerDraft> peers = new ArrayList<>();
    private boolean hasInterface;

    private QuickConfigParser(QuickFile file) {
        this.file = file;
    }

    /// Reads `text`, a byte a char.
    ///
    /// @param name of the file, to put into places
    public static ParsedQuick parse(String name, String text) {
        return new QuickConfigParser(QuickFile.of(name, text)).parse();
    }

    private ParsedQuick parse() {
        for (QuickLine line : file.lines()) {
            if (line.role() == QuickLine.Role.WG) {
                section(line);
            } else {
                value(line);
            }
        }
        InterfaceSection interfaceSection = interfaceDraft.finish(hasInterface);
        List<PeerSection> sections = new ArrayList<>(peers.size());
        for (QuickPeerDraft draft : peers) {
            sections.add(draft.finish());
        }
        ParsedWg wg = WgConfigParser.parse(file);
        keyTwice(wg, sections);
        Optional<QuickConfig> config =
                problems.isEmpty() ? Optional.of(new QuickConfig(interfaceSection, sections)) : Optional.empty();
        Optional<Problem> mtu = MinimumMtu.find(file, interfaceSection, sections, wg);
        return new ParsedQuick(file, config, problems, mtu.isPresent() ? List.of(mtu.get()) : List.of(), wg, advice);
    }

    private void section(QuickLine line) {
        String text = WgLine.of(line.number(), line.trimmed()).text();
        if (Ascii.equalsIgnoreCase(text, "[Peer]")) {
            peers.add(new QuickPeerDraft(new Place(file.name(), line.number(), 1)));
        } else if (Ascii.equalsIgnoreCase(text, "[Interface]")) {
            hasInterface = true;
        }
    }

    private void value(QuickLine line) {
        Place place = new Place(file.name(), line.number(), line.column());
        boolean inPeer = line.role() == QuickLine.Role.WGJ && !line.inInterface();
        try {
            if (inPeer) {
                peers.getLast().take(line, place);
            } else {
                interfaceDraft.take(line, place);
            }
        } catch (ValueException e) {
            List<String> wgLines = e.wgLine().isEmpty() ? List.of() : List.of(Secrets.mask(e.wgLine()));
            String section = inPeer ? "Peer" : "Interface";
            String shown = Secrets.mask(line.value());
            String reason = Secrets.mask(e.reason());
            String odd = OddCharacter.hint(line.original());
            String hint = odd.isEmpty() ? e.hint() : odd;
            problems.add(new Problem(place, section, line.key(), shown, wgLines, reason, hint));
        }
        if (line.key().equals("Table") && isMiswritten(line.value())) {
            advice.add(new Advice(
                    place, "\"" + line.value() + "\" is taken for the name of a table: auto and off are lower case"));
        }
    }

    private static boolean isMiswritten(String table) {
        boolean lower = table.equals("auto") || table.equals("off");
        return !lower && (Ascii.equalsIgnoreCase(table, "auto") || Ascii.equalsIgnoreCase(table, "off"));
    }

    /// A key has one source.
    private void keyTwice(ParsedWg wg, List<PeerSection> sections) {
        Optional<Located<String>> keyFile = interfaceDraft.privateKeyFile();
        Optional<Located<String>> keyCommand = interfaceDraft.privateKeyCommand();
        if (keyFile.isPresent() && keyCommand.isPresent()) {
            problems.add(twice(keyCommand.get(), "Interface", "PrivateKeyCommand", "PrivateKeyFile"));
        }
        if (wg.config().isEmpty()) {
            return;
        }
        WgConfig config = wg.config().get();
        if (config.privateKey().isPresent()) {
            if (keyFile.isPresent()) {
                problems.add(twice(keyFile.get(), "Interface", "PrivateKeyFile", "PrivateKey"));
            }
            if (keyCommand.isPresent()) {
                problems.add(twice(keyCommand.get(), "Interface", "PrivateKeyCommand", "PrivateKey"));
            }
        }
        for (int i = 0; i < sections.size(); i++) {
            Optional<Located<String>> presharedKeyFile = sections.get(i).presharedKeyFile();
            if (presharedKeyFile.isPresent()
                    && config.peers().get(i).presharedKey().isPresent()) {
                problems.add(twice(presharedKeyFile.get(), "Peer", "PresharedKeyFile", "PresharedKey"));
            }
        }
    }

    private static Problem twice(Located<String> value, String section, String key, String other) {
        return new Problem(
                value.place(),
                section,
                key,
                Secrets.mask(value.value()),
                List.of(),
                "the section has a " + other + " too",
                "keep one of the two");
    }
}
