// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses the IPv6 source address of a packet that has none: RFC 6724 as Linux has it.
final class Ipv6Sources {
    private static final int SCOPE_LINK = 2;
    private static final int SCOPE_SITE = 5;
    private static final int SCOPE_GLOBAL = 14;
    private static final int PREFER_TEMPORARY = 2;

    private final HostIndex host;

    Ipv6Sources(HostIndex host) {
        this.host = host;
    }

    /// The source for packets to `destination` that leave by `device`; null when there is none.
    @Nullable
    IpAddress choose(String device, IpAddress destination) {
        if (scope(destination) <= SCOPE_LINK
                || isMulticast(destination)
                || host.settings(device).onlyOwnAddresses()) {
            return best(List.of(device), destination, device);
        }
        String vrf = host.vrfOf(device);
        if (vrf != null) {
            List<IpAddress> ofVrf = new ArrayList<>();
            for (String name : new String[] {device, vrf}) {
                for (DeviceAddress address : host.addresses(name, IpFamily.V6)) {
                    if (!address.isDuplicate() && !address.isTentative()) {
                        ofVrf.add(address.address());
                    }
                }
            }
            // The kernel takes a single address whatever its scope.
            if (ofVrf.size() == 1) {
                return ofVrf.getFirst();
            }
        }
        return best(candidates(device, vrf), destination, device);
    }

    private Set<String> candidates(String device, @Nullable String vrf) {
        Set<String> names = new LinkedHashSet<>();
        if (vrf != null) {
            names.add(device);
            names.add(vrf);
        }
        for (NetworkDevice other : host.devices()) {
            if (Objects.equals(host.vrfOf(other.name()), vrf)) {
                names.add(other.name());
            }
        }
        return names;
    }

    /// What the rules of RFC 6724 compare, the first difference first; larger is better.
    private record Rank(
            boolean same,
            int scope,
            boolean preferred,
            boolean ofDevice,
            boolean sameLabel,
            boolean temporaryAsWished,
            int commonBits)
            implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER = Comparator.comparing(Rank::same)
                .thenComparingInt(Rank::scope)
                .thenComparing(Rank::preferred)
                .thenComparing(Rank::ofDevice)
                .thenComparing(Rank::sameLabel)
                .thenComparing(Rank::temporaryAsWished)
                .thenComparingInt(Rank::commonBits);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private @Nullable IpAddress best(Iterable<String> devices, IpAddress destination, String leaving) {
        IpAddress best = null;
        Rank bestRank = null;
        for (String name : devices) {
            for (DeviceAddress address : host.addresses(name, IpFamily.V6)) {
                if (address.isDuplicate() || address.isTentative() && !address.isOptimistic()) {
                    continue;
                }
                Rank rank = rank(address, name, destination, leaving);
                if (bestRank == null || rank.compareTo(bestRank) > 0) {
                    best = address.address();
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private Rank rank(DeviceAddress candidate, String device, IpAddress destination, String leaving) {
        IpAddress address = candidate.address();
        int own = scope(address);
        boolean wishesTemporary = host.settings(device).useTempAddress() >= PREFER_TEMPORARY;
        return new Rank(
                address.equals(destination),
                own >= scope(destination) ? -own : own - 128,
                !candidate.isDeprecated() && !candidate.isOptimistic(),
                device.equals(leaving),
                host.label(address) == host.label(destination),
                candidate.isTemporary() == wishesTemporary,
                Math.min(commonBits(address, destination), candidate.subnet().length()));
    }

    private static int commonBits(IpAddress one, IpAddress other) {
        int high = Long.numberOfLeadingZeros(one.high() ^ other.high());
        return high < 64 ? high : 64 + Long.numberOfLeadingZeros(one.low() ^ other.low());
    }

    static boolean isMulticast(IpAddress address) {
        return address.high() >>> 56 == 0xff;
    }

    static boolean isLocalhost(IpAddress address) {
        return address.high() == 0 && address.low() == 1;
    }

    private static int scope(IpAddress address) {
        if (address.high() == 0 && address.low() == 0) {
            return 0;
        }
        if (isMulticast(address)) {
            return (int) (address.high() >>> 48) & 0xf;
        }
        if (address.isLinkLocal() || isLocalhost(address)) {
            return SCOPE_LINK;
        }
        return address.high() >>> 54 == 0xfec0 >>> 6 ? SCOPE_SITE : SCOPE_GLOBAL;
    }
}
