// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Builds a [DeviceState] from the lines of one reply. Used once.
final class GetReplyParser {
    private final ScopeIndexes scopes;
    private final List<PeerState> peers = new ArrayList<>();
    private boolean told;
    private int errno;
    private Optional<PrivateKey> privateKey = Optional.empty();
    private int listenPort;
    private int fwmark;
    private @Nullable OpenPeer peer;

    GetReplyParser(ScopeIndexes scopes) {
        this.scopes = scopes;
    }

    DeviceState parse(DeviceName name, String reply) throws DeviceException {
        return finish(name, take(reply));
    }

    /// Takes the next lines of the reply.
    ///
    /// @return whether its empty line was among them; what follows that is ignored
    boolean take(String text) throws DeviceException {
        ReplyLines lines = new ReplyLines(text);
        while (!lines.areOver()) {
            if (!lines.next()) {
                return true;
            }
            line(lines.key(), lines.value());
        }
        return false;
    }

    /// Takes a peer that is known already. The next line must start another peer.
    void add(PeerState known) {
        closePeer();
        peer = null;
        peers.add(known);
    }

    /// Whether the line that says how the request ended was among those so far.
    boolean hasEnded() {
        return told;
    }

    /// What all lines said.
    ///
    /// @param ended whether the empty line has come
    DeviceState finish(DeviceName name, boolean ended) throws DeviceException {
        if (!ended) {
            throw UapiErrors.malformed(ReplyLines.ENDS_EARLY);
        }
        if (!told) {
            throw UapiErrors.malformed("the reply has no errno");
        }
        if (errno != 0) {
            throw UapiErrors.of(errno, null);
        }
        closePeer();
        Optional<PublicKey> publicKey =
                privateKey.isPresent() ? Optional.of(PublicKey.computedLater(privateKey.get())) : Optional.empty();
        return new DeviceState(name, privateKey, publicKey, listenPort, fwmark, peers);
    }

    private void line(String key, String value) throws DeviceException {
        OpenPeer open = peer;
        if (key.equals("errno")) {
            errno = (int) Numbers.parse(key, value, Integer.MAX_VALUE);
            told = true;
        } else if (key.equals("public_key")) {
            closePeer();
            peer = new OpenPeer(key(PublicKey.parseHex(value), key));
        } else if (open != null) {
            peerLine(open, key, value);
        } else {
            deviceLine(key, value);
        }
    }

    private void deviceLine(String key, String value) throws DeviceException {
        switch (key) {
            case "private_key" -> privateKey = Optional.of(key(PrivateKey.parseHex(value), key));
            case "listen_port" -> listenPort = (int) Numbers.parse(key, value, 0xffff);
            case "fwmark" -> fwmark = (int) Numbers.parse(key, value, 0xffff_ffffL);
            default -> {}
        }
    }

    private void peerLine(OpenPeer open, String key, String value) throws DeviceException {
        switch (key) {
            case "preshared_key" -> {
                PresharedKey parsed = key(PresharedKey.parseHex(value), key);
                open.state = open.state.withPresharedKey(parsed);
            }
            case "endpoint" -> open.state = open.state.withEndpoint(endpoint(value));
            case "last_handshake_time_sec" -> open.seconds = Numbers.parse(key, value, Long.MAX_VALUE);
            case "last_handshake_time_nsec" -> open.nanos = Numbers.parse(key, value, Long.MAX_VALUE);
            case "rx_bytes" -> open.rxBytes = Numbers.parse(key, value, Numbers.UNSIGNED_64);
            case "tx_bytes" -> open.txBytes = Numbers.parse(key, value, Numbers.UNSIGNED_64);
            case "persistent_keepalive_interval" ->
                open.state = open.state.withPersistentKeepalive((int) Numbers.parse(key, value, 0xffff));
            case "protocol_version" -> open.state = open.state.withProtocolVersion(protocolVersion(value));
            case "allowed_ip" -> open.allowedIps.add(prefix(value));
            default -> {}
        }
    }

    /// 1 for a malformed value: `wg` does not look at this key.
    private static int protocolVersion(String value) {
        try {
            return (int) Numbers.parse("protocol_version", value, 0xffff_ffffL);
        } catch (DeviceException _) {
            return 1;
        }
    }

    private void closePeer() {
        if (peer != null) {
            peers.add(peer.close());
        }
    }

    private static <T> T key(Optional<T> parsed, String key) throws DeviceException {
        if (parsed.isEmpty()) {
            throw UapiErrors.malformed(key + " is not a key of 64 hexadecimal digits");
        }
        return parsed.get();
    }

    private static IpAddress address(String text, String key) throws DeviceException {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty()) {
            throw UapiErrors.malformed(key + " has no numeric address");
        }
        return address.get();
    }

    /// `192.0.2.1:5`, `[2001:db8::1]:5`, `[fe80::1%eth0]:5`. Takes only numbers, unlike `wg`: a device that
    /// answers with a name must not send its reader to a name server (and `wg` crashes where it finds no
    /// address).
    private Endpoint.Numeric endpoint(String value) throws DeviceException {
        boolean bracket = value.startsWith("[");
        int hostEnd = bracket ? value.indexOf(']') : value.lastIndexOf(':');
        int colon = bracket ? hostEnd + 1 : hostEnd;
        if (hostEnd < 0 || colon >= value.length() || value.charAt(colon) != ':') {
            throw UapiErrors.malformed("endpoint has no port");
        }
        int port = (int) Numbers.parse("endpoint's port", value.substring(colon + 1), 0xffff);
        String host = value.substring(bracket ? 1 : 0, hostEnd);
        int percent = host.indexOf('%');
        IpAddress address = address(percent < 0 ? host : host.substring(0, percent), "endpoint");
        if (percent < 0) {
            return new Endpoint.Numeric(address, port);
        }
        if (percent == host.length() - 1 || address.family() == IpFamily.V4) {
            throw UapiErrors.malformed("endpoint has an invalid scope");
        }
        return new Endpoint.Numeric(address, port, scope(host.substring(percent + 1)));
    }

    /// 0 for a zone without an interface: servers accept it and return it as it was given.
    private int scope(String text) {
        int index = scopes.indexOf(text);
        if (index != 0) {
            return index;
        }
        try {
            return (int) Numbers.parse("endpoint's scope", text, 0xffff_ffffL);
        } catch (DeviceException _) {
            return 0;
        }
    }

    private static IpPrefix prefix(String value) throws DeviceException {
        int slash = value.indexOf('/');
        if (slash < 0) {
            throw UapiErrors.malformed("allowed_ip has no prefix length");
        }
        IpAddress address = address(value.substring(0, slash), "allowed_ip");
        return new IpPrefix(
                address, (int) Numbers.parse("allowed_ip's length", value.substring(slash + 1), address.bits()));
    }

    /// The peer whose lines are being read.
    private static final class OpenPeer {
        private final List<IpPrefix> allowedIps = new ArrayList<>();
        private PeerState state;
        private long seconds;
        private long nanos;
        private long rxBytes;
        private long txBytes;

        OpenPeer(PublicKey publicKey) {
            state = new PeerState(publicKey);
        }

        PeerState close() {
            return state.withAllowedIps(allowedIps)
                    .withLatestHandshake(new HandshakeTime(seconds, nanos))
                    .withTraffic(rxBytes, txBytes);
        }
    }
}
