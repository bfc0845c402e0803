// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.RouteTable;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Files that are up on one host at the same time.
final class OneHostCheck {
    private OneHostCheck() {}

    static void run(List<CheckedFile> files, Report report) {
        ranges(files, report);
        ports(files, report);
        addresses(files, report);
        keys(files, report);
        nested(files, report);
    }

    /// A value and the file that had it first.
    private record First<T>(CheckedFile file, Located<T> value) {
        String where() {
            return value.place().file() + ":" + value.place().line();
        }
    }

    /// The same network in the same table.
    private static void ranges(List<CheckedFile> files, Report report) {
        Map<String, First<IpPrefix>> seen = new HashMap<>();
        for (CheckedFile file : files) {
            String table = table(file);
            if (table.isEmpty()) {
                continue;
            }
            for (PeerSection peer : file.peers()) {
                for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                    IpPrefix network = written.value().masked();
                    First<IpPrefix> first = seen.putIfAbsent(table + " " + network.text(), new First<>(file, written));
                    if (first != null && first.file() != file) {
                        boolean all = network.length() == 0 && table.equals("auto");
                        report.add(
                                CheckCode.RANGE_IN_TWO_FILES,
                                written.place(),
                                network.text() + " is routed by " + first.where() + " too"
                                        + (all
                                                ? ": the tunnel that comes up last takes all packets"
                                                : ": the tunnel that comes up second fails"),
                                all
                                        ? "route all packets through one tunnel, and networks through the others"
                                        : "give each tunnel its own networks, or a Table of its own");
                    }
                }
            }
        }
    }

    /// The name of the table that the allowed IPs go to; empty for none.
    private static String table(CheckedFile file) {
        RouteTable table = file.section().table();
        if (table instanceof RouteTable.Numbered numbered) {
            return Integer.toUnsignedString(numbered.number());
        }
        if (table instanceof RouteTable.Named named) {
            return named.name();
        }
        return table instanceof RouteTable.Auto ? "auto" : "";
    }

    private static void ports(List<CheckedFile> files, Report report) {
        Map<ListenPort, First<ListenPort>> seen = new HashMap<>();
        for (CheckedFile file : files) {
            if (file.section().listenPort().isEmpty()) {
                continue;
            }
            Located<ListenPort> port = file.section().listenPort().get();
            if (port.value().equals(new ListenPort.Numbered(0))) {
                continue;
            }
            First<ListenPort> first = seen.putIfAbsent(port.value(), new First<>(file, port));
            if (first != null) {
                report.add(
                        CheckCode.PORT_IN_TWO_FILES,
                        port.place(),
                        first.where() + " has the port " + port.text() + " too: only one of them can be up",
                        "choose another port");
            }
        }
    }

    /// The same address in two files.
    static void addresses(List<CheckedFile> files, Report report) {
        Map<IpAddress, First<IpPrefix>> seen = new HashMap<>();
        for (CheckedFile file : files) {
            for (Located<IpPrefix> address : file.section().addresses()) {
                First<IpPrefix> first = seen.putIfAbsent(address.value().address(), new First<>(file, address));
                if (first != null && first.file() != file) {
                    report.add(
                            CheckCode.ADDRESS_IN_TWO_FILES,
                            address.place(),
                            first.where() + " has the address "
                                    + address.value().address() + " too",
                            "choose another address");
                }
            }
        }
    }

    /// One private key for two interfaces that call the same peer.
    private static void keys(List<CheckedFile> files, Report report) {
        Map<PrivateKey, List<CheckedFile>> seen = new HashMap<>();
        for (CheckedFile file : files) {
            if (file.privateKey().isEmpty()) {
                continue;
            }
            List<CheckedFile> others = seen.computeIfAbsent(file.privateKey().get(), _ -> new ArrayList<>());
            for (CheckedFile other : others) {
                if (sharePeer(file, other)) {
                    report.add(
                            CheckCode.KEY_IN_TWO_FILES,
                            file.index().place(Key.PRIVATE_KEY),
                            other.name() + " has the same private key, and a peer that this file has too: that peer"
                                    + " sends everything to the one it has heard last",
                            "make another key with `wgj genkey'");
                    break;
                }
            }
            others.add(file);
        }
    }

    private static boolean sharePeer(CheckedFile one, CheckedFile other) {
        for (PeerSection peer : one.peers()) {
            PublicKey key = peer.publicKey();
            for (PeerSection theirs : other.peers()) {
                if (theirs.publicKey().equals(key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Encrypted packets of one tunnel that go through another.
    private static void nested(List<CheckedFile> files, Report report) {
        List<CheckedFile> outer = new ArrayList<>();
        for (CheckedFile file : files) {
            if (file.section().mtu().isPresent() && file.section().table() instanceof RouteTable.Auto) {
                outer.add(file);
            }
        }
        for (CheckedFile file : outer) {
            Located<Integer> mtu = file.section().mtu().get();
            if (!file.section().underlays().isEmpty() || !file.hookLines().isEmpty()) {
                continue;
            }
            for (PeerSection peer : file.peers()) {
                if (peer.endpoint().isEmpty()
                        || !(peer.endpoint().get().value() instanceof Endpoint.Numeric endpoint)) {
                    continue;
                }
                for (CheckedFile other : outer) {
                    int fitting = MtuCheck.fitting(other.section().mtu().get().value(), endpoint.address());
                    if (other != file && mtu.value() > fitting && leadsTo(other, endpoint.address())) {
                        report.add(
                                CheckCode.MTU_IN_TUNNEL,
                                mtu.place(),
                                "the endpoint " + endpoint.address() + " is reached through the tunnel of "
                                        + other.name() + ", whose MTU is "
                                        + other.section().mtu().get().value() + ": packets above " + fitting
                                        + " bytes do not fit",
                                "lower the MTU",
                                List.of("MTU = " + fitting));
                        return;
                    }
                }
            }
        }
    }

    /// Whether a route of the main table leads to `address` through a tunnel. Default routes are left out: marks
    /// decide there.
    private static boolean leadsTo(CheckedFile file, IpAddress address) {
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                if (written.value().length() > 0 && written.value().contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }
}
