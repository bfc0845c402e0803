// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.wireguard.WireGuardFamily.*;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decodes an entry of a device's list of peers, or joins several entries of one peer.
final class PeerDecoder {
    /// `struct __kernel_timespec` (linux/time_types.h): 0 s64 sec, 8 s64 nsec.
    private static final int TIMESPEC_SIZE = 16;

    private @Nullable PublicKey publicKey;
    private @Nullable PresharedKey presharedKey;
    private Endpoint.@Nullable Numeric endpoint;
    private HandshakeTime latestHandshake = HandshakeTime.NEVER;
    private long rxBytes;
    private long txBytes;
    private int persistentKeepalive;
    private int protocolVersion = 1;
    private final List<IpPrefix> allowedIps = new ArrayList<>();

    private PeerDecoder() {}

    /// Decodes the entry that `attributes` is at. An entry without a key is malformed: it belongs to no peer.
    static PeerDecoder decode(AttributeReader attributes) throws MalformedMessageException {
        PeerDecoder peer = new PeerDecoder();
        attributes.enter();
        while (attributes.next()) {
            peer.decodeAttribute(attributes);
        }
        attributes.leave();
        if (peer.publicKey == null) {
            throw new MalformedMessageException("WireGuard device: a peer without a public key");
        }
        return peer;
    }

    boolean isSamePeer(PeerDecoder other) {
        return Objects.equals(publicKey, other.publicKey);
    }

    /// Adds the allowed IPs of an entry that continues this one. The first entry had everything else.
    void append(PeerDecoder continuation) {
        allowedIps.addAll(continuation.allowedIps);
    }

    PeerState state() {
        PeerState state = new PeerState(Objects.requireNonNull(publicKey))
                .withAllowedIps(allowedIps)
                .withLatestHandshake(latestHandshake)
                .withTraffic(rxBytes, txBytes)
                .withPersistentKeepalive(persistentKeepalive)
                .withProtocolVersion(protocolVersion);
        state = presharedKey == null ? state : state.withPresharedKey(presharedKey);
        return endpoint == null ? state : state.withEndpoint(endpoint);
    }

    private void decodeAttribute(AttributeReader peer) throws MalformedMessageException {
        int length = peer.length();
        switch (peer.type()) {
            case WGPEER_A_PUBLIC_KEY -> {
                if (length == WG_KEY_LEN) {
                    publicKey = PublicKey.of(peer.bytes());
                }
            }
            case WGPEER_A_PRESHARED_KEY -> {
                if (length == WG_KEY_LEN) {
                    presharedKey = PresharedKey.of(peer.bytes());
                }
            }
            case WGPEER_A_ENDPOINT -> {
                Endpoint.Numeric decoded = SocketAddress.decode(peer);
                endpoint = decoded == null ? endpoint : decoded;
            }
            case WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL ->
                persistentKeepalive = length == 2 ? peer.u16() : persistentKeepalive;
            case WGPEER_A_LAST_HANDSHAKE_TIME -> {
                if (length == TIMESPEC_SIZE) {
                    latestHandshake = new HandshakeTime(peer.u64(0), peer.u64(8));
                }
            }
            case WGPEER_A_PROTOCOL_VERSION -> protocolVersion = length == 4 ? peer.u32() : protocolVersion;
            case WGPEER_A_RX_BYTES -> rxBytes = length == 8 ? peer.u64() : rxBytes;
            case WGPEER_A_TX_BYTES -> txBytes = length == 8 ? peer.u64() : txBytes;
            case WGPEER_A_ALLOWEDIPS -> {
                peer.enter();
                while (peer.next()) {
                    decodeAllowedIp(peer);
                }
                peer.leave();
            }
            default -> {}
        }
    }

    private void decodeAllowedIp(AttributeReader allowedIp) throws MalformedMessageException {
        int family = 0;
        int prefixLength = -1;
        @Nullable IpAddress address = null;
        allowedIp.enter();
        while (allowedIp.next()) {
            int length = allowedIp.length();
            switch (allowedIp.type()) {
                case WGALLOWEDIP_A_FAMILY -> family = length == 2 ? allowedIp.u16() : family;
                case WGALLOWEDIP_A_CIDR_MASK -> prefixLength = length == 1 ? allowedIp.u8() : prefixLength;
                case WGALLOWEDIP_A_IPADDR ->
                    // The family may come later.
                    address = allowedIp.address(length == IpFamily.V4.bytes() ? IpFamily.V4 : IpFamily.V6);
                default -> {}
            }
        }
        allowedIp.leave();
        if (address == null || address.family().number() != family || prefixLength < 0) {
            // A kind of address that this version does not know.
            return;
        }
        if (prefixLength > address.bits()) {
            throw new MalformedMessageException("WireGuard device: an allowed IP of prefix length " + prefixLength);
        }
        allowedIps.add(new IpPrefix(address, prefixLength));
    }
}
