// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.sys.SystemException;
import org.junit.jupiter.api.Test;

class MemoryTransportsTest {
    private final MemoryUdp.Network network = new MemoryUdp.Network();
    private final MemoryUdp left = MemoryUdp.ipv4(network, 0x0a000001);
    private final MemoryUdp right = MemoryUdp.ipv4(network, 0x0a000002);
    private final Train train = new Train();

    @Test
    void aSourceThatIsSetAsideIsNotLearntAgainFromTheSameDatagrams() {
        Train train = new Train();
        train.remoteLow = 0x0a000001;
        train.port = 1_000;
        train.hasLocal = true;
        train.localLow = 0x0a000002;
        train.localInterface = 3;
        UdpFlow learnt = train.toFlow();
        UdpFlow aside = learnt.withSourceSetAside();

        assertThat(aside.hasSource()).isFalse();
        assertThat(aside.hasSourceSetAside()).isTrue();
        assertThat(train.sameAs(aside)).isTrue();
        assertThat(aside.withSourceRestored()).isEqualTo(learnt);
        assertThat(train.sameAs(aside.withoutSource())).isFalse();
        train.localInterface = 4;
        assertThat(train.sameAs(aside)).isFalse();
    }

    @Test
    void aTrainArrivesWithItsWayBack() throws Exception {
        left.bind(1_000);
        int port = right.bind(0);
        byte[] bytes = new byte[250];
        assertThat(left.send(right.flowHere(), bytes, 0, bytes.length, 100)).isEqualTo(UdpPort.SENT);

        assertThat(right.receive(train)).isTrue();
        assertThat(train.length).isEqualTo(250);
        assertThat(train.segmentSize).isEqualTo(100);
        UdpFlow back = train.toFlow();
        assertThat(train.sameAs(back)).isTrue();
        assertThat(train.sameAs(back.withoutSource())).isFalse();
        assertThat(back).isEqualTo(new UdpFlow(false, 0, 0x0a000001, 1_000, 0, 0, 0x0a000002, 1, true));
        assertThat(right.send(back, bytes, 0, 10, 0)).isEqualTo(UdpPort.SENT);
        assertThat(left.receive(train)).isTrue();
        assertThat(train.port).isEqualTo(port);
        assertThat(train.segmentSize).isEqualTo(10);
        assertThat(left.receive(train)).isFalse();
    }

    @Test
    void oneAddressHoldsAPortOnce() throws Exception {
        MemoryUdp twin = MemoryUdp.ipv4(network, 0x0a000001);
        left.bind(1_000);
        assertThatThrownBy(() -> twin.bind(1_000))
                .isInstanceOf(SystemException.class)
                .hasMessageContaining("EADDRINUSE");
        left.bind(1_001);
        assertThat(twin.bind(1_000)).isEqualTo(1_000);
    }

    @Test
    void theEavesdropperMayLoseATrain() throws Exception {
        network.watch(sent -> sent.segmentSize() != 0);
        left.bind(1);
        right.bind(2);
        left.send(right.flowHere(), new byte[5], 0, 5, 0);
        assertThat(right.receive(train)).isFalse();
    }
}
