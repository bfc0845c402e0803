// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import java.util.OptionalLong;

/// What a monitor keeps of a peer over its own restart. It holds only for the same boot and the same peer of
/// the same interface.
///
/// @param state           the state
/// @param verdict         the verdict; with it [PeerLiveness#restore] neither repeats nor loses a change
/// @param sinceNanos      when the state began
/// @param latestHandshake of the last sample, as in [PeerSample]
/// @param lastHeardNanos  when the peer was last heard; empty for never
/// @param lossLearned     the chance that an answer is lost, 0.20 to 0.58
public record SavedLiveness(
        PeerState state,
        Verdict verdict,
        long sinceNanos,
        long latestHandshake,
        OptionalLong lastHeardNanos,
        double lossLearned) {}
