// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.KeyText;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.Arrays;
import java.util.List;

/// Writes replies through a buffer of fixed size, which is wiped because it has held keys.
final class ReplyWriter implements AutoCloseable {
    private static final int ROOM = 1 << 16;
    private static final byte[] NO_KEY = new byte[KeyText.KEY_LENGTH];

    private final UnixStream stream;
    private final byte[] buffer = new byte[ROOM];
    private int length;

    ReplyWriter(UnixStream stream) {
        this.stream = stream;
    }

    /// Writes a device's state, in wireguard-go's order.
    void state(DeviceState state, ScopeNames scopes) throws SystemException {
        if (state.privateKey().isPresent()) {
            key("private_key=", state.privateKey().get().toBytes());
        }
        if (state.listenPort() != 0) {
            line("listen_port=", Integer.toString(state.listenPort()));
        }
        if (state.fwmark() != 0) {
            line("fwmark=", Integer.toUnsignedString(state.fwmark()));
        }
        for (PeerState peer : state.peers()) {
            peer(peer, scopes);
        }
    }

    private void peer(PeerState peer, ScopeNames scopes) throws SystemException {
        key("public_key=", peer.publicKey().toBytes());
        key("preshared_key=", peer.presharedKey().map(key -> key.toBytes()).orElse(NO_KEY));
        line("protocol_version=", Integer.toUnsignedString(peer.protocolVersion()));
        if (peer.endpoint().isPresent()) {
            line("endpoint=", text(peer.endpoint().get(), scopes));
        }
        line("last_handshake_time_sec=", Long.toString(peer.latestHandshake().seconds()));
        line("last_handshake_time_nsec=", Long.toString(peer.latestHandshake().nanos()));
        line("tx_bytes=", Long.toUnsignedString(peer.txBytes()));
        line("rx_bytes=", Long.toUnsignedString(peer.rxBytes()));
        line("persistent_keepalive_interval=", Integer.toString(peer.persistentKeepalive()));
        for (IpPrefix prefix : peer.allowedIps()) {
            line("allowed_ip=", prefix.text());
        }
    }

    /// The endpoint with its zone as it was given, whatever the address.
    private static String text(Endpoint.Numeric endpoint, ScopeNames scopes) {
        String zone = endpoint.scopeId() == 0 ? "" : scopes.nameOf(endpoint.scopeId());
        return zone.isEmpty() ? endpoint.text() : "[" + endpoint.address().text() + "%" + zone + "]:" + endpoint.port();
    }

    /// Writes the statistics. Names other than `public_key` get `wgj_` in front.
    void stats(List<EngineStat> stats) throws SystemException {
        for (EngineStat stat : stats) {
            line((stat.name().equals("public_key") ? "" : "wgj_") + stat.name() + "=", stat.value());
        }
    }

    /// Ends a reply and sends it.
    void end(int errno) throws SystemException {
        line("errno=", Integer.toString(errno));
        text("\n");
        flush();
    }

    private void key(String name, byte[] key) throws SystemException {
        text(name);
        require(KeyText.HEX_LENGTH);
        KeyText.encodeHex(key, buffer, length);
        length += KeyText.HEX_LENGTH;
        text("\n");
        if (key != NO_KEY) {
            Arrays.fill(key, (byte) 0);
        }
    }

    private void line(String name, String value) throws SystemException {
        text(name);
        text(value);
        text("\n");
    }

    private void text(String text) throws SystemException {
        for (int done = 0; done < text.length(); ) {
            require(1);
            int part = Math.min(text.length() - done, ROOM - length);
            for (int i = 0; i < part; i++) {
                buffer[length + i] = (byte) text.charAt(done + i);
            }
            done += part;
            length += part;
        }
    }

    private void require(int room) throws SystemException {
        if (ROOM - length < room) {
            flush();
        }
    }

    private void flush() throws SystemException {
        int ready = length;
        length = 0;
        stream.write(buffer, 0, ready);
    }

    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
    }
}
