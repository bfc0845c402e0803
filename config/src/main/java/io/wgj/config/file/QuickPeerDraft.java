// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Our keys of a `[Peer]` section while its lines are read.
final class QuickPeerDraft {
    private final Place place;
    private final List<IpPrefix> allowedSources = new ArrayList<>();
    private final List<Located<String>> peerUp = new ArrayList<>();
    private final List<Located<String>> peerDown = new ArrayList<>();
    private Optional<Located<String>> presharedKeyFile = Optional.empty();
    private Optional<Probe> probe = Optional.empty();
    private Optional<Duration> withdrawRoutesAfter = Optional.empty();
    private Optional<Duration> reresolveEndpoint = Optional.empty();

    /// @param place of the section's line
    QuickPeerDraft(Place place) {
        this.place = place;
    }

    /// @param place of the value
    void take(QuickLine line, Place place) throws ValueException {
        String value = line.value();
        switch (line.key()) {
            case "PresharedKeyFile" -> presharedKeyFile = Optional.of(new Located<>(place, QuickSyntax.text(value)));
            case "AllowedSources" -> allowedSources.addAll(QuickSyntax.networks(value));
            case "PeerUp" -> peerUp.add(new Located<>(place, QuickSyntax.text(line.rawValue())));
            case "PeerDown" -> peerDown.add(new Located<>(place, QuickSyntax.text(line.rawValue())));
            case "Probe" -> probe = Optional.of(QuickSyntax.probe(value));
            case "WithdrawRoutesAfter" -> withdrawRoutesAfter = Optional.of(QuickSyntax.duration(value));
            default -> reresolveEndpoint = Optional.of(QuickSyntax.duration(value));
        }
    }

    PeerSection finish() {
        return new PeerSection(
                place,
                presharedKeyFile,
                allowedSources,
                peerUp,
                peerDown,
                probe,
                withdrawRoutesAfter,
                reresolveEndpoint);
    }
}
