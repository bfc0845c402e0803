// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files that are the ends of one network.
final class NetworkCheck {
    private final List<CheckedFile> files;
    private final Map<PublicKey, CheckedFile> byKey = new HashMap<>();
    private final IdentityHashMap<CheckedFile, Integer> order = new IdentityHashMap<>();

    NetworkCheck(List<CheckedFile> files) {
        this.files = files;
    }

    void run(Report report) {
        for (CheckedFile file : files) {
            order.put(file, order.size());
            Optional<PublicKey> key = file.publicKey();
            CheckedFile earlier = key.isEmpty() ? null : byKey.putIfAbsent(key.get(), file);
            if (earlier != null) {
                report.add(
                        CheckCode.KEY_IN_TWO_FILES,
                        file.index().place(Key.PRIVATE_KEY),
                        earlier.name() + " has the same private key: the others take the two for one end",
                        "make another key with `wgj genkey'");
            }
        }
        OneHostCheck.addresses(files, report);
        for (CheckedFile file : files) {
            for (PeerSection peer : file.peers()) {
                CheckedFile other = byKey.get(peer.publicKey());
                if (other != null && other != file) {
                    pair(file, peer, other, report);
                }
            }
            addresses(file, report);
        }
        if (files.size() == 2) {
            strangers(files.getFirst(), files.getLast(), report);
        }
    }

    /// One end, its section about the other, and the other.
    private void pair(CheckedFile file, PeerSection peer, CheckedFile other, Report report) {
        if (file.publicKey().isEmpty()) {
            return;
        }
        PeerSection back = peerOf(other, file.publicKey().get());
        if (back == null) {
            report.add(
                    CheckCode.UNKNOWN_TO_OTHER_END,
                    file.index().place(peer, Key.PUBLIC_KEY),
                    other.name() + " has no peer with the public key of " + file.name() + ", so it drops what comes"
                            + " from here",
                    "put this into its [Peer] section",
                    List.of("PublicKey = " + file.publicKey().get().toBase64()));
            return;
        }
        boolean once = order.getOrDefault(file, 0) < order.getOrDefault(other, 0);
        if (once && isKnown(peer) && isKnown(back) && !presharedKey(peer).equals(presharedKey(back))) {
            report.add(
                    CheckCode.PRESHARED_KEYS_DIFFER,
                    file.index().place(peer, Key.PRESHARED_KEY),
                    "the peer of " + other.name() + ":" + back.place().line()
                            + (presharedKey(peer).isPresent()
                                            && presharedKey(back).isPresent()
                                    ? " has another preshared key"
                                    : presharedKey(peer).isPresent() ? " has no preshared key" : " has a preshared key")
                            + ": no handshake completes",
                    "write the same PresharedKey at both ends, or none");
        }
        boolean called = peer.endpoint().isPresent() || back.endpoint().isPresent();
        boolean byHook = file.hookSays("endpoint") || other.hookSays("endpoint");
        if (once && !called && !byHook) {
            report.add(
                    CheckCode.NEITHER_END_CALLS,
                    peer.place(),
                    "neither this file nor " + other.name() + " has an Endpoint for the other",
                    "add an Endpoint at one end");
        }
    }

    private static boolean isKnown(PeerSection peer) {
        return peer.presharedKeyFile().isEmpty();
    }

    /// The preshared key of a section; a key of zeros is none.
    private static Optional<PresharedKey> presharedKey(PeerSection peer) {
        return peer.settings().presharedKey().value().filter(key -> !key.equals(PresharedKey.of(new byte[32])));
    }

    private static @Nullable PeerSection peerOf(CheckedFile file, PublicKey key) {
        PeerSection found = null;
        for (PeerSection peer : file.peers()) {
            found = peer.publicKey().equals(key) ? peer : found;
        }
        return found;
    }

    /// Addresses that no other end lets in. Only where the files of all peers are given.
    private void addresses(CheckedFile file, Report report) {
        if (file.publicKey().isEmpty() || file.peers().isEmpty()) {
            return;
        }
        List<PeerSection> views = new ArrayList<>();
        String names = "";
        for (PeerSection peer : file.peers()) {
            CheckedFile other = byKey.get(peer.publicKey());
            PeerSection view =
                    other == null ? null : peerOf(other, file.publicKey().get());
            if (other == null || view == null) {
                return;
            }
            views.add(view);
            names += (names.isEmpty() ? "" : ", ") + other.name() + ":"
                    + view.place().line();
        }
        for (Located<IpPrefix> address : file.section().addresses()) {
            boolean allowed = false;
            for (PeerSection view : views) {
                for (AllowedIpUpdate entry : view.settings().allowedIps()) {
                    allowed |= entry.prefix().contains(address.value().address());
                }
            }
            if (!allowed) {
                report.add(
                        CheckCode.ADDRESS_NOT_ALLOWED,
                        address.place(),
                        "the other end (" + names + ") does not allow "
                                + address.value().address() + " for this peer, and drops its packets",
                        "add it to the AllowedIPs there",
                        List.of("AllowedIPs = "
                                + IpPrefix.host(address.value().address()).text()));
            }
        }
    }

    /// Two files with a peer each, neither of which is the other.
    private static void strangers(CheckedFile one, CheckedFile other, Report report) {
        if (one.peers().size() != 1
                || other.peers().size() != 1
                || one.publicKey().isEmpty()
                || other.publicKey().isEmpty()
                || one.peers()
                        .getFirst()
                        .publicKey()
                        .equals(other.peers().getFirst().publicKey())
                || peerOf(one, other.publicKey().get()) != null
                || peerOf(other, one.publicKey().get()) != null) {
            return;
        }
        stranger(one, other, report);
        stranger(other, one, report);
    }

    private static void stranger(CheckedFile file, CheckedFile other, Report report) {
        report.add(
                CheckCode.UNKNOWN_TO_OTHER_END,
                file.index().place(file.peers().getFirst(), Key.PUBLIC_KEY),
                "this is not the public key of " + other.name() + ", whose private key has another one",
                "if the two files are the ends of one tunnel, write",
                List.of("PublicKey = " + other.publicKey().orElseThrow().toBase64()));
    }
}
