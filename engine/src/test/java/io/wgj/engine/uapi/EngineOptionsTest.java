// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {
    private static final PublicKey ALICE = PublicKey.of(new byte[32]);
    private static final PublicKey BOB = PublicKey.of(bytes());
    private static final IpPrefix HOST = new IpPrefix(IpAddress.ofV4(0xc000_0201), 32);
    private static final IpPrefix NETWORK = new IpPrefix(IpAddress.ofV4(0xc633_6400), 24);

    @Test
    void anEnginesStatisticsHoldItsOptions() throws Exception {
        EngineOptions told = EngineOptions.of(List.of(
                new EngineStat("aead", "jdk"),
                new EngineStat("underlay_source", "192.0.2.1,2001:db8::1"),
                new EngineStat("allowed_sources", "198.51.100.0/24"),
                new EngineStat("public_key", BOB.toHex()),
                new EngineStat("allowed_sources", "192.0.2.1/32,198.51.100.0/24")));

        assertThat(told)
                .isEqualTo(new EngineOptions(
                        Change.set(List.of(
                                IpAddress.ofV4(0xc000_0201),
                                IpAddress.parse("2001:db8::1").orElseThrow())),
                        Change.set(List.of(NETWORK)),
                        Map.of(BOB, List.of(HOST, NETWORK))));
    }

    @Test
    void nonsenseIsNoReply() {
        assertThatThrownBy(() -> EngineOptions.of(List.of(new EngineStat("allowed_sources", "somewhere"))))
                .isInstanceOf(DeviceException.class);
    }

    @Test
    void onlyWhatIsNewIsSaid() {
        EngineOptions told = wish(List.of(NETWORK), Map.of(ALICE, List.of(HOST)));

        assertThat(told.since(told).isEmpty()).isTrue();
        assertThat(wish(List.of(), Map.of(BOB, List.of(HOST))).since(told))
                .as("a peer that is not mentioned any more is free")
                .isEqualTo(new EngineOptions(
                        Change.keep(), Change.set(List.of()), Map.of(ALICE, List.of(), BOB, List.of(HOST))));
    }

    @Test
    void aFileWithoutOptionsSuitsEveryEngine() {
        assertThat(wish(List.of(), Map.of()).isUnrestricted()).isTrue();
        assertThat(wish(List.of(), Map.of(BOB, List.of(HOST))).isUnrestricted()).isFalse();
    }

    private static EngineOptions wish(List<IpPrefix> sources, Map<PublicKey, List<IpPrefix>> peers) {
        return new EngineOptions(Change.set(List.of()), Change.set(sources), peers);
    }

    private static byte[] bytes() {
        byte[] key = new byte[32];
        key[0] = 9;
        return key;
    }
}
