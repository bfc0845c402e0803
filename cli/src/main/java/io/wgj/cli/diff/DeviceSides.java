// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diff;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.plan.SyncChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Both sides of a device's change as configuration files, compared as `diff -u` does; each hunk names its peer.
/// Every prefix has a line of its own, and secret keys are `(hidden)`.
///
/// What both sides have stands in the same order on both, so one walk finds the difference.
public final class DeviceSides {
    private static final String HIDDEN = "(hidden)";

    private final List<UnifiedDiff.Edit> edits = new ArrayList<>();
    /// The section of each edit.
    private final List<Object> sections = new ArrayList<>();

    /// One line of a side.
    ///
    /// @param section the peer's key, or a word for the interface
    /// @param identity equal for equal lines, also of secrets
    private record Line(Object section, Object identity, String text) {}

    private DeviceSides() {}

    /// The lines of the diff; none when nothing differs.
    ///
    /// @param names of peers, for the hunks
    static List<String> compared(String from, String to, SyncChange change, Map<PublicKey, String> names) {
        return UnifiedDiff.under(from, to, hunks(change, names));
    }

    /// The same without the two lines that name the sides.
    ///
    /// @param names of peers
    public static List<String> hunks(SyncChange change, Map<PublicKey, String> names) {
        if (change.isEmpty()) {
            return List.of();
        }
        DeviceSides sides = new DeviceSides();
        sides.compare(side(change.now()), side(change.then()));
        return UnifiedDiff.hunks(sides.edits, first -> heading(sides.sections.get(first), names));
    }

    private static List<Line> side(DeviceState state) {
        List<Line> lines = new ArrayList<>();
        String section = "Interface";
        lines.add(new Line(section, "", "[Interface]"));
        if (state.privateKey().isPresent()) {
            lines.add(new Line(section, state.privateKey().get(), "PrivateKey = " + HIDDEN));
        }
        if (state.listenPort() != 0) {
            add(lines, section, "ListenPort = " + state.listenPort());
        }
        if (state.fwmark() != 0) {
            add(lines, section, "FwMark = 0x" + Integer.toHexString(state.fwmark()));
        }
        for (PeerState peer : state.peers()) {
            PublicKey key = peer.publicKey();
            lines.add(new Line(key, "above", ""));
            lines.add(new Line(key, "", "[Peer]"));
            add(lines, key, "PublicKey = " + key);
            if (peer.presharedKey().isPresent()) {
                lines.add(new Line(key, peer.presharedKey().get(), "PresharedKey = " + HIDDEN));
            }
            for (IpPrefix prefix : peer.allowedIps()) {
                add(lines, key, "AllowedIPs = " + prefix.text());
            }
            if (peer.endpoint().isPresent()) {
                add(lines, key, "Endpoint = " + peer.endpoint().get().text());
            }
            if (peer.persistentKeepalive() != 0) {
                add(lines, key, "PersistentKeepalive = " + peer.persistentKeepalive());
            }
        }
        return lines;
    }

    private static void add(List<Line> lines, Object section, String text) {
        lines.add(new Line(section, text, text));
    }

    private void compare(List<Line> now, List<Line> then) {
        Set<List<Object>> before = identities(now);
        Set<List<Object>> after = identities(then);
        int left = 0;
        int right = 0;
        while (left < now.size() || right < then.size()) {
            if (left < now.size() && !after.contains(identity(now.get(left)))) {
                add(UnifiedDiff.Kind.REMOVE, now.get(left++));
            } else if (right < then.size() && !before.contains(identity(then.get(right)))) {
                add(UnifiedDiff.Kind.ADD, then.get(right++));
            } else {
                add(UnifiedDiff.Kind.KEEP, now.get(left++));
                right++;
            }
        }
    }

    private void add(UnifiedDiff.Kind kind, Line line) {
        edits.add(new UnifiedDiff.Edit(kind, line.text()));
        sections.add(line.section());
    }

    private static Set<List<Object>> identities(List<Line> lines) {
        Set<List<Object>> all = new HashSet<>();
        for (Line line : lines) {
            all.add(identity(line));
        }
        return all;
    }

    private static List<Object> identity(Line line) {
        return List.of(line.section(), line.identity());
    }

    /// The peer that the first change of a hunk is about.
    private static String heading(Object section, Map<PublicKey, String> names) {
        if (!(section instanceof PublicKey key)) {
            return "[Interface]";
        }
        String name = names.getOrDefault(key, "");
        return "[Peer] " + (name.isEmpty() ? key.toString() : name);
    }
}
