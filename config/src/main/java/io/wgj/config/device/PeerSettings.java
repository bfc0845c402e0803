// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/// The settings of one peer: those that a file has, that an update changes, or that are wanted.
///
/// @param <E> how an endpoint stands in it: [Endpoint.Numeric] where names are resolved
/// @param presharedKey cleared, as a key of zeros, means none
/// @param endpoint never [Change.Clear]: no device forgets an endpoint
/// @param persistentKeepalive seconds, 1 to 65535; cleared means off
/// @param replaceAllowedIps whether the peer loses its prefixes before `allowedIps` are applied
/// @param allowedIps in order; the last mention of a prefix wins
public record PeerSettings<E>(
        Change<PresharedKey> presharedKey,
        Change<E> endpoint,
        Change<Integer> persistentKeepalive,
        boolean replaceAllowedIps,
        List<AllowedIpUpdate> allowedIps) {
    /// Mentions nothing. Start from it and add with the `with` methods.
    public static final PeerSettings<Endpoint.Numeric> NONE =
            new PeerSettings<>(Change.keep(), Change.keep(), Change.keep(), false, List.of());

    /// Copies `allowedIps`.
    public PeerSettings {
        allowedIps = List.copyOf(allowedIps);
    }

    /// Whether nothing is mentioned.
    public boolean isEmpty() {
        return !presharedKey.isMentioned()
                && !endpoint.isMentioned()
                && !persistentKeepalive.isMentioned()
                && !replaceAllowedIps
                && allowedIps.isEmpty();
    }

    /// The same with another preshared key.
    public PeerSettings<E> withPresharedKey(Change<PresharedKey> change) {
        return new PeerSettings<>(change, endpoint, persistentKeepalive, replaceAllowedIps, allowedIps);
    }

    /// The same with another preshared key.
    public PeerSettings<E> withPresharedKey(PresharedKey key) {
        return withPresharedKey(Change.set(key));
    }

    /// The same with another endpoint, or none.
    public <F> PeerSettings<F> withEndpoint(Change<F> change) {
        return new PeerSettings<>(presharedKey, change, persistentKeepalive, replaceAllowedIps, allowedIps);
    }

    /// The same with another endpoint.
    public PeerSettings<E> withEndpoint(E other) {
        return withEndpoint(Change.set(other));
    }

    /// The same with another keepalive interval.
    public PeerSettings<E> withPersistentKeepalive(Change<Integer> change) {
        return new PeerSettings<>(presharedKey, endpoint, change, replaceAllowedIps, allowedIps);
    }

    /// The same with another keepalive interval.
    ///
    /// @param seconds 0 for off
    public PeerSettings<E> withPersistentKeepalive(int seconds) {
        return withPersistentKeepalive(seconds == 0 ? Change.clear() : Change.set(seconds));
    }

    /// The same with `updates` instead of its allowed IPs.
    ///
    /// @param replace whether the peer loses its prefixes first
    public PeerSettings<E> withAllowedIps(boolean replace, List<AllowedIpUpdate> updates) {
        return new PeerSettings<>(presharedKey, endpoint, persistentKeepalive, replace, updates);
    }

    /// The same with exactly these allowed IPs: the peer loses all others.
    public PeerSettings<E> withOnlyAllowedIps(List<IpPrefix> prefixes) {
        return withAllowedIps(true, additions(prefixes));
    }

    /// The same with these allowed IPs, which the peer gets beside those it has.
    public PeerSettings<E> withMoreAllowedIps(List<IpPrefix> prefixes) {
        return withAllowedIps(false, additions(prefixes));
    }

    private static List<AllowedIpUpdate> additions(List<IpPrefix> prefixes) {
        List<AllowedIpUpdate> updates = new ArrayList<>(prefixes.size());
        for (IpPrefix prefix : prefixes) {
            updates.add(AllowedIpUpdate.add(prefix));
        }
        return updates;
    }
}
