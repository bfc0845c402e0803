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
import java.util.Comparator;
import java.util.List;
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

    /// Looks at all allowed IPs of a file. Compares addresses by their bits: the `hashCode` of a record costs `up`
    /// 20 ms.
    static void run(CheckedFile file, Report report) {
        List<Owned> all = all(file);
        if (file.peers().size() > 1) {
            List<Owned> sorted = new ArrayList<>(all);
            sorted.sort(new ByPrefix());
            twice(sorted, report);
            swallowed(sorted, report);
        }
        hostBits(file, all, report);
    }

    /// The same prefix in two peers: the last one wins. The sorting has kept the order of the file.
    private static void twice(List<Owned> sorted, Report report) {
        for (int i = 1; i < sorted.size(); i++) {
            Owned earlier = sorted.get(i - 1);
            Owned entry = sorted.get(i);
            boolean same = earlier.prefix().length() == entry.prefix().length()
                    && earlier.prefix().contains(entry.prefix());
            if (same && !earlier.owner().equals(entry.owner())) {
                IpPrefix written = entry.written().value();
                String as = isSame(written.address(), entry.prefix().address())
                        ? ""
                        : " (written as " + written.text() + ")";
                report.add(
                        CheckCode.ALLOWED_IPS_TWICE,
                        entry.written().place(),
                        "the peer of line " + earlier.line() + " has "
                                + entry.prefix().text() + as + " too, and loses it to this one",
                        "give each peer its own networks");
            }
        }
    }

    static boolean isSame(IpAddress one, IpAddress other) {
        return one.family() == other.family() && one.high() == other.high() && one.low() == other.low();
    }

    /// A prefix whose every address has a longer prefix of another peer.
    private static void swallowed(List<Owned> sorted, Report report) {
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
    private static final class ByPrefix implements Comparator<Owned> {
        @Override
        public int compare(Owned one, Owned other) {
            IpAddress left = one.prefix().address();
            IpAddress right = other.prefix().address();
            int family = left.family().compareTo(right.family());
            int high = Long.compareUnsigned(left.high(), right.high());
            int low = Long.compareUnsigned(left.low(), right.low());
            if (family != 0 || high != 0) {
                return family != 0 ? family : high;
            }
            return low != 0
                    ? low
                    : Integer.compare(one.prefix().length(), other.prefix().length());
        }
    }

    /// `10.8.0.2/24` for one address, where the network has others of this tunnel in it.
    private static void hostBits(CheckedFile file, List<Owned> all, Report report) {
        for (Owned entry : all) {
            IpPrefix written = entry.written().value();
            if (isSame(written.address(), entry.prefix().address())) {
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

    /// Whether the peers take all packets of a family: by /0, or by its two halves.
    static boolean takesAll(CheckedFile file, IpFamily family) {
        boolean lower = false;
        boolean upper = false;
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                if (written.value().family() != family || written.value().length() > 1) {
                    continue;
                }
                IpAddress address = written.value().masked().address();
                boolean isUpper = family == IpFamily.V4 ? address.low() != 0 : address.high() != 0;
                boolean whole = written.value().length() == 0;
                lower |= whole || !isUpper;
                upper |= whole || isUpper;
            }
        }
        return lower && upper;
    }
}
