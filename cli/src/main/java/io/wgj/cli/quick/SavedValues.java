// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.file.AllowedIpList;
import io.wgj.config.file.FileLine;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpNumber;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings the settings of one section up to date. A line is touched only when its value means something else than
/// the value that is wanted. Of a key with one value the last line counts, as for the parser.
///
/// @param section whose lines count
/// @param ranges the lines of the section, or of all sections of one peer
record SavedValues(SavedLines lines, Section section, List<SavedLines.Range> ranges) {
    private static final int NONE = -1;

    /// Whether there is a line with this key.
    boolean has(Key key) {
        return last(key) != NONE;
    }

    void addresses(List<IpPrefix> wanted) {
        List<String> texts = new ArrayList<>(wanted.size());
        for (IpPrefix address : wanted) {
            texts.add(address.text());
        }
        elements(Key.ADDRESS, texts, SavedValues::canonicalAddress);
    }

    /// Search domains stay. No servers at all change nothing: they may be unknown.
    void nameServers(List<String> wanted) {
        if (!wanted.isEmpty()) {
            elements(Key.DNS, wanted, SavedValues::canonicalServer);
        }
    }

    /// An MTU that the file does not name stays unnamed.
    void mtu(int bytes) {
        int index = last(Key.MTU);
        if (index != NONE && bytes != 0 && IpNumber.parse(lines.old(index).value(), 0xffff) != bytes) {
            lines.set(index, Integer.toString(bytes));
        }
    }

    /// @param chosen the port that the device chose, which is not written; 0 for none
    void listenPort(int port, int chosen) {
        int index = last(Key.LISTEN_PORT);
        if (index != NONE) {
            // The name of a service stays.
            boolean isSame = means(
                    index,
                    text -> ValueSyntax.listenPort(text) instanceof ListenPort.Numbered numbered
                            ? numbered.number() == port
                            : true);
            if (!isSame && port != 0) {
                lines.set(index, Integer.toString(port));
            }
        } else if (port != 0 && port != chosen) {
            add(Key.LISTEN_PORT, Integer.toString(port));
        }
    }

    /// @param chosen the mark that `up` chose, which is not written; 0 for none
    void fwmark(int mark, int chosen) {
        int index = last(Key.FW_MARK);
        String text = mark == 0 ? "off" : "0x" + Integer.toHexString(mark);
        if (index != NONE) {
            if (!means(index, value -> ValueSyntax.fwmark(value) == mark)) {
                lines.set(index, text);
            }
        } else if (mark != 0 && mark != chosen) {
            add(Key.FW_MARK, text);
        }
    }

    void privateKey(Optional<PrivateKey> key) {
        secret(
                Key.PRIVATE_KEY,
                key.map(PrivateKey::toBase64),
                index -> means(
                        index, text -> Optional.of(ValueSyntax.privateKey(text)).equals(key)));
    }

    void presharedKey(Optional<PresharedKey> key) {
        secret(
                Key.PRESHARED_KEY,
                key.map(PresharedKey::toBase64),
                index -> means(
                        index,
                        text -> Optional.of(ValueSyntax.presharedKey(text)).equals(key)));
    }

    private void secret(Key key, Optional<String> text, IndexTest isSame) {
        int index = last(key);
        if (text.isEmpty()) {
            removeAll(key);
        } else if (index == NONE) {
            add(key, text.get());
        } else if (!isSame.test(index)) {
            lines.set(index, text.get());
        }
    }

    /// An endpoint that is a name stays.
    void endpoint(Endpoint.Numeric now, ScopeNames scopes) {
        int index = last(Key.ENDPOINT);
        if (index == NONE) {
            add(Key.ENDPOINT, now.text(scopes));
        } else if (!means(
                index,
                text -> ValueSyntax.endpoint(text) instanceof Endpoint.Numeric numeric ? numeric.equals(now) : true)) {
            lines.set(index, now.text(scopes));
        }
    }

    /// @param seconds 0 for off
    void persistentKeepalive(int seconds) {
        int index = last(Key.PERSISTENT_KEEPALIVE);
        String text = seconds == 0 ? "off" : Integer.toString(seconds);
        if (index == NONE && seconds != 0) {
            add(Key.PERSISTENT_KEEPALIVE, text);
        } else if (index != NONE && !means(index, value -> ValueSyntax.persistentKeepalive(value) == seconds)) {
            lines.set(index, text);
        }
    }

    void allowedIps(List<IpPrefix> wanted) {
        List<String> texts = new ArrayList<>(wanted.size());
        for (IpPrefix prefix : wanted) {
            texts.add(prefix.text());
        }
        if (isIncremental()) {
            if (!incrementalSum().equals(new HashSet<>(texts))) {
                removeAll(Key.ALLOWED_IPS);
                if (!texts.isEmpty()) {
                    add(Key.ALLOWED_IPS, String.join(", ", texts));
                }
            }
            return;
        }
        elements(Key.ALLOWED_IPS, texts, SavedValues::canonicalPrefix);
    }

    /// Whether an element has a `+` or `-`, so that a line does not stand for itself.
    private boolean isIncremental() {
        boolean any = false;
        for (int index : all(Key.ALLOWED_IPS)) {
            any |= allowedIps(index).incremental();
        }
        return any;
    }

