// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.show.ConfRenderer;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.file.FileLine;
import io.wgj.config.file.FileText;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The file that `wgj-quick save` writes: the old file line by line, with the values that differ from the
/// interface's state changed. Comments, order and layout stay.
///
/// - A peer that the interface does not have loses its section and the comments directly above it.
/// - A peer that the file does not have gets a section at the end.
/// - An endpoint that is a name stays: the address is only where the name led to.
///
/// @param saved what is known of the interface besides its device
/// @param scopes for the zones of link-local endpoints
record SavedLayout(SavedFile saved, ScopeNames scopes) {
    private static final String[] END_MARKS = {"END_PEER ", "end "};

    /// The text of the file for `device`.
    String text(DeviceState device) {
        FileText old = FileText.of(saved.old().text());
        SavedLines lines = new SavedLines(old.lines());
        Map<PublicKey, PeerState> present = new HashMap<>();
        for (PeerState peer : device.peers()) {
            present.put(peer.publicKey(), peer);
        }
        interfaceLines(lines, device);
        Map<PublicKey, List<SavedLines.Range>> sections = new HashMap<>();
        for (int i = 0; i < old.lines().size(); i++) {
            if (isPeer(old.lines().get(i))) {
                int end = nextHeader(old, i);
                Optional<PublicKey> key = publicKey(old, i, end);
                if (key.isPresent() && !present.containsKey(key.get())) {
                    remove(old, lines, i, end);
                } else if (key.isPresent()) {
                    sections.computeIfAbsent(key.get(), _ -> new ArrayList<>()).add(new SavedLines.Range(i, end));
                }
            }
        }
        for (Map.Entry<PublicKey, List<SavedLines.Range>> entry : sections.entrySet()) {
            PeerState peer = present.get(entry.getKey());
            if (peer != null) {
                peerLines(lines, peer, entry.getValue());
            }
        }
        StringBuilder text = new StringBuilder(lines.text(old.endsInNewline()));
        Set<PublicKey> written = new HashSet<>(sections.keySet());
        for (PeerState peer : device.peers()) {
            if (written.add(peer.publicKey())) {
                StringBuilder section = new StringBuilder();
                new ConfRenderer(scopes).peer(peer, section);
                lines.append(section.toString(), text);
            }
        }
        return text.toString();
    }

    private void interfaceLines(SavedLines lines, DeviceState device) {
        SavedLines.Range all = new SavedLines.Range(0, lines.count());
        SavedValues values = new SavedValues(lines, Section.INTERFACE, List.of(all));
        values.addresses(saved.addresses());
        values.nameServers(saved.nameServers());
        values.mtu(saved.mtu());
        boolean keyElsewhere = values.has(Key.PRIVATE_KEY_FILE) || values.has(Key.PRIVATE_KEY_COMMAND);
        values.listenPort(device.listenPort(), saved.chosenPort());
        values.fwmark(device.fwmark(), saved.chosenMark());
        if (!keyElsewhere) {
            values.privateKey(device.privateKey());
        }
    }

    private void peerLines(SavedLines lines, PeerState peer, List<SavedLines.Range> sections) {
        SavedValues values = new SavedValues(lines, Section.PEER, sections);
        if (!values.has(Key.PRESHARED_KEY_FILE)) {
            values.presharedKey(peer.presharedKey());
        }
        // Of several sections the last one alone says which prefixes the peer has.
        new SavedValues(lines, Section.PEER, List.of(sections.getLast())).allowedIps(peer.allowedIps());
        if (peer.endpoint().isPresent()) {
            values.endpoint(peer.endpoint().get(), scopes);
        }
        values.persistentKeepalive(peer.persistentKeepalive());
    }

    private static boolean isPeer(FileLine line) {
        return line.kind() == FileLine.Kind.HEADER && line.section().equals(Optional.of(Section.PEER));
    }

    /// The index of the next section's header, or the number of lines.
    private static int nextHeader(FileText file, int header) {
        int next = header + 1;
        while (next < file.lines().size() && file.lines().get(next).kind() != FileLine.Kind.HEADER) {
            next++;
        }
        return next;
    }

    private static Optional<PublicKey> publicKey(FileText file, int header, int end) {
        Optional<PublicKey> key = Optional.empty();
        for (int i = header; i < end; i++) {
            FileLine line = file.lines().get(i);
            if (line.is(Key.PUBLIC_KEY)) {
                key = PublicKey.parseBase64(Ascii.withoutSpace(line.value()));
            }
        }
        return key;
    }

    /// Removes a section: the comments directly above it, its lines up to the first empty line behind its last
    /// setting, and the empty lines that follow. A paragraph of comments after that stays, as it may be about
    /// anything.
    private static void remove(FileText file, SavedLines lines, int header, int end) {
        int first = ownComments(file, header);
        int last = header;
        for (int i = header; i < end; i++) {
            FileLine.Kind kind = file.lines().get(i).kind();
            if (kind == FileLine.Kind.SETTING || kind == FileLine.Kind.OTHER) {
                last = i;
            }
        }
        int limit = end == file.lines().size() ? end : ownComments(file, end);
        int next = last + 1;
        while (next < limit && file.lines().get(next).kind() == FileLine.Kind.COMMENT) {
            next++;
        }
        while (next < file.lines().size() && file.lines().get(next).kind() == FileLine.Kind.BLANK) {
            next++;
        }
        lines.remove(first, next);
    }

    /// The first line of the comments above a header that are about its section. A mark such as `# END_PEER x`
    /// ends the section before.
    private static int ownComments(FileText file, int header) {
        int first = file.withCommentsAbove(header);
        for (int i = header - 1; i >= first; i--) {
            String text = file.lines().get(i).comment();
            int start = 0;
            while (start < text.length() && (text.charAt(start) == '#' || Ascii.isSpace(text.charAt(start)))) {
                start++;
            }
            for (String mark : END_MARKS) {
                if (text.startsWith(mark, start)) {
                    return i + 1;
                }
            }
        }
        return first;
    }
}
