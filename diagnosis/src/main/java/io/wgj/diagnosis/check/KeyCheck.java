// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.PeerSection;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keys that cannot work, or that protect nothing.
final class KeyCheck {
    /// Random keys with so few different bytes do not occur: less than one in 2^150.
    private static final int FEW_BYTES = 4;

    private KeyCheck() {}

    /// An interface without a private key sends no answer.
    static void privateKey(CheckedFile file, Report report) {
        boolean elsewhere = file.section().privateKeyFile().isPresent()
                || file.section().privateKeyCommand().isPresent()
                || file.hookSays("private-key")
                || file.hookSays("setconf")
                || file.hookSays("addconf")
                || file.hookSays("syncconf");
        boolean refused = !file.parsed().wgProblems().isEmpty();
        Optional<PrivateKey> key = file.section().privateKey();
        boolean none = key.isEmpty() || isZero(key.get().toBytes());
        if (none
                && !elsewhere
                && !refused
                && file.section().present()
                && !file.peers().isEmpty()) {
            report.add(
                    CheckCode.NO_PRIVATE_KEY,
                    key.isEmpty() ? file.start() : file.index().place(Key.PRIVATE_KEY),
                    "the file has no private key, and names no place for it",
                    "add PrivateKey or PrivateKeyFile");
        } else if (key.isPresent() && !none && isWeak(key.get().toBytes())) {
            report.add(
                    CheckCode.WEAK_KEY,
                    file.index().place(Key.PRIVATE_KEY),
                    "the private key is not random: it consists of few different bytes",
                    "make one with `wgj genkey'");
        }
    }

    /// WireGuard ignores a peer with the interface's own key.
    static void ownKey(CheckedFile file, Report report) {
        Optional<PublicKey> own = file.peers().isEmpty() ? Optional.empty() : file.publicKey();
        for (PeerSection peer : file.peers()) {
            if (own.isPresent() && own.get().equals(peer.publicKey())) {
                report.add(
                        CheckCode.OWN_KEY_AS_PEER,
                        file.index().place(peer, Key.PUBLIC_KEY),
                        "this is the public key of this interface itself, so WireGuard leaves out the peer",
                        "put the other end's public key here");
            }
        }
    }

    /// Public keys that make every shared secret the same.
    static void publicKeys(CheckedFile file, Report report) {
        for (PeerSection peer : file.peers()) {
            if (LowOrderPoints.contains(peer.publicKey().toBytes())) {
                report.add(
                        CheckCode.LOW_ORDER_KEY,
                        file.index().place(peer, Key.PUBLIC_KEY),
                        "no handshake is possible with this public key: it is a point of low order",
                        "put the other end's public key here");
            }
        }
    }

    /// Preshared keys that are none.
    static void presharedKeys(CheckedFile file, Report report) {
        for (PeerSection peer : file.peers()) {
            // A parser that clears a key of zeros still has the line.
            boolean mentioned = peer.settings().presharedKey().isMentioned();
            Optional<PresharedKey> key = peer.settings().presharedKey().value();
            if (!mentioned) {
                continue;
            }
            if (key.isEmpty() || isZero(key.get().toBytes())) {
                report.add(
                        CheckCode.ZERO_PRESHARED_KEY,
                        file.index().place(peer, Key.PRESHARED_KEY),
                        "a preshared key of zeros is none",
                        "remove the line, or make a key with `wgj genpsk'");
            } else if (isWeak(key.get().toBytes())) {
                report.add(
                        CheckCode.WEAK_KEY,
                        file.index().place(peer, Key.PRESHARED_KEY),
                        "the preshared key is not random: it consists of few different bytes",
                        "make one with `wgj genpsk', for both ends");
            }
        }
    }

    /// Two sections of one key are one peer.
    static void peerTwice(CheckedFile file, Report report) {
        Map<PublicKey, PeerSection> seen = new HashMap<>();
        for (PeerSection peer : file.peers()) {
            PeerSection earlier = seen.put(peer.publicKey(), peer);
            if (earlier != null) {
                report.add(
                        CheckCode.PEER_TWICE,
                        file.index().place(peer, Key.PUBLIC_KEY),
                        "the peer of line " + earlier.place().line() + " has the same public key; the AllowedIPs of"
                                + " this section replace those of that one",
                        "join the sections, or put the right key into one of them");
            }
        }
    }

    private static boolean isZero(byte[] key) {
        int any = 0;
        for (byte b : key) {
            any |= b;
        }
        return any == 0;
    }

    private static boolean isWeak(byte[] key) {
        byte[] sorted = key.clone();
        Arrays.sort(sorted);
        int different = 1;
        for (int i = 1; i < sorted.length; i++) {
            different += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        Arrays.fill(sorted, (byte) 0);
        return different <= FEW_BYTES;
    }
}
