// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// The state of one peer, as its device reports it.
///
/// @param publicKey identifies the peer
/// @param presharedKey empty when it has none (a device's all-zero key is none)
/// @param endpoint where its last packet came from or where it is configured to be; empty when neither is known
/// @param allowedIps in the device's order, host bits cleared
/// @param latestHandshake [HandshakeTime#NEVER] before the first
/// @param rxBytes received, unsigned
/// @param txBytes sent, unsigned
/// @param persistentKeepalive seconds, 0 for off
/// @param protocolVersion of WireGuard's protocol, unsigned; 1, the only one so far, unless the device reports
///     another
public record PeerState(
        PublicKey publicKey,
        Optional<PresharedKey> presharedKey,
        Optional<Endpoint.Numeric> endpoint,
        List<IpPrefix> allowedIps,
        HandshakeTime latestHandshake,
        long rxBytes,
        long txBytes,
        int persistentKeepalive,
        int protocolVersion) {
    /// Copies `allowedIps`.
    public PeerState {
        allowedIps = List.copyOf(allowedIps);
    }

    /// A peer of protocol version 1 without settings that has sent and received nothing. Add to it with the `with`
    /// methods.
    public PeerState(PublicKey publicKey) {
        this(publicKey, Optional.empty(), Optional.empty(), List.of(), HandshakeTime.NEVER, 0, 0, 0, 1);
    }

    /// The same with a preshared key. An all-zero key is none.
    public PeerState withPresharedKey(PresharedKey key) {
        Copy copy = new Copy(this);
        copy.presharedKey = key.isZero() ? Optional.empty() : Optional.of(key);
        return copy.state();
    }

    /// The same without a preshared key.
    public PeerState withoutPresharedKey() {
        Copy copy = new Copy(this);
        copy.presharedKey = Optional.empty();
        return copy.state();
    }

    /// The same at another endpoint.
    public PeerState withEndpoint(Endpoint.Numeric other) {
        Copy copy = new Copy(this);
        copy.endpoint = Optional.of(other);
        return copy.state();
    }

    /// The same with these allowed IPs alone.
    public PeerState withAllowedIps(List<IpPrefix> prefixes) {
        Copy copy = new Copy(this);
        copy.allowedIps = prefixes;
        return copy.state();
    }

    /// The same with another latest handshake.
    public PeerState withLatestHandshake(HandshakeTime time) {
        Copy copy = new Copy(this);
        copy.latestHandshake = time;
        return copy.state();
    }

    /// The same with other counters.
    ///
    /// @param rx bytes received, unsigned
    /// @param tx bytes sent, unsigned
    public PeerState withTraffic(long rx, long tx) {
        Copy copy = new Copy(this);
        copy.rxBytes = rx;
        copy.txBytes = tx;
        return copy.state();
    }

    /// The same with another keepalive interval.
    ///
    /// @param seconds 0 for off
    public PeerState withPersistentKeepalive(int seconds) {
        Copy copy = new Copy(this);
        copy.persistentKeepalive = seconds;
        return copy.state();
    }

    /// The same with another version of the protocol.
    public PeerState withProtocolVersion(int version) {
        Copy copy = new Copy(this);
        copy.protocolVersion = version;
        return copy.state();
    }

    /// A copy whose fields can be changed, so that one place alone lists all components in their order.
    private static final class Copy {
        private final PublicKey publicKey;
        private Optional<PresharedKey> presharedKey;
        private Optional<Endpoint.Numeric> endpoint;
        private List<IpPrefix> allowedIps;
        private HandshakeTime latestHandshake;
        private long rxBytes;
        private long txBytes;
        private int persistentKeepalive;
        private int protocolVersion;

        Copy(PeerState state) {
            publicKey = state.publicKey;
            presharedKey = state.presharedKey;
            endpoint = state.endpoint;
            allowedIps = state.allowedIps;
            latestHandshake = state.latestHandshake;
            rxBytes = state.rxBytes;
            txBytes = state.txBytes;
            persistentKeepalive = state.persistentKeepalive;
            protocolVersion = state.protocolVersion;
        }

        PeerState state() {
            return new PeerState(
                    publicKey,
                    presharedKey,
                    endpoint,
                    allowedIps,
                    latestHandshake,
                    rxBytes,
                    txBytes,
                    persistentKeepalive,
                    protocolVersion);
        }
    }
}
