// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.EnumSource;

/// With four queues and eight workers, on however few processors: content, order and endings are those of one
/// thread a direction. `taskset -c 0,1` before it makes a large machine as narrow as the one on which it was
/// written.
@Tag("long")
@Timeout(120)
@EnumSource(
        value = Software.class,
        names = {"OURS", "RELEASES"})
class ManyThreadsTest extends TwoEndsSuite {
    private static final int THREADS = 4;
    private static final int WORKERS = 8;
    private static final int BYTES = 12 << 20;
    private static final int DATAGRAMS = 15_000;

    @Override
    void prepare() throws Exception {
        for (Node end : new Node[] {ends.a, ends.b}) {
            if (end.software() == Software.OURS) {
                end.env("WGJ_ENGINE_TX_QUEUES", "" + THREADS);
                end.env("WGJ_ENGINE_WORKERS", "" + WORKERS);
                end.restart();
                ends.configure(end, 1420);
            }
        }
        ends.meet(ends.a);
        ends.mustReach(ends.a);
    }

    private List<Future<Object>> transfers(int each) {
        List<Future<Object>> running = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            boolean v6 = i % 2 == 1;
            running.add(transfer(ends.a, ends.b, v6 ? Ends.B6 : Ends.B4));
            running.add(transfer(ends.b, ends.a, v6 ? Ends.A6 : Ends.A4));
        }
        return running;
    }

    private static Future<Object> transfer(Node from, Node to, String address) {
        return from.host().start(() -> {
            Transfer.run(from.host(), to.host(), address, BYTES);
            return address;
        });
    }

    private static void await(List<Future<Object>> running) throws Exception {
        for (Future<Object> transfer : running) {
            Object _ = Host.result(transfer);
        }
    }

    private void assertNoInternalErrors() throws Exception {
        for (Node end : new Node[] {ends.a, ends.b}) {
            assertThat(end.host().checksumErrors()).isZero();
            if (end.software() == Software.OURS) {
                assertThat(end.stat("tx failures") + end.stat("tx worker failures"))
                        .isZero();
                assertThat(end.stat("rx failures") + end.stat("rx worker failures"))
                        .isZero();
            }
        }
    }

    @Test
    void theLinkHasItsQueuesAndOneMoreForWriting() {
        assertThat(ends.a.stat("tx queues")).isEqualTo(THREADS);
        assertThat(ends.a.stat("workers")).isEqualTo(WORKERS);
        assertThat(ends.a.host().ip("-d link show " + ends.a.name()))
                .contains("multi_queue numqueues " + THREADS + " numdisabled 1");
    }

    @Test
    void manyStreamsAtOnceCarryWhatWasSent() throws Exception {
        await(transfers(4));
        assertNoInternalErrors();
        assertThat(ends.a.stat("rx trains handed off")).isPositive();
    }

    /// A flow has one queue, and so one thread that reads it; and one peer's trains come in through one
    /// thread.
    @Test
    void aSingleFlowIsTheWorkOfSeveralThreadsAndKeepsItsOrder() throws Exception {
        long sealed = ends.a.stat("tx worker messages");
        long opened = ends.a.stat("rx worker messages");
        Transfer.run(ends.a.host(), ends.b.host(), Ends.B4, 8 * BYTES);
        Transfer.run(ends.b.host(), ends.a.host(), Ends.A6, 8 * BYTES);
        assertThat(ends.a.stat("tx worker messages")).isGreaterThan(sealed);
        assertThat(ends.a.stat("rx worker messages")).isGreaterThan(opened);
        assertThat(ends.a.stat("tx trains handed off")).isPositive();
        assertThat(ends.a.stat("rx trains handed off")).isPositive();
        assertThat(Numbered.run(ends.a.host(), ends.b.host(), Ends.B4, 1, 4 * DATAGRAMS))
                .allSatisfy(flow -> assertThat(flow.arrived()).isPositive())
                .allSatisfy(flow -> assertThat(flow.overtaken()).isZero());
        assertNoInternalErrors();
    }

    @Test
    void datagramsOfAFlowDoNotOvertakeEachOther() throws Exception {
        Future<List<Numbered.Result>> back =
                ends.b.host().start(() -> Numbered.run(ends.b.host(), ends.a.host(), Ends.A4, THREADS, DATAGRAMS));
        List<Numbered.Result> all =
                new ArrayList<>(Numbered.run(ends.a.host(), ends.b.host(), Ends.B4, THREADS, DATAGRAMS));
        all.addAll(Host.result(back));
        assertThat(all)
                .hasSize(2 * THREADS)
                .allSatisfy(flow -> assertThat(flow.arrived()).isPositive())
                .allSatisfy(flow -> assertThat(flow.overtaken()).isZero());
        assertNoInternalErrors();
    }

    /// An end that only receives does not show the other end its new address, so there are keepalives.
    @Test
    void anotherPortUnderLoadLosesNoStream() throws Exception {
        String peer = "peer " + ends.b.publicKey();
        ends.a.set(peer + " persistent-keepalive 1");
        try {
            List<Future<Object>> running = transfers(2);
            for (int i = 0; i < 10; i++) {
                ends.a.set("listen-port " + (51_900 + i));
                Thread.sleep(100);
            }
            await(running);
            assertNoInternalErrors();
        } finally {
            ends.a.set("listen-port " + Ends.PORT_A + " " + peer + " persistent-keepalive 0");
            ends.mustReach(ends.a);
        }
    }

    @Test
    void aLinkThatIsDeletedUnderLoadComesBack() throws Exception {
        for (int round = 0; round < 3; round++) {
            Future<List<Numbered.Result>> load =
                    ends.a.host().start(() -> Numbered.run(ends.b.host(), ends.a.host(), Ends.A4, THREADS, DATAGRAMS));
            Thread.sleep(50);
            ends.a.host().ip("link del " + ends.a.name());
            ends.a.awaitEnd();
            ends.a.restart();
            ends.configure(ends.a, 1420);
            ends.meet(ends.a);
            ends.mustReach(ends.a);
            List<Numbered.Result> _ = Host.result(load);
        }
        assertNoInternalErrors();
    }

    /// `ip tuntap` makes links that stay. Those with one queue have one, of those with several the engine
    /// takes one.
    @Test
    void aLinkThatIsThereAlreadyIsTakenWithOneQueue() throws Exception {
        for (String kind : new String[] {"", " multi_queue"}) {
            ends.a.stop();
            ends.a.host().ip("tuntap add dev " + ends.a.name() + " mode tun" + kind);
            try {
                ends.a.restart();
                ends.configure(ends.a, 1420);
                ends.meet(ends.a);
                ends.mustReach(ends.a);
                assertThat(ends.a.stat("tx queues")).isEqualTo(1);
                assertThat(ends.a.log())
                        .contains("the TUN has one queue instead of 4: " + ends.a.name() + " exists already");
                ends.a.stop();
            } finally {
                ends.a.host().ip("link del " + ends.a.name());
            }
        }
        ends.a.restart();
        ends.configure(ends.a, 1420);
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        assertThat(ends.a.stat("tx queues")).isEqualTo(THREADS);
    }
}
