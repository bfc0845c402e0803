// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import static io.wgj.diagnosis.doctor.FactsDraft.OTHER;
import static io.wgj.diagnosis.doctor.FactsDraft.OWN;
import static io.wgj.diagnosis.doctor.FactsDraft.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.DeviceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the far end prints of itself.
class FarDumpTest {
    private static final PrivateKey SECRET = PrivateKey.fromRandom(new byte[32]);
    private static final DeviceState STATE = new DeviceState(
            new DeviceName("wg0"),
            Optional.of(SECRET),
            Optional.of(PEER),
            51820,
            0,
            List.of(new PeerState(OWN)
                    .withAllowedIps(List.of(FactsDraft.prefix("10.9.0.1", 32), FactsDraft.prefix("fd00::", 64)))
                    .withLatestHandshake(new HandshakeTime(1_700_000_000, 5))
                    .withTraffic(148, 92)
                    .withPresharedKey(PresharedKey.parseBase64(OTHER.toBase64()).orElseThrow())));

    @Test
    void isReadAgainWithoutItsSecrets() {
        String text = FarDump.write(STATE);
        assertThat(text).doesNotContain(SECRET.toBase64(), OTHER.toBase64()).contains("(hidden)");

        FarDevice device = FarDump.read(text, "FILE").orElseThrow().getFirst();
        assertThat(device.key()).contains(PEER);
        assertThat(device.listenPort()).isEqualTo(51820);
        FarFacts.Us us = device.facts(OWN, Optional.empty()).us().orElseThrow();
        assertThat(us.allowedIps()).hasSize(2);
        assertThat(us.handshake()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(us.rx()).isEqualTo(148);
        assertThat(us.tx()).isEqualTo(92);
    }

    @Test
    void theFarEndsHostSaysMore() {
        FarDevice.HostSide host = new FarDevice.HostSide(
                Instant.ofEpochSecond(1_700_000_100), false, 1420, List.of(FactsDraft.prefix("10.9.0.2", 24)));
        String text = FarDump.write(STATE, host);
        assertThat(text).endsWith("host\twg0\t1700000100\tdown\t1420\t10.9.0.2/24\n");

        FarDevice device = FarDump.read(text + text.replace("51820", "51999"), "FILE")
                .orElseThrow()
                .getFirst();
        assertThat(device.host()).contains(host);
        FarFacts facts = device.facts(OWN, Optional.empty());
        assertThat(facts.up()).contains(false);
        assertThat(facts.clock()).contains(host.clock());
        assertThat(FarDump.read(FarDump.write(STATE), "FILE")
                        .orElseThrow()
                        .getFirst()
                        .host())
                .isEmpty();
    }

    @Test
    void isAlsoReadWithoutTheNameOfTheInterface() {
        String text = FarDump.write(STATE).replace("wg0\t", "");
        assertThat(FarDump.read(text, "FILE").orElseThrow()).hasSize(1);
    }

    @Test
    void otherTextIsNoDump() {
        assertThat(FarDump.read("", "FILE")).isEmpty();
        assertThat(FarDump.read("interface: wg0\n  public key: x\n", "FILE")).isEmpty();
        assertThat(FarDump.read("a\tb\tc\td\te\n1\t2\t3\t4\t5\t6\t7\t8\t9\n", "FILE"))
                .isEmpty();
    }

    @Test
    void growthNeedsTwoReadings() {
        FarDevice before = FarDevice.of("here", STATE);
        FarFacts facts = before.facts(OWN, Optional.of(before));
        assertThat(facts.live()).isTrue();
        assertThat(facts.us().orElseThrow().rx()).isZero();
        assertThat(before.facts(OWN, Optional.empty()).live()).isFalse();
    }

    @Test
    void theFarEndAmongSeveralHasThePeersKeyOrKnowsThisEnd() {
        FarDevice knowsUs = FarDevice.of("knows us", STATE);
        FarDevice stranger = new FarDevice("stranger", Optional.of(OTHER), 51820, java.util.Map.of());
        List<FarDevice> both = List.of(stranger, knowsUs);
        assertThat(FarDevice.among(both, OWN, OTHER, 51820, false)).contains(stranger);
        assertThat(FarDevice.among(both, OWN, FactsDraft.key(9), 51820, false)).contains(knowsUs);
        assertThat(FarDevice.among(List.of(stranger), OWN, PEER, 51820, false)).isEmpty();
        assertThat(FarDevice.among(List.of(stranger), OWN, PEER, 51820, true)).contains(stranger);
    }
}
