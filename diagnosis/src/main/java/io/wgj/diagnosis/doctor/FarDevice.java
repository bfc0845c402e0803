// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An interface that may be the far end of a tunnel, without any secret.
///
/// @param source where it is known from
/// @param key its public key; empty when it has none
/// @param listenPort 0 when unknown
/// @param peers by their public keys
/// @param host what the far end's host says of it; empty for what wg(8) prints, and for what is on this host
public record FarDevice(
        String source,
        Optional<PublicKey> key,
        int listenPort,
        Map<PublicKey, FarFacts.Us> peers,
        Optional<HostSide> host) {
    public FarDevice {
        peers = Map.copyOf(peers);
    }

    /// A far end about whose host nothing is known.
    public FarDevice(String source, Optional<PublicKey> key, int listenPort, Map<PublicKey, FarFacts.Us> peers) {
        this(source, key, listenPort, peers, Optional.empty());
    }

    /// What a host says of an interface besides its configuration.
    ///
    /// @param clock of the host, when it said so
    /// @param up whether the interface is switched on
    /// @param mtu in bytes
    /// @param addresses with the lengths of their networks
    public record HostSide(Instant clock, boolean up, int mtu, List<IpPrefix> addresses) {
        public HostSide {
            addresses = List.copyOf(addresses);
        }
    }

    /// An interface that was read.
    static FarDevice of(String source, DeviceState state) {
        Map<PublicKey, FarFacts.Us> peers = new HashMap<>();
        for (PeerState peer : state.peers()) {
            Optional<Instant> handshake = peer.latestHandshake().isNever()
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(
                            peer.latestHandshake().seconds(),
                            peer.latestHandshake().nanos()));
            peers.put(peer.publicKey(), new FarFacts.Us(peer.allowedIps(), handshake, peer.rxBytes(), peer.txBytes()));
        }
        return new FarDevice(source, state.publicKey(), state.listenPort(), peers);
    }

    /// The one of several interfaces that is the far end of a tunnel: it has the peer's key; else it knows this
    /// end; else, where only far ends are listed, it has the endpoint's port.
    ///
    /// @param own the public key of this end
    /// @param named whether the user named these as far ends, so that a weak sign is enough
    static Optional<FarDevice> among(
            List<FarDevice> devices, PublicKey own, PublicKey peer, int endpointPort, boolean named) {
        for (FarDevice device : devices) {
            if (device.key.isPresent() && device.key.get().equals(peer)) {
                return Optional.of(device);
            }
        }
        for (FarDevice device : devices) {
            boolean isOwn = device.key.isPresent() && device.key.get().equals(own);
            if (!isOwn && device.peers.containsKey(own)) {
                return Optional.of(device);
            }
        }
        for (FarDevice device : devices) {
            if (named && (devices.size() == 1 || device.listenPort == endpointPort)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /// What it says of this end.
    ///
    /// @param before the same interface at the beginning of the observation; empty when it was read once
    FarFacts facts(PublicKey own, Optional<FarDevice> before) {
        Optional<FarFacts.Us> us = Optional.ofNullable(peers.get(own));
        Optional<FarFacts.Us> earlier = before.map(device -> device.peers.get(own));
        if (us.isPresent() && earlier.isPresent()) {
            FarFacts.Us now = us.get();
            us = Optional.of(new FarFacts.Us(
                    now.allowedIps(),
                    now.handshake(),
                    Math.max(0, now.rx() - earlier.get().rx()),
                    Math.max(0, now.tx() - earlier.get().tx())));
        }
        return new FarFacts(
                source,
                key,
                listenPort,
                host.map(HostSide::up),
                host.map(HostSide::addresses).orElse(List.of()),
                us,
                host.map(HostSide::clock),
                earlier.isPresent());
    }
}
