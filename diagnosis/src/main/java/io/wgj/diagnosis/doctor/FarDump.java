// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lines of `wg show all dump`, as the far end prints them, and one line more of `wgj doctor --facts`: the
/// word `host`, the interface, the clock in seconds since 1970, `up` or `down`, the MTU and the addresses. Secrets
/// in them are passed over when reading, and hidden when writing.
public final class FarDump {
    private static final String NONE = "(none)";
    private static final String HIDDEN = "(hidden)";
    /// Columns without the name of the interface, which `wg show IFACE dump` leaves out.
    private static final int INTERFACE_COLUMNS = 4;

    private static final int PEER_COLUMNS = 8;
    private static final String HOST = "host";
    private static final int HOST_COLUMNS = 6;

    private FarDump() {}

    /// The interfaces of a dump; empty when the text is none.
    ///
    /// @param source what to call it
    public static Optional<List<FarDevice>> read(String text, String source) {
        List<FarDevice> devices = new ArrayList<>();
        Map<PublicKey, FarFacts.Us> peers = new HashMap<>();
        String[] last = new String[0];
        Optional<FarDevice.HostSide> host = Optional.empty();
        for (String line : text.split("\n", -1)) {
            String[] columns = line.split("\t", -1);
            boolean named = columns.length == INTERFACE_COLUMNS + 1 || columns.length == PEER_COLUMNS + 1;
            int count = columns.length - (named ? 1 : 0);
            int first = named ? 1 : 0;
            if (columns.length == HOST_COLUMNS && columns[0].equals(HOST)) {
                host = Optional.of(host(columns));
            } else if (count == INTERFACE_COLUMNS) {
                finish(devices, last, peers, host, source);
                host = Optional.empty();
                last = java.util.Arrays.copyOfRange(columns, first, columns.length);
            } else if (count == PEER_COLUMNS && last.length > 0) {
                Optional<PublicKey> key = PublicKey.parseBase64(columns[first]);
                if (key.isEmpty()) {
                    return Optional.empty();
                }
                peers.put(key.get(), us(columns, first));
            } else if (!line.isEmpty()) {
                return Optional.empty();
            }
        }
        finish(devices, last, peers, host, source);
        return devices.isEmpty() ? Optional.empty() : Optional.of(devices);
    }

    private static void finish(
            List<FarDevice> devices,
            String[] columns,
            Map<PublicKey, FarFacts.Us> peers,
            Optional<FarDevice.HostSide> host,
            String source) {
        if (columns.length > 0) {
            devices.add(
                    new FarDevice(source, PublicKey.parseBase64(columns[1]), (int) number(columns[2]), peers, host));
            peers.clear();
        }
    }

    private static FarFacts.Us us(String[] columns, int first) {
        List<IpPrefix> allowed = prefixes(columns[first + 3]);
        long handshake = number(columns[first + 4]);
        return new FarFacts.Us(
                allowed,
                handshake == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(handshake)),
                number(columns[first + 5]),
                number(columns[first + 6]));
    }

    private static FarDevice.HostSide host(String[] columns) {
        return new FarDevice.HostSide(
                Instant.ofEpochSecond(Math.min(number(columns[2]), Integer.toUnsignedLong(-1))),
                columns[3].equals("up"),
                (int) number(columns[4]),
                prefixes(columns[5]));
    }

    /// What is no prefix is left out.
    private static List<IpPrefix> prefixes(String list) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            int slash = text.indexOf('/');
            Optional<IpAddress> address = slash < 0 ? Optional.empty() : IpAddress.parse(text.substring(0, slash));
            long length = slash < 0 ? -1 : number(text.substring(slash + 1));
            if (address.isPresent() && length >= 0 && length <= address.get().bits()) {
                prefixes.add(new IpPrefix(address.get(), (int) length));
            }
        }
        return prefixes;
    }

    /// 0 for what is no number.
    private static long number(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /// An interface and its peers, with every secret hidden, and what its host says of it.
    public static String write(DeviceState state, FarDevice.HostSide host) {
        StringBuilder out = new StringBuilder(write(state));
        row(
                out,
                HOST,
                state.name().text(),
                String.valueOf(host.clock().getEpochSecond()),
                host.up() ? "up" : "down",
                String.valueOf(host.mtu()),
                host.addresses().isEmpty() ? NONE : list(host.addresses()));
        return out.toString();
    }

    /// An interface and its peers, with every secret hidden.
    public static String write(DeviceState state) {
        StringBuilder out = new StringBuilder();
        String name = state.name().text();
        row(
                out,
                name,
                state.privateKey().isPresent() ? HIDDEN : NONE,
                state.publicKey().map(PublicKey::toBase64).orElse(NONE),
                String.valueOf(state.listenPort()),
                state.fwmark() == 0 ? "off" : "0x" + Integer.toHexString(state.fwmark()));
        for (PeerState peer : state.peers()) {
            String allowed = list(peer.allowedIps());
            row(
                    out,
                    name,
                    peer.publicKey().toBase64(),
                    peer.presharedKey().isPresent() ? HIDDEN : NONE,
                    peer.endpoint().map(Endpoint.Numeric::text).orElse(NONE),
                    allowed.isEmpty() ? NONE : allowed,
                    String.valueOf(peer.latestHandshake().seconds()),
                    String.valueOf(peer.rxBytes()),
                    String.valueOf(peer.txBytes()),
                    peer.persistentKeepalive() == 0 ? "off" : String.valueOf(peer.persistentKeepalive()));
        }
        return out.toString();
    }

    private static String list(List<IpPrefix> prefixes) {
        StringBuilder list = new StringBuilder();
        for (IpPrefix prefix : prefixes) {
            list.append(list.isEmpty() ? "" : ",").append(prefix.text());
        }
        return list.toString();
    }

    private static void row(StringBuilder out, String... columns) {
        for (int i = 0; i < columns.length; i++) {
            out.append(i == 0 ? "" : "\t").append(columns[i]);
        }
        out.append('\n');
    }
}
