// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Allowed IPs that another peer takes away, or that are more than was meant.
final class AllowedIpsCheck {
    /// Longer prefixes count as cover only so far, so that a sum of fractions stays exact.
    private static final int EXACT_BITS = 40;

    private AllowedIpsCheck() {}

    /// One allowed IP of a file.
    private record Owned(Located<IpPrefix> written, IpPrefix prefix, PublicKey owner) {
        int line() {
            return written.place().line();
        }
    }

    private static List<Owned> all(CheckedFile file) {
        List<Owned> all = new ArrayList<>();
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                all.add(new Owned(written, written.value().masked(), peer.publicKey()));
            }
        }
        return all;
    }

    /// The same prefix in two peers: the last one wins.
    static void twice(CheckedFile file, HostFacts host, Report report) {
        Map<IpPrefix, Owned> seen = new HashMap<>();
        for (Owned entry : all(file)) {
            Owned earlier = seen.put(entry.prefix(), entry);
            if (earlier != null && !earlier.owner().equals(entry.owner())) {
                String written = entry.written().value().equals(entry.prefix())
                        ? entry.prefix().text()
                        : entry.prefix().text() + " (written as "
                                + entry.written().value().text() + ")";
                report.add(
                        CheckCode.ALLOWED_IPS_TWICE,
                        entry.written().place(),
                        "the peer of line " + earlier.line() + " has " + written + " too, and loses it to this one",
                        "give each peer its own networks");
            }
        }
    }

    /// A prefix whose every address has a longer prefix of another peer.
    static void swallowed(CheckedFile file, HostFacts host, Report report) {
        List<Owned> sorted = all(file);
        if (sorted.size() < 3) {
            return;
        }
        sorted.sort((left, right) -> compare(left.prefix(), right.prefix()));
        for (int i = 0; i < sorted.size(); i++) {
            Owned entry = sorted.get(i);
            Place cover = coveredAt(sorted, i);
            if (cover != null) {
                report.add(
                        CheckCode.SWALLOWED,
                        entry.written().place(),
                        "longer prefixes of other peers (line " + cover.line() + ") have all of "
                                + entry.prefix().text() + ", so this peer gets nothing by it",
                        "remove it, or the longer prefixes");
            }
        }
    }

    /// The place of a longer prefix of another peer, when such prefixes cover all of entry `at`; else null.
    private static @Nullable Place coveredAt(List<Owned> sorted, int at) {
        Owned entry = sorted.get(at);
        double covered = 0;
        Place first = null;
        IpPrefix counted = null;
        for (int i = at + 1; i < sorted.size(); i++) {
            Owned other = sorted.get(i);
            if (!entry.prefix().contains(other.prefix())) {
                break;
            }
            int more = other.prefix().length() - entry.prefix().length();
            boolean counts = more > 0 && more <= EXACT_BITS && !other.owner().equals(entry.owner());
            if (counts && (counted == null || !counted.contains(other.prefix()))) {
                counted = other.prefix();
                covered += Math.scalb(1.0, -more);
                first = first == null ? other.written().place() : first;
            }
        }
        return covered == 1.0 ? first : null;
    }

    /// By family, first address and length: a prefix stands right before those inside of it.
    private static int compare(IpPrefix left, IpPrefix right) {
        int order = left.family().compareTo(right.family());
        order = order != 0
                ? order
                : Long.compareUnsigned(left.address().high(), right.address().high());
        order = order != 0
                ? order
                : Long.compareUnsigned(left.address().low(), right.address().low());
        return order != 0 ? order : Integer.compare(left.length(), right.length());
    }

    /// `10.8.0.2/24` for one address, where the network has others of this tunnel in it.
    static void hostBits(CheckedFile file, HostFacts host, Report report) {
        List<Owned> all = all(file);
        for (Owned entry : all) {
            IpPrefix written = entry.written().value();
            if (!written.hasHostBits()) {
                continue;
            }
            String inside = inside(file, all, entry);
            if (!inside.isEmpty()) {
                IpPrefix single = IpPrefix.host(written.address());
                report.add(
                        CheckCode.HOST_BITS,
                        entry.written().place(),
                        written.text() + " means all of " + entry.prefix().text() + ", which has " + inside + " in it",
                        "write " + single.text() + " for the one address, or "
                                + entry.prefix().text() + " for the network");
            }
        }
    }

    /// What else is in the network of an entry: another peer's prefix; or, where there are other peers, the
    /// interface's own address.
    private static String inside(CheckedFile file, List<Owned> all, Owned entry) {
        for (Owned other : all) {
            if (!other.owner().equals(entry.owner())
                    && other.prefix().length() > 0
                    && entry.prefix().contains(other.prefix())) {
                return other.prefix().text() + " of the peer of line " + other.line();
            }
        }
        for (Located<IpPrefix> address : file.section().addresses()) {
            IpAddress own = address.value().address();
            if (file.peers().size() > 1 && entry.prefix().contains(own)) {
                return "this interface's own address " + own.text();
            }
        }
        return "";
    }

    /// Whether a peer takes all packets of a family: by /0, or by its two halves.
    static boolean takesAll(CheckedFile file, IpFamily family) {
        double covered = 0;
        List<IpPrefix> counted = new ArrayList<>();
        for (Owned entry : all(file)) {
            IpPrefix prefix = entry.prefix();
            if (prefix.family() == family && prefix.length() <= 1 && !counted.contains(prefix)) {
                counted.add(prefix);
                covered += Math.scalb(1.0, -prefix.length());
            }
        }
        return covered >= 1.0;
    }
}
