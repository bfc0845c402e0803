// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.config.file.PeerSection;
import io.wgj.config.key.PublicKey;
import io.wgj.quick.model.Fingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Fingerprints of endpoints, by which a later reload detects that the text of one has changed.
final class EndpointFingerprints {
    private EndpointFingerprints() {}

    /// One fingerprint of each peer's key and endpoint, for peers that have an endpoint. Of several sections of a
    /// peer the last one counts.
    static Map<PublicKey, Long> of(List<PeerSection> sections) {
        Map<PublicKey, Long> fingerprints = new HashMap<>();
        for (PeerSection section : sections) {
            if (section.endpoint().isPresent()) {
                String text = section.publicKey().toBase64() + " "
                        + section.endpoint().get().value().text();
                fingerprints.put(section.publicKey(), Fingerprint.of(text));
            }
        }
        return fingerprints;
    }
}
