// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.IpAddress;
import java.util.Map;
import java.util.Optional;

/// What was observed inside the tunnel: the doctor's own echo, and the packets of others.
///
/// @param target where the echo was sent; empty when none was
/// @param shouldAnswer whether the peer's allowed IPs name exactly this address, so that a host is there
/// @param failure why the echo could not be sent
/// @param asked how many echo requests were sent
/// @param answered how many were answered
/// @param largeAnswered whether an echo of the interface's MTU was answered; empty when none is sent
/// @param leastAnswered whether one of 1280 bytes was answered, after that; empty when none was sent
/// @param replies packets of the address that was asked that came out of the interface
/// @param arrived packets from the peer's allowed IPs that came out of the interface
/// @param sent packets of anyone to the peer's allowed IPs that went into the interface
/// @param unowned packets by destination that went into the interface, and that no peer takes
/// @param foreign packets by destination that came out of the interface for hosts other than this one
/// @param forwards whether this host forwards packets that come out of the interface
public record InsideFacts(
        Optional<IpAddress> target,
        boolean shouldAnswer,
        Optional<String> failure,
        int asked,
        int answered,
        Optional<Boolean> largeAnswered,
        Optional<Boolean> leastAnswered,
        int replies,
        int arrived,
        int sent,
        Map<IpAddress, Integer> unowned,
        Map<IpAddress, Integer> foreign,
        boolean forwards) {
    /// Nothing was sent and nothing seen.
    public static final InsideFacts NONE = new InsideFacts(
            Optional.empty(),
            false,
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            Map.of(),
            Map.of(),
            true);

    public InsideFacts {
        unowned = Map.copyOf(unowned);
        foreign = Map.copyOf(foreign);
    }
}
