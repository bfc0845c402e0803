// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import static io.wgj.diagnosis.doctor.FactsDraft.address;
import static io.wgj.diagnosis.doctor.FactsDraft.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.PeerState;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where the doctor sends its echo.
class EchoTargetTest {
    private static Optional<EchoTarget> target(String own, IpPrefix... allowed) {
        PeerState peer = new PeerState(FactsDraft.PEER).withAllowedIps(List.of(allowed));
        return EchoTarget.of(peer, List.of(prefix(own, 24)), Set.of(address(own)));
    }

    @Test
    void anAddressThatTheAllowedIpsNameShouldAnswer() {
        assertThat(target("10.9.0.1", prefix("192.168.0.0", 16), prefix("10.9.0.2", 32)))
                .contains(new EchoTarget(address("10.9.0.2"), true));
    }

    @Test
    void otherAddressesAreGuesses() {
        assertThat(target("10.9.0.2", prefix("0.0.0.0", 0))).contains(new EchoTarget(address("10.9.0.1"), false));
        assertThat(target("10.9.0.1", prefix("10.9.0.0", 24))).contains(new EchoTarget(address("10.9.0.2"), false));
        assertThat(target("10.9.0.1", prefix("192.168.0.0", 16)))
                .contains(new EchoTarget(address("192.168.0.1"), false));
    }

    @Test
    void behindPrefixesThatSayNothingNobodyIsAsked() {
        assertThat(target("10.9.0.1", prefix("128.0.0.0", 1))).contains(new EchoTarget(address("192.0.2.1"), false));
        assertThat(target("10.9.0.1", prefix("::", 0))).contains(new EchoTarget(address("2001:db8::1"), false));
        assertThat(target("10.9.0.1")).isEmpty();
        assertThat(target("10.9.0.1", prefix("10.9.0.1", 32))).isEmpty();
    }
}
