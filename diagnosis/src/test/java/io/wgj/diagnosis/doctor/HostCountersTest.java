// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The counters of `/proc/net`.
class HostCountersTest {
    @Test
    void growthIsToldByFamily() {
        Map<String, Long> before = new HashMap<>();
        HostCounters.pairs("TcpExt: A IPReversePathFilter\nTcpExt: 1 5\nUdp: InDatagrams\nUdp: 7\n", before);
        Map<String, Long> after = new HashMap<>(before);
        HostCounters.pairs("TcpExt: A IPReversePathFilter\nTcpExt: 1 7\nUdp: InDatagrams\nUdp: 8\n", after);
        after.put("Udp6InDatagrams", 4L);
        HostCounters early = new HostCounters(before);
        HostCounters late = new HostCounters(after);
        assertThat(late.since(early, IpFamily.V4)).isEqualTo(new CounterFacts(2, 0, 0, 1));
        assertThat(late.since(early, IpFamily.V6)).isEqualTo(new CounterFacts(2, 0, 0, 4));
        assertThat(early.since(late, IpFamily.V4)).isEqualTo(CounterFacts.NONE);
    }

    @Test
    void devicesHaveErrorsAndDrops() {
        Map<String, Long> values = new HashMap<>();
        HostCounters.devices(
                "Inter-|   Receive  |  Transmit\n face |bytes\n"
                        + "   wg0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\neth0:1 2\n",
                values);
        HostCounters counters = new HostCounters(values);
        HostCounters none = new HostCounters(Map.of());
        assertThat(counters.rxErrorsSince(none, "wg0")).isEqualTo(3);
        assertThat(counters.txErrorsSince(none, "wg0")).isEqualTo(11);
        assertThat(counters.txDropsSince(none, "wg0")).isEqualTo(12);
        assertThat(counters.txDropsSince(none, "eth0")).isZero();
    }
}
