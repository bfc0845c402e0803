// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SwitchesTest {
    @Test
    void everythingIsOnUnlessSaidOtherwise() {
        assertThat(of(Map.of(), Map.of())).isEqualTo(Switches.ALL_ON);
        assertThat(of(Map.of(), Map.of("WGJ_ENGINE_TUN_MERGE_TCP", "1"))).isEqualTo(Switches.ALL_ON);
    }

    @Test
    void eachNameSwitchesItsOwn() {
        Switches off = of(
                Map.of("wgj.engine.tun.merge.tcp", "0", "wgj.engine.equal.last.segment", "0"),
                Map.of("WGJ_ENGINE_UDP_SEND_TRAINS", "0"));
        assertThat(off)
                .isEqualTo(Switches.allBut(Switch.TUN_MERGE_TCP, Switch.UDP_SEND_TRAINS, Switch.EQUAL_LAST_SEGMENT));
        assertThat(off.has(Switch.TUN_MERGE_TCP)).isFalse();
        assertThat(off.has(Switch.TUN_MERGE_UDP)).isTrue();
    }

    @Test
    void thePropertyWins() {
        assertThat(of(Map.of("wgj.engine.tun.offloads", "1"), Map.of("WGJ_ENGINE_TUN_OFFLOADS", "0")))
                .isEqualTo(Switches.ALL_ON);
    }

    private static Switches of(Map<String, String> properties, Map<String, String> environment) {
        return Switches.of(properties::get, environment::get);
    }
}
