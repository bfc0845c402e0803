// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.util.List;

/// What is wrong with a peer.
///
/// @param isCertain whether more observation cannot change it
/// @param sentence the cause in one sentence
/// @param evidence what was seen, the most telling first
/// @param remedies commands, or sentences where no command mends it
/// @param undecided causes that this host cannot tell apart, with what tells them apart
public record Verdict(
        Cause cause,
        boolean isCertain,
        String sentence,
        List<Evidence> evidence,
        List<String> remedies,
        List<String> undecided) {
    public Verdict {
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
        undecided = List.copyOf(undecided);
    }

    /// Whether the peer works.
    public boolean isHealthy() {
        return cause == Cause.HEALTHY;
    }
}
