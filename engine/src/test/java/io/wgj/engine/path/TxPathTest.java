// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.MemoryTun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A TX thread without workers, step by step.
@Timeout(60)
class TxPathTest {
    private static final int SEGMENTS = 20;

    private final StillNetwork net = new StillNetwork();
    private final MemoryTun tun = new MemoryTun(true, true);
    private final List<String> notices = new ArrayList<>();

    TxPathTest() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        net.connect();
    }

    @AfterEach
    void stop() {
        net.close();
    }

    private TxPath path(Aead aead) {
        ThreadCounters counters = new ThreadCounters();
        InternalErrors errors = new InternalErrors(counters, notices::add);
        BatchHandler work = new BatchHandler(net.core, () -> aead, net.sender(counters), net.mtu, errors);
        return new TxPath(net.core, tun, new TxDispatcher(List.of(), true), work, net.mtu, counters, errors);
    }

    @Test
    void theCountersOfAReadAreTakenAtOnceAndAreConsecutive() throws Exception {
        Keypair session = net.session(StillNetwork.ONE);
        long first = session.takeCounters(0);
        List<Long> taken = new ArrayList<>();
        Aead aead = new SealingWatched(net.aead(), () -> taken.add(session.takeCounters(0)));
        for (int i = 0; i < 2; i++) {
            tun.putFramed(Packets.largeTcp(StillNetwork.HUB, StillNetwork.ONE, i * SEGMENTS * 1_000, SEGMENTS, 1_000));
        }
        assertThat(path(aead).run(net.now)).isFalse();

        assertThat(taken.subList(0, SEGMENTS)).containsOnly(first + SEGMENTS);
        assertThat(taken.subList(SEGMENTS, 2 * SEGMENTS)).containsOnly(first + 2 * SEGMENTS);
        assertThat(net.counters().stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        LongStream.range(first, first + 2 * SEGMENTS).boxed().toList());
    }

    @Test
    void whatAnotherThreadHasTakenOutAndNotYetSentGoesFirst() throws Exception {
        OlderFirst.check(net, path(net.aead()), tun);
    }

    @Test
    void whatIsStagedGoesFirst() throws Exception {
        byte[] older = Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 112, 1);
        assertThat(net.core.stage(net.peer(StillNetwork.ONE), older, 0, older.length, net.now))
                .isTrue();
        // Another thread has taken it upon itself to send it, and got no further.
        assertThat(net.core.nextToFlush()).isNotNull();
        tun.put(Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 112, 2));
        assertThat(path(net.aead()).run(net.now)).isFalse();
        assertThat(net.one.packets().stream().map(packet -> Packets.markOf(packet, 0)))
                .containsExactly(1, 2);
    }
}
