// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.util.Map;
import java.util.OptionalInt;

/// What wgj's engine says.
///
/// @param drops how much its counts of dropped packets grew, by reason, such as `handshake_bad_authenticator`
/// @param sendError the error number of the last attempt to send to the peer, when that failed
public record EngineFacts(Map<String, Long> drops, OptionalInt sendError) {
    public EngineFacts {
        drops = Map.copyOf(drops);
    }

    /// How much one count grew.
    public long dropped(String reason) {
        return drops.getOrDefault(reason, 0L);
    }
}
