// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.KeyMask;
import io.wgj.config.key.KeyText;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Printable;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds a [SetRequest] from the lines of one request. Used once. It accepts and refuses what wireguard-go
/// accepts and refuses, with the same numbers.
final class SetParser {
    /// Some 200 MB of objects. A request of this size is a mistake or an attack.
    static final int MOST_PREFIXES = 2_000_000;

    static final int MOST_PEERS = 200_000;
    private static final byte[] ALLOWED_IP = Latin1.bytes("allowed_ip=");

    private final RequestLines lines;
    private final RequestValues values;
    private final List<PeerUpdate> peers = new ArrayList<>();
    private final Map<PublicKey, List<IpPrefix>> peerSources = new LinkedHashMap<>();
    private Change<PrivateKey> privateKey = Change.keep();
    private Change<Integer> listenPort = Change.keep();
    private Change<Integer> fwmark = Change.keep();
    private Change<List<IpAddress>> underlaySources = Change.keep();
    private Change<List<IpPrefix>> allowedSources = Change.keep();
    private boolean replacePeers;
    private int prefixes;
    private @Nullable PeerUpdateBuilder peer;

    SetParser(RequestLines lines, ScopeIndexes scopes) {
        this.lines = lines;
        this.values = new RequestValues(scopes);
    }

    /// Parses the current line.
    void line() throws RequestException {
        lines.requireWhole();
        PeerUpdateBuilder open = peer;
        if (open != null && lines.startsWith(ALLOWED_IP)) {
            if (++prefixes > MOST_PREFIXES) {
                throw new RequestException(Errno.EMSGSIZE, "more than " + MOST_PREFIXES + " allowed IPs at once");
            }
            open.allowedIp(values.allowedIp(lines.value(lines.value())));
            return;
        }
        int value = lines.value();
        if (value < 0) {
            throw new RequestException(Errno.EPROTO, "a line without '='");
        }
        String key = lines.key(value);
        if (key.equals("public_key")) {
            closePeer();
            peer = new PeerUpdateBuilder(PublicKey.of(key(key, value)), peers);
        } else if (open == null) {
            deviceLine(key, value);
        } else {
            peerLine(open, key, value);
        }
    }

    /// The request, after its last line.
    SetRequest close() throws RequestException {
        closePeer();
        return new SetRequest(
                new DeviceUpdate(privateKey, listenPort, fwmark, replacePeers, peers),
                new EngineOptions(underlaySources, allowedSources, peerSources));
    }

    private void closePeer() throws RequestException {
        if (peer != null) {
            peer.close();
        }
        if (peers.size() > MOST_PEERS) {
            throw new RequestException(Errno.EMSGSIZE, "more than " + MOST_PEERS + " peers at once");
        }
    }

    private void deviceLine(String key, int value) throws RequestException {
        switch (key) {
            case "private_key" -> {
                byte[] bytes = key(key, value);
                PrivateKey parsed = PrivateKey.of(bytes);
                Arrays.fill(bytes, (byte) 0);
                privateKey = parsed.isZero() ? Change.clear() : Change.set(parsed);
            }
            case "listen_port" -> listenPort = number(key, value, 0xffff);
            case "fwmark" -> fwmark = number(key, value, 0xffff_ffffL);
            case "replace_peers" -> {
                requireTrue(key, value);
                replacePeers = true;
            }
            case "wgj_underlay_source" -> underlaySources = Change.set(underlaySources(value));
            case "wgj_allowed_sources" -> allowedSources = Change.set(values.prefixes(key, lines.value(value)));
            default -> throw unknown("device", key);
        }
    }

    private void peerLine(PeerUpdateBuilder open, String key, int value) throws RequestException {
        switch (key) {
            case "update_only" -> {
                requireTrue(key, value);
                open.updateOnly();
            }
            case "remove" -> {
                requireTrue(key, value);
                open.remove();
            }
            case "preshared_key" -> {
                byte[] bytes = key(key, value);
                PresharedKey parsed = PresharedKey.of(bytes);
                Arrays.fill(bytes, (byte) 0);
                open.settings = open.settings.withPresharedKey(parsed.isZero() ? Change.clear() : Change.set(parsed));
            }
            case "endpoint" -> open.settings = open.settings.withEndpoint(values.endpoint(lines.value(value)));
            case "persistent_keepalive_interval" ->
                open.settings = open.settings.withPersistentKeepalive(number(key, value, 0xffff));
            case "replace_allowed_ips" -> {
                requireTrue(key, value);
                open.replaceAllowedIps();
            }
            case "protocol_version" -> {
                if (!lines.value(value).equals("1")) {
                    throw new RequestException(Errno.EINVAL, "a protocol version that is not 1");
                }
            }
            case "wgj_allowed_sources" -> peerSources.put(open.publicKey(), values.prefixes(key, lines.value(value)));
            default -> throw unknown("peer", key);
        }
    }

    private List<IpAddress> underlaySources(int value) throws RequestException {
        List<IpAddress> addresses = values.addresses("wgj_underlay_source", lines.value(value));
        Set<IpFamily> families = new HashSet<>();
        for (IpAddress address : addresses) {
            if (!families.add(address.family())) {
                throw new RequestException(Errno.EINVAL, "wgj_underlay_source: two addresses of one family");
            }
        }
        return addresses;
    }

    private Change<Integer> number(String key, int value, long limit) throws RequestException {
        long number = values.number(key, lines.value(value), limit);
        return number == 0 ? Change.clear() : Change.set((int) number);
    }

    private byte[] key(String key, int value) throws RequestException {
        byte[] bytes = KeyText.decodeHex(lines.bytes(), value, lines.end() - value);
        if (bytes == null) {
            throw new RequestException(Errno.EINVAL, key + ": not 64 hexadecimal digits");
        }
        return bytes;
    }

    private void requireTrue(String key, int value) throws RequestException {
        if (!lines.value(value).equals("true")) {
            throw new RequestException(Errno.EINVAL, key + ": not `true'");
        }
    }

    private static RequestException unknown(String where, String key) {
        return new RequestException(Errno.EINVAL, "no key of a " + where + ": " + Printable.excerpt(KeyMask.hide(key)));
    }
}
