// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// The configured allowed IPs of a device. Every prefix belongs to one peer, and every peer has its prefixes
/// in the order in which it got them. Used by the configuring thread only; packets are looked up in a
/// [#snapshot()].
///
/// Peers are compared by identity. Prefixes are numbers, see [AllowedIps#find4] and [AllowedIps#find6]; bits
/// behind the prefix length are ignored. A length outside 0 to 32 or 0 to 128 is an
/// `IllegalArgumentException`.
public final class AllowedIpsTable<P> {
    private static final int NONE = -1;

    private final PrefixMap prefixes = new PrefixMap();
    private final IdentityHashMap<P, Owner<P>> owners = new IdentityHashMap<>();
    // For each prefix's number, its owner and its neighbours in the owner's list.
    private @Nullable Owner<P>[] ownerOf = newArray(0);
    private int[] before = {};
    private int[] after = {};
    private @Nullable AllowedIps<P> latest;

    private static final class Owner<P> {
        final P peer;
        int first = NONE;
        int last = NONE;

        Owner(P peer) {
            this.peer = peer;
        }
    }

    /// Takes the prefixes of one peer.
    public interface Prefixes {
        void prefix4(int address, int length);

        void prefix6(long high, long low, int length);
    }

    /// Gives an IPv4 prefix to a peer, as its last one, and takes it from its former owner.
    public void insert4(int address, int length, P peer) {
        insert((long) address << 32, 0, kind4(length), peer);
    }

    /// Gives an IPv6 prefix to a peer, as its last one, and takes it from its former owner.
    public void insert6(long high, long low, int length, P peer) {
        insert(high, low, kind6(length), peer);
    }

    /// Removes an IPv4 prefix from a peer. False when it is not this peer's; nothing changes then.
    public boolean remove4(int address, int length, P peer) {
        return remove((long) address << 32, 0, kind4(length), peer);
    }

    /// Removes an IPv6 prefix from a peer. False when it is not this peer's; nothing changes then.
    public boolean remove6(long high, long low, int length, P peer) {
        return remove(high, low, kind6(length), peer);
    }

    /// Removes all prefixes of a peer.
    public void removeAll(P peer) {
        Owner<P> owner = owners.remove(peer);
        if (owner != null) {
            for (int at = owner.first; at != NONE; at = after[at]) {
                ownerOf[at] = null;
                prefixes.remove(at);
            }
            latest = null;
        }
    }

    /// Passes a peer's prefixes to `taker`, in the order in which the peer got them.
    public void forEach(P peer, Prefixes taker) {
        Owner<P> owner = owners.get(peer);
        int at = owner == null ? NONE : owner.first;
        for (; at != NONE; at = after[at]) {
            int length = Prefix.length(prefixes.kind(at));
            if (Prefix.isIpv4(prefixes.kind(at))) {
                taker.prefix4((int) (prefixes.high(at) >>> 32), length);
            } else {
                taker.prefix6(prefixes.high(at), prefixes.low(at), length);
            }
        }
    }

    /// A snapshot for look-ups: the same object until something changes. Takes time in proportion to the
    /// number of prefixes, so make one for a whole request.
    public AllowedIps<P> snapshot() {
        AllowedIps<P> known = latest;
        if (known == null) {
            Cuts<P> cuts4 = new Cuts<>();
            Cuts<P> cuts6 = new Cuts<>();
            prefixes.forEachInOrder(at -> {
                Owner<P> owner = ownerOf[at];
                if (owner != null) {
                    Cuts<P> cuts = Prefix.isIpv4(prefixes.kind(at)) ? cuts4 : cuts6;
                    cuts.add(prefixes.high(at), prefixes.low(at), Prefix.length(prefixes.kind(at)), owner.peer);
                }
            });
            cuts4.finish();
            cuts6.finish();
            known = new AllowedIps<>(new Ranges4<>(cuts4), new Ranges6<>(cuts6));
            latest = known;
        }
        return known;
    }

    private void insert(long high, long low, int kind, P peer) {
        int at = prefixes.put(Prefix.maskHigh(high, kind), Prefix.maskLow(low, kind), kind);
        if (at >= ownerOf.length) {
            int larger = prefixes.capacity();
            ownerOf = Arrays.copyOf(ownerOf, larger);
            before = Arrays.copyOf(before, larger);
            after = Arrays.copyOf(after, larger);
        }
        unlink(at);
        Owner<P> owner = owners.computeIfAbsent(peer, Owner::new);
        ownerOf[at] = owner;
        before[at] = owner.last;
        after[at] = NONE;
        if (owner.last == NONE) {
            owner.first = at;
        } else {
            after[owner.last] = at;
        }
        owner.last = at;
        latest = null;
    }

    private boolean remove(long high, long low, int kind, P peer) {
        int at = prefixes.find(Prefix.maskHigh(high, kind), Prefix.maskLow(low, kind), kind);
        Owner<P> owner = at == NONE ? null : ownerOf[at];
        if (owner == null || owner.peer != peer) {
            return false;
        }
        unlink(at);
        prefixes.remove(at);
        latest = null;
        return true;
    }

    private void unlink(int at) {
        Owner<P> owner = ownerOf[at];
        if (owner == null) {
            return;
        }
        if (before[at] == NONE) {
            owner.first = after[at];
        } else {
            after[before[at]] = after[at];
        }
        if (after[at] == NONE) {
            owner.last = before[at];
        } else {
            before[after[at]] = before[at];
        }
        ownerOf[at] = null;
        if (owner.first == NONE) {
            owners.remove(owner.peer);
        }
    }

    private static int kind4(int length) {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("an IPv4 prefix length is 0 to 32, not " + length);
        }
        return Prefix.ipv4(length);
    }

    private static int kind6(int length) {
        if (length < 0 || length > 128) {
            throw new IllegalArgumentException("an IPv6 prefix length is 0 to 128, not " + length);
        }
        return Prefix.ipv6(length);
    }

    // An array of a parameterised type cannot be created otherwise.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <P> @Nullable Owner<P>[] newArray(int length) {
        return new Owner[length];
    }
}
