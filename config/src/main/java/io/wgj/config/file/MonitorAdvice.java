// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.time.Duration;
import java.util.Optional;

/// Advice on the keys of one peer that `wgj monitor` acts on: lines that do nothing, or less than one would think.
final class MonitorAdvice {
    /// The longest time until a peer with keepalives on both ends and no traffic is found down.
    private static final Duration SLOWEST_VERDICT = Duration.ofMinutes(5);

    private MonitorAdvice() {}

    static void give(PeerBuilder peer, Findings findings) {
        withdrawal(peer, findings);
        probe(peer, findings);
        endpoint(peer, findings);
    }

    private static void withdrawal(PeerBuilder peer, Findings findings) {
        if (peer.withdrawRoutesAfter.isEmpty()) {
            advise(peer, findings, Key.WITHDRAW_ROUTES, "WithdrawRoutes does nothing without WithdrawRoutesAfter");
            return;
        }
        if (peer.probe.isPresent()) {
            return;
        }
        if (peer.persistentKeepalive.value().isEmpty()) {
            advise(
                    peer,
                    findings,
                    Key.WITHDRAW_ROUTES_AFTER,
                    "once the routes are gone, nothing is sent to the peer, so they return only when the peer calls;"
                            + " `Probe = ADDRESS' or PersistentKeepalive keeps calling it");
        } else if (peer.withdrawRoutesAfter.get().compareTo(SLOWEST_VERDICT) < 0) {
            advise(
                    peer,
                    findings,
                    Key.WITHDRAW_ROUTES_AFTER,
                    "without traffic, keepalives alone show only after up to 300 s that a peer is down;"
                            + " `Probe = ADDRESS' shows it within 28 s");
        }
    }

    private static void probe(PeerBuilder peer, Findings findings) {
        if (peer.probe.isPresent() && !allows(peer, peer.probe.get().address())) {
            advise(
                    peer,
                    findings,
                    Key.PROBE,
                    peer.probe.get().address() + " is not in the AllowedIPs of the peer, so no probe is sent");
        }
    }

    private static boolean allows(PeerBuilder peer, IpAddress address) {
        for (AllowedIpUpdate entry : peer.allowedIps()) {
            if (entry.prefix().contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static void endpoint(PeerBuilder peer, Findings findings) {
        boolean isName =
                peer.endpoint.value().isPresent() && peer.endpoint.value().get().value() instanceof Endpoint.Named;
        if (!isName) {
            advise(
                    peer,
                    findings,
                    Key.RERESOLVE_ENDPOINT,
                    "ReresolveEndpoint does nothing: the section has no Endpoint that is a name");
        }
    }

    private static void advise(PeerBuilder peer, Findings findings, Key key, String text) {
        Place place = peer.places.get(key);
        if (place != null) {
            findings.advise(place, Optional.of(text));
        }
    }
}
