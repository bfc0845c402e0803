// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.key.PublicKey;
import java.util.Optional;

/// Causes that the interface's configuration shows: no packet is needed to see them.
final class SetupRows {
    private SetupRows() {}

    static Optional<Verdict> of(Facts facts) {
        LinkFacts link = facts.link();
        Findings findings = new Findings(facts);
        if (!link.up()) {
            return findings.seen("link", link.name() + " is not up")
                    .remedy("ip link set " + link.name() + " up")
                    .tell(Cause.INTERFACE_DOWN, true, "The interface " + link.name() + " is switched off.");
        }
        if (link.publicKey().isEmpty()) {
            return findings.seen("key", link.name() + " has no private key, so it sends and accepts nothing")
                    .remedy("wg set " + link.name() + " private-key FILE")
                    .tell(Cause.NO_PRIVATE_KEY, true, "The interface " + link.name() + " has no private key.");
        }
        return facts.peer().isEmpty() ? withoutPeer(facts, findings) : Optional.empty();
    }

    private static Optional<Verdict> withoutPeer(Facts facts, Findings findings) {
        LinkFacts link = facts.link();
        Optional<PublicKey> wanted = facts.wanted().flatMap(PublicKey::parseBase64);
        if (wanted.isPresent() && wanted.equals(link.publicKey())) {
            return findings.seen("key", wanted.get().toBase64() + " is the public key of " + link.name() + " itself")
                    .remedy("put the far end's public key into the file: `wg show IFACE public-key' prints it there")
                    .tell(
                            Cause.PEER_IS_SELF,
                            true,
                            "The peer's public key is the interface's own, so WireGuard has left the peer out.");
        }
        if (facts.wanted().isPresent()) {
            return findings.seen("peers", link.name() + " has " + peers(link.peers()))
                    .remedy("wg show " + link.name() + " peers")
                    .tell(
                            Cause.NO_SUCH_PEER,
                            true,
                            "The interface " + link.name() + " has no peer "
                                    + facts.wanted().get() + ".");
        }
        findings.seen("peers", link.name() + " has no peers");
        if (link.txErrors() > 0) {
            findings.seen("link", link.name() + " refused " + link.txErrors() + " packets: no peer takes them");
        }
        return findings.perhaps("the file has no [Peer] section")
                .perhaps("its peer has the interface's own public key: WireGuard leaves such a peer out")
                .remedy("wg set " + link.name() + " peer KEY endpoint HOST:PORT allowed-ips PREFIX")
                .tell(Cause.NO_SUCH_PEER, true, "The interface " + link.name() + " has no peers.");
    }

    private static String peers(int count) {
        return count == 0 ? "no peers" : count == 1 ? "one peer" : count + " peers";
    }
}
