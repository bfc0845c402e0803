// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.io.EngineFeature;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.path.Packets;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.engine.uapi.EngineStat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The statistics of fallbacks, with a TUN that refuses what it has announced (Linux 6.6.44 did).
class EngineStatsTest {
    private static final int LEFT = 0x0a630001;
    private static final int RIGHT = 0x0a630002;
    private static final int SEGMENTS = 10;

    private final EnginePair pair = new EnginePair();

    @BeforeEach
    void connect() throws Exception {
        pair.connect(LEFT, RIGHT);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    private List<EngineStat> stats(EngineFeatures features) {
        EnginePair.Side side = pair.right;
        return new EngineStats(Primitives.portable(), side.transports, side.engine, features).now(EngineOptions.NONE);
    }

    /// Segments that arrive as one train; nothing follows that could push them out.
    private List<byte[]> sendStream() {
        byte[] large = Packets.largeTcp(LEFT, RIGHT, 0, SEGMENTS, 1_000);
        pair.left.tun.putFramed(large);
        return pair.right.await(1);
    }

    @Test
    void refusedJoinsAreCountedAndReportedOnceAndTheirContentArrives() {
        pair.right.tun.refuseJoined();

        List<byte[]> arrived = new ArrayList<>(sendStream());
        while (arrived.size() < SEGMENTS) {
            arrived.addAll(pair.right.await(1));
        }
        pair.left.tun.putFramed(Packets.largeTcp(LEFT, RIGHT, SEGMENTS * 1_000, SEGMENTS, 1_000));
        while (arrived.size() < 2 * SEGMENTS) {
            arrived.addAll(pair.right.await(1));
        }

        for (int i = 0; i < arrived.size(); i++) {
            assertThat(Packets.tcpText(arrived.get(i))).isEqualTo(Packets.tcpText(i * 1_000, 1_000));
        }
        assertThat(stats(EngineFeatures.ALL_ON))
                .contains(
                        new EngineStat("tun_merge_tcp", "refused"),
                        new EngineStat("tun_refused_tcp", "1"),
                        new EngineStat("tun_merged_tcp", "0"),
                        new EngineStat("tun_merge_udp", "yes"));
        assertThat(pair.notices).singleElement().asString().contains("TCP segments");
    }

    /// Nothing is held past the batch that brought it.
    @Test
    void joinedPacketsLeaveWithTheirBatchAndAreCounted() {
        List<byte[]> arrived = sendStream();

        assertThat(arrived).hasSize(1);
        assertThat(arrived.getFirst()).hasSize(40 + SEGMENTS * 1_000);
        assertThat(stats(EngineFeatures.allBut(EngineFeature.TUN_MERGE_UDP, EngineFeature.UDP_SEND_TRAINS)))
                .contains(
                        new EngineStat("switched_off", "TUN_MERGE_UDP,UDP_SEND_TRAINS"),
                        new EngineStat("tun_merge_tcp", "yes"),
                        new EngineStat("tun_merged_tcp", Integer.toString(SEGMENTS)),
                        new EngineStat("ciphers_because", "the caller chose them"));
        assertThat(pair.notices).isEmpty();
    }
}
