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

/// Both sides of a change as configuration files, compared as `diff -u` does: three lines of context, and each
/// hunk names its peer. Every prefix has a line of its own, and secret keys are `(hidden)`.
///
/// What both sides have stands in the same order on both, so one walk finds the difference.
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String HIDDEN = "(hidden)";

    private final List<Entry> entries = new ArrayList<>();

    /// One line of a side.
    ///
    /// @param section the peer's key, or a word for the interface
    /// @param identity equal for equal lines, also of secrets
    private record Line(Object section, Object identity, String text) {}

    /// A line of the result.
    ///
    /// @param sign a blank, `-` or `+`
    private record Entry(char sign, Line line) {}

    private UnifiedDiff() {}

    /// The lines of the diff; none when nothing differs.
    ///
    /// @param names of peers, for the hunks
    static List<String> of(String from, String to, SyncChange change, Map<PublicKey, String> names) {
        if (change.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("--- " + from);
        lines.add("+++ " + to);
        lines.addAll(hunks(change, names));
        return lines;
    }

    /// The same without the two lines that name the sides.
    ///
    /// @param names of peers
    public static List<String> hunks(SyncChange change, Map<PublicKey, String> names) {
        UnifiedDiff diff = new UnifiedDiff();
        diff.compare(side(change.now()), side(change.then()));
        List<String> lines = new ArrayList<>();
        diff.hunks(lines, names);
        return lines;
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
                entries.add(new Entry('-', now.get(left++)));
            } else if (right < then.size() && !before.contains(identity(then.get(right)))) {
                entries.add(new Entry('+', then.get(right++)));
            } else {
                entries.add(new Entry(' ', now.get(left++)));
                right++;
            }
        }
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

    private void hunks(List<String> lines, Map<PublicKey, String> names) {
        int at = 0;
        int left = 1;
        int right = 1;
        while (at < entries.size()) {
            int change = nextChange(at);
            if (change == entries.size()) {
                return;
            }
            int start = Math.max(at, change - CONTEXT);
            left += start - at;
            right += start - at;
            int end = end(change);
            int removed = count(start, end, '+');
            int added = count(start, end, '-');
            lines.add("@@ -" + range(left, removed) + " +" + range(right, added) + " @@" + heading(change, names));
            for (int i = start; i < end; i++) {
                lines.add(entries.get(i).sign() + entries.get(i).line().text());
            }
            left += removed;
            right += added;
            at = end;
        }
    }

    private int nextChange(int from) {
        int at = from;
        while (at < entries.size() && entries.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    /// The end of the hunk with the change at `change`: hunks whose contexts would touch are one.
    private int end(int change) {
        int end = change;
        int next = change;
        while (next < entries.size() && next - end <= 2 * CONTEXT) {
            end = next;
            while (end < entries.size() && entries.get(end).sign() != ' ') {
                end++;
            }
            next = nextChange(end);
        }
        return Math.min(end + CONTEXT, entries.size());
    }

    /// How many lines of a side a hunk has: all but those of the other side's sign.
    private int count(int start, int end, char other) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += entries.get(i).sign() == other ? 0 : 1;
        }
        return count;
    }

    /// A side without lines stands before the line that follows, as in `diff`.
    private static String range(int start, int count) {
        return (count == 0 ? start - 1 : start) + "," + count;
    }

    /// The peer that the first change of a hunk is about.
    private String heading(int change, Map<PublicKey, String> names) {
        if (!(entries.get(change).line().section() instanceof PublicKey key)) {
            return " [Interface]";
        }
        String name = names.getOrDefault(key, "");
        return " [Peer] " + (name.isEmpty() ? key.toString() : name);
    }
}
