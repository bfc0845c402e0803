// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.key.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a doctor is asked to do.
///
/// @param peer the one that is looked at; empty for all
/// @param time how long to observe at most
/// @param passive whether nothing is sent
/// @param probe whether two datagrams are sent to a port beside the endpoint's
/// @param far the far end's interfaces, where they are known; they are looked for on this host otherwise
/// @param names what the names of endpoints stand for, by peer; empty where nothing may be sent
/// @param notes facts of the caller's, for every verdict
public record Wish(
        Optional<PublicKey> peer,
        Duration time,
        boolean passive,
        boolean probe,
        List<FarDevice> far,
        Map<PublicKey, NameFacts> names,
        List<String> notes) {
    public Wish {
        far = List.copyOf(far);
        names = Map.copyOf(names);
        notes = List.copyOf(notes);
    }
}
