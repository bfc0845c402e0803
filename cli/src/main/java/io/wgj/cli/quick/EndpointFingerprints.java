// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.config.file.PeerSection;
import io.wgj.config.key.PublicKey;
import io.wgj.quick.model.Fingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers by which a later reload knows the endpoints whose text has changed.
final class EndpointFingerprints {
    private EndpointFingerprints() {}

    /// Of each peer's key and the text of its endpoint: of several sections of a peer, the last one's. Only of peers
    /// that have an endpoint.
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
