// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Which probes are sent, and which answers count.
class ProbeServiceTest {
    private static final String PROBE = "AllowedIPs = 10.0.0.0/24; Probe = 10.0.0.1 every 5s";

    private final MemoryContext context = new MemoryContext();
    private final Memory port = new Memory();
    private final ProbeThread thread = new ProbeThread(port, context::bootNanos, new Random(4), context);
    private final ProbeService service = new ProbeService(thread, context);

    private record Sent(int index, String device, IpAddress target, int identifier, int sequence, long token) {
        void answer(Memory port) {
            answer(port, index, target, identifier, token);
        }

        void answer(Memory port, int from, IpAddress source, int by, long with) {
            port.replies.add(receiver -> receiver.reply(from, source, by, sequence, with));
        }
    }

    /// A network in memory; a test answers by hand.
    private static final class Memory implements EchoPort {
        private interface Reply {
            void to(Receiver receiver);
        }

        private final List<Sent> sent = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private final List<String> released = new ArrayList<>();
        private String failure = "";
        private long waited;

        @Override
        public void request(int index, String device, IpAddress target, int identifier, int sequence, long token)
                throws IOException {
            sent.add(new Sent(index, device, target, identifier, sequence, token));
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
        }

        @Override
        public void await(long nanos, Receiver receiver) {
            waited = nanos;
            for (Reply reply : replies) {
                reply.to(receiver);
            }
            replies.clear();
        }

        @Override
        public void wake() {}

        @Override
        public void release(int index, IpFamily family) {
            released.add(index + " " + family);
        }

        @Override
        public void close() {}
    }

    private PeerView peer(int number, String lines) {
        return context.peer(number, lines, PeerState.UP, Verdict.UP);
    }

    /// Lets the thread work as often as it wants to until this time has passed.
    private void pass(long nanos) {
        long end = context.bootNanos() + nanos;
        round();
        while (port.waited < end - context.bootNanos()) {
            context.pass(Math.max(0, port.waited));
            round();
        }
        context.pass(end - context.bootNanos());
    }

    private void round() {
        thread.round();
        context.pass(0);
    }

    @Test
    void asksEverySecondUntilAnAnswerComesAndTheMonitorHearsOfIt() {
        context.show(service, peer(1, PROBE));
        pass(3 * SECOND);
        assertThat(port.sent).hasSize(3);
        assertThat(requireNonNull(context.probed.get(MemoryContext.id(1))).loss())
                .isBetween(0.6, 1.0);
        port.sent.getLast().answer(port);
        round();
        assertThat(context.answered).containsExactly(MemoryContext.id(1));
        assertThat(requireNonNull(context.probed.get(MemoryContext.id(1))).answered())
                .isEqualTo(1);
        pass(4 * SECOND);
        assertThat(port.sent).hasSize(3);
        pass(SECOND);
        assertThat(port.sent).hasSize(4);
    }

    /// An answer counts from the probed address, through this interface, with this probe's identifier and token.
    @Test
    void othersAnswersDoNotCount() {
        context.show(service, peer(1, PROBE));
        context.show(service, peer(2, "AllowedIPs = 10.0.2.0/24; Probe = 10.0.2.1"));
        pass(SECOND);
        Sent first = port.sent.stream()
                .filter(one -> one.target().text().equals("10.0.0.1"))
                .findFirst()
                .orElseThrow();
        IpAddress other = IpAddress.parse("10.0.0.2").orElseThrow();
        first.answer(port, first.index() + 1, first.target(), first.identifier(), first.token());
        first.answer(port, first.index(), other, first.identifier(), first.token());
        first.answer(port, first.index(), first.target(), first.identifier() ^ 1, first.token());
        first.answer(port, first.index(), first.target(), first.identifier(), first.token() + 1);
        round();
        assertThat(context.answered).isEmpty();
        first.answer(port);
        first.answer(port);
        round();
        assertThat(context.answered).containsExactly(MemoryContext.id(1));
    }

    @Test
    void identifiersAndTokensDiffer() {
        for (int i = 1; i <= 100; i++) {
            context.show(service, peer(i, "AllowedIPs = 10.0." + i + ".0/24; Probe = 10.0." + i + ".1"));
        }
        pass(SECOND);
        assertThat(port.sent.stream().map(Sent::identifier).distinct().count()).isEqualTo(100);
        assertThat(port.sent.stream().map(Sent::token).distinct().count()).isEqualTo(100);
    }

    /// Another peer's answer would prove nothing of this one.
    @Test
    void asksNoAddressOfAnotherPeer() {
        PeerView peer = peer(1, "AllowedIPs = 10.0.0.0/8; Probe = 10.2.0.1");
        context.showAll(service, List.of(peer, peer(2, "AllowedIPs = 10.2.0.0/16")));
        pass(10 * SECOND);
        assertThat(port.sent).isEmpty();
        assertThat(context.reports)
                .containsExactly("message 1: no probe is sent to 10.2.0.1: the peer's AllowedIPs do not lead there");
        context.show(service, context.peer(2, "AllowedIPs = 10.3.0.0/16", PeerState.UP, Verdict.UP));
        pass(SECOND);
        assertThat(port.sent).isNotEmpty();
        context.show(service, context.peer(2, "AllowedIPs = 10.2.0.0/16", PeerState.UP, Verdict.UP));
        pass(SECOND);
        int before = port.sent.size();
        pass(10 * SECOND);
        assertThat(port.sent).hasSize(before);
    }

    @Test
    void followsTheFileAndThePeer() {
        context.show(service, peer(1, PROBE));
        pass(SECOND);
        context.show(service, peer(1, PROBE.replace("5s", "500ms")));
        pass(SECOND);
        assertThat(port.released).containsExactly("7 IPv4");
        assertThat(port.sent).hasSizeBetween(2, 5);
        context.show(service, peer(1, "AllowedIPs = 10.0.0.0/24, fd00::/8; Probe = fd00::1"));
        pass(SECOND);
        assertThat(port.sent.getLast().target().text()).isEqualTo("fd00::1");
        int before = port.sent.size();
        context.remove(service, MemoryContext.id(1));
        pass(10 * SECOND);
        assertThat(port.sent).hasSize(before);
        assertThat(port.released).last().isEqualTo("7 IPv6");
    }

    /// Such a request counts as one without an answer.
    @Test
    void saysOnceWhyAProbeCannotBeSent() {
        port.failure = "Destination address required";
        context.show(service, peer(1, PROBE));
        pass(5 * SECOND);
        assertThat(port.sent).hasSizeGreaterThan(3);
        assertThat(context.reports)
                .containsExactly("message 1: a probe to 10.0.0.1 could not be sent: Destination address required");
        assertThat(requireNonNull(context.probed.get(MemoryContext.id(1))).sent())
                .isEqualTo(port.sent.size());
    }
}
