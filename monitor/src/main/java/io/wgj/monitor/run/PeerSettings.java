// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.file.PeerSection;
import java.util.List;
import java.util.Optional;

/// What the configuration file says of a peer, as far as the monitor needs it.
///
/// @param name of the peer; empty when the file gives none
/// @param section the last one of the peer
/// @param peerUp the commands of all its sections, `%i` unexpanded
/// @param peerDown likewise
record PeerSettings(Optional<String> name, Optional<PeerSection> section, List<String> peerUp, List<String> peerDown) {
    /// A peer that the file does not mention.
    static final PeerSettings NONE = new PeerSettings(Optional.empty(), Optional.empty(), List.of(), List.of());

    PeerSettings {
        peerUp = List.copyOf(peerUp);
        peerDown = List.copyOf(peerDown);
    }

    /// Whether a late sample would make something late.
    boolean needsPromptSamples() {
        return !peerUp.isEmpty()
                || !peerDown.isEmpty()
                || section.isPresent() && section.get().withdrawRoutesAfter().isPresent();
    }
}