    private Set<String> incrementalSum() {
        Set<String> sum = new HashSet<>();
        for (int index : all(Key.ALLOWED_IPS)) {
            for (AllowedIpUpdate entry : allowedIps(index).entries()) {
                String prefix = canonicalPrefix(entry.prefix().text());
                if (entry.remove()) {
                    sum.remove(prefix);
                } else {
                    sum.add(prefix);
                }
            }
        }
        return sum;
    }

    private AllowedIpList allowedIps(int index) {
        try {
            return ValueSyntax.allowedIps(Ascii.withoutSpace(lines.old(index).value()));
        } catch (ValueException _) {
            return new AllowedIpList(List.of(), false, List.of());
        }
    }

    /// Brings a list up to date: elements that are not wanted go, and those that are missing are added to its last
    /// line, or to a new one. The others stay where and as they are written.
    ///
    /// @param wanted in canonical text
    /// @param canonical the canonical text of an element; empty for one that stays whatever is wanted
    private void elements(Key key, List<String> wanted, Canonical canonical) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        Set<String> all = Set.copyOf(wanted);
        List<Integer> indexes = all(key);
        List<List<String>> kept = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            List<String> elements = new ArrayList<>();
            for (String element : split(lines.old(index).value())) {
                String text = canonical.of(element);
                missing.remove(text);
                if (text.isEmpty() || all.contains(text)) {
                    elements.add(element);
                }
            }
            kept.add(elements);
        }
        int last = NONE;
        for (int i = 0; i < kept.size(); i++) {
            last = kept.get(i).isEmpty() ? last : i;
        }
        if (last == NONE && !missing.isEmpty() && !kept.isEmpty()) {
            last = 0;
        }
        for (int i = 0; i < kept.size(); i++) {
            List<String> elements = kept.get(i);
            boolean takesMissing = i == last && !missing.isEmpty();
            if (takesMissing) {
                elements.addAll(missing);
            }
            int before = split(lines.old(indexes.get(i)).value()).size();
            if (elements.isEmpty() && before > 0) {
                lines.remove(indexes.get(i), indexes.get(i) + 1);
            } else if (takesMissing || elements.size() != before) {
                lines.set(indexes.get(i), String.join(", ", elements));
            }
        }
        if (kept.isEmpty() && !missing.isEmpty()) {
            add(key, String.join(", ", missing));
        }
    }

    private static String canonicalAddress(String element) {
        Optional<IpPrefix> prefix = IpNumber.prefix(element);
        return prefix.isPresent() ? prefix.get().text() : element;
    }

    /// A name server's address; empty for a search domain.
    private static String canonicalServer(String element) {
        Optional<IpAddress> address = IpAddress.parse(element);
        return address.isPresent() ? address.get().text() : "";
    }

    private static String canonicalPrefix(String element) {
        try {
            List<AllowedIpUpdate> entries = ValueSyntax.allowedIps(element).entries();
            return entries.size() == 1 ? entries.getFirst().prefix().masked().text() : element;
        } catch (ValueException _) {
            return element;
        }
    }

    private static List<String> split(String value) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean ends = i == value.length() || value.charAt(i) == ',' || Ascii.isSpace(value.charAt(i));
            if (ends && i > start) {
                elements.add(value.substring(start, i));
            }
            start = ends ? i + 1 : start;
        }
        return elements;
    }

    /// The canonical text of an element.
    @FunctionalInterface
    private interface Canonical {
        String of(String element);
    }

    /// Whether a value is the one that is wanted.
    @FunctionalInterface
    private interface ValueTest {
        boolean test(String text) throws ValueException;
    }

    /// Whether a line is as it should be.
    @FunctionalInterface
    private interface IndexTest {
        boolean test(int index);
    }

    /// Whether the line's value passes; false for a value that cannot be read.
    private boolean means(int index, ValueTest test) {
        try {
            return test.test(Ascii.withoutSpace(lines.old(index).value()));
        } catch (ValueException _) {
            return false;
        }
    }

    private List<Integer> all(Key key) {
        List<Integer> indexes = new ArrayList<>();
        for (SavedLines.Range range : ranges) {
            for (int i = range.start(); i < range.end(); i++) {
                if (lines.old(i).is(key)) {
                    indexes.add(i);
                }
            }
        }
        return indexes;
    }

    private int last(Key key) {
        List<Integer> indexes = all(key);
        return indexes.isEmpty() ? NONE : indexes.getLast();
    }

    private void removeAll(Key key) {
        for (int index : all(key)) {
            lines.remove(index, index + 1);
        }
    }

    /// Adds a line below the section's last setting, or below its header. A file without the section gets one.
    private void add(Key key, String value) {
        int place = NONE;
        int header = NONE;
        SavedLines.Range range = ranges.getLast();
        for (int i = range.start(); i < range.end(); i++) {
            FileLine line = lines.old(i);
            boolean isHere = line.section().isPresent() && line.section().get() == section;
            if (isHere && line.kind() == FileLine.Kind.SETTING) {
                place = i;
            } else if (isHere && line.kind() == FileLine.Kind.HEADER) {
                header = i;
            }
        }
        String text = key.text() + " = " + value;
        if (place == NONE && header == NONE) {
            lines.addHeader("[" + section.title() + "]");
        }
        lines.addBelow(place == NONE ? header : place, text);
    }
}
