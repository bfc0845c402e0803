// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineFeaturesTest {
    @Test
    void everythingIsOnUnlessSaidOtherwise() {
        assertThat(of(Map.of(), Map.of())).isEqualTo(EngineFeatures.ALL_ON);
        assertThat(of(Map.of(), Map.of("WGJ_ENGINE_TUN_MERGE_TCP", "1"))).isEqualTo(EngineFeatures.ALL_ON);
    }

    @Test
    void eachNameSwitchesItsOwn() {
        EngineFeatures off = of(
                Map.of("wgj.engine.tun.merge.tcp", "0", "wgj.engine.equal.last.segment", "0"),
                Map.of("WGJ_ENGINE_UDP_SEND_TRAINS", "0"));
        assertThat(off)
                .isEqualTo(EngineFeatures.allBut(
                        EngineFeature.TUN_MERGE_TCP, EngineFeature.UDP_SEND_TRAINS, EngineFeature.EQUAL_LAST_SEGMENT));
        assertThat(off.has(EngineFeature.TUN_MERGE_TCP)).isFalse();
        assertThat(off.has(EngineFeature.TUN_MERGE_UDP)).isTrue();
    }

    @Test
    void thePropertyWins() {
        assertThat(of(Map.of("wgj.engine.tun.offloads", "1"), Map.of("WGJ_ENGINE_TUN_OFFLOADS", "0")))
                .isEqualTo(EngineFeatures.ALL_ON);
    }

    private static EngineFeatures of(Map<String, String> properties, Map<String, String> environment) {
        return EngineFeatures.of(properties::get, environment::get);
    }
}
