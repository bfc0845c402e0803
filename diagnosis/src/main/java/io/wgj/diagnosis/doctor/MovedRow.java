// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The row for an endpoint whose name has moved: whatever is wrong at the old address, the peer is no longer
/// there.
final class MovedRow {
    /// What an address looks like that its owner has left.
    private static final Set<Cause> OF_A_LEFT_ADDRESS =
            EnumSet.of(Cause.SILENCE, Cause.PORT_CLOSED, Cause.REFUSED, Cause.NEIGHBOUR_DEAD);

    private MovedRow() {}

    /// This row's verdict instead of another one, where it fits.
    static Verdict of(Facts facts, Verdict other) {
        Optional<Endpoint.Numeric> endpoint = facts.peer().flatMap(PeerFacts::endpoint);
        if (facts.name().isEmpty()
                || endpoint.isEmpty()
                || !OF_A_LEFT_ADDRESS.contains(other.cause())
                || !facts.name().get().isElsewhere(endpoint.get().address())) {
            return other;
        }
        NameFacts name = facts.name().get();
        StringBuilder addresses = new StringBuilder();
        for (IpAddress address : name.addresses()) {
            addresses.append(addresses.isEmpty() ? "" : ", ").append(address.text());
        }
        String link = facts.link().name();
        return new Findings(facts)
                .seen("name", name.text() + " in " + name.file() + " stands for " + addresses + " now")
                .seen("there", other.sentence())
                .traffic()
                .way()
                .remedy("wg set " + link + " peer " + Findings.key(facts) + " endpoint " + name.text())
                .remedy("to follow it from now on: ReresolveEndpoint in the file, and a monitor")
                // A peer that roams is at an address that its name does not stand for.
                .tell(
                        Cause.ENDPOINT_MOVED,
                        false,
                        "Packets go to " + endpoint.get().text() + ", and the endpoint's name stands for another"
                                + " address now.")
                .orElseThrow();
    }
}
