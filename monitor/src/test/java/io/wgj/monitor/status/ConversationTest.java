// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.Samples;
import io.wgj.monitor.protocol.StatusRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String STATUS = "{\"request\":\"status\"}\n";

    private final FakeMonitor monitor = new FakeMonitor();
    private final ReplyWriter writer = new ReplyWriter(ScopeNames.NONE);
    private final ReplyCache replies = new ReplyCache(monitor, writer);
    private final Queue<MonitorEvent> inbox = new ArrayDeque<>();
    private final Conversation talk = new Conversation(replies, writer, monitor, inbox::add, 0);
    private long now;

    private void say(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length && talk.room() > 0) {
            int part = Math.min(talk.room(), bytes.length - at);
            talk.receive(ByteBuffer.wrap(bytes, at, part), now);
            at += part;
        }
    }

    /// Reads everything that is to be sent.
    private String hear() {
        deliver();
        StringBuilder out = new StringBuilder();
        for (ByteBuffer next = talk.toSend(); next != null; next = talk.toSend()) {
            out.append(StandardCharsets.UTF_8.decode(next.duplicate()));
            talk.sent(next.remaining(), now);
        }
        return out.toString();
    }

    private void deliver() {
        for (MonitorEvent event = inbox.poll(); event != null; event = inbox.poll()) {
            talk.event(event, now);
        }
    }

    @Test
    void aRequestHasOneReply() {
        say(STATUS);
        assertThat(hear()).isEqualTo(new String(writer.status(Samples.everything()), StandardCharsets.UTF_8));
        assertThat(talk.isOver()).isFalse();
    }

    @Test
    void oneInterfaceIsShownAlone() {
        say("{\"request\":\"show\",\"interface\":\"wg1\"}\n");
        assertThat(hear()).contains("\"name\":\"wg1\"").doesNotContain("wg0", "wg2");
    }

    @Test
    void anInterfaceThatTheMonitorDoesNotFollowIsAnError() {
        say("{\"request\":\"status\",\"interface\":\"wg9\"}\n" + STATUS);
        assertThat(hear().lines()).hasSize(2).first().asString().contains("\"error\":{\"code\":5,");
    }

    @Test
    void afterAMalformedRequestTheNextOneIsAnswered() {
        say("nonsense\n" + STATUS);
        assertThat(hear().lines()).hasSize(2).first().asString().contains("\"error\":{\"code\":2,");
    }

    @Test
    void anEndlessLineEndsTheConnection() {
        say("x".repeat(1 << 20));
        assertThat(hear()).contains("a request has at most 4096 bytes").hasLineCount(1);
        assertThat(talk.isOver()).isTrue();
        assertThat(talk.room()).isZero();
    }

    /// The client must take one reply before the next request is looked at.
    @Test
    void tenThousandRequestsAreAnsweredOneByOne() {
        monitor.become(Samples.many(10));
        say(STATUS);
        say(STATUS.repeat(10_000));
        assertThat(talk.room()).isZero();
        int answers = hear().split("\n", -1).length - 1;
        for (int i = 1; i < 10_000; i++) {
            say(STATUS);
            answers += hear().split("\n", -1).length - 1;
        }
        assertThat(answers).isEqualTo(10_000);
    }

    /// Clients that read nothing share what they do not read.
    @Test
    void replyOfOneMomentIsOneArray() {
        StatusRequest request = new StatusRequest.Status(java.util.Optional.empty());
        assertThat(replies.reply(request, 0)).isSameAs(replies.reply(request, SECOND / 20));
        assertThat(replies.reply(request, 0)).isNotSameAs(replies.reply(request, SECOND / 5));
    }

    @Test
    void longRepliesAreKeptForASecond() {
        StatusRequest request = new StatusRequest.Status(java.util.Optional.empty());
        monitor.become(Samples.many(5_000));
        byte[] reply = replies.reply(request, SECOND);
        assertThat(reply).hasSizeGreaterThan(1 << 20);
        assertThat(replies.reply(request, SECOND * 3 / 2)).isSameAs(reply);
        assertThat(replies.reply(request, SECOND * 3)).isNotSameAs(reply);
    }

    @Test
    void theStateIsNeverOld() {
        say(STATUS);
        hear();
        monitor.become(Samples.status());
        now = SECOND / 5;
        say(STATUS);
        assertThat(hear()).contains("\"interfaces\":[]");
    }

    @Test
    void waitingEndsWhenThePeerIsUp() {
        monitor.become(Samples.status(Samples.link("wg0", Samples.bare(1, PeerState.CONNECTING))));
        say("{\"request\":\"wait\",\"interface\":\"wg0\"}\n" + STATUS);
        assertThat(talk.isWaiting()).isTrue();
        for (int i = 0; i < 1_000; i++) {
            now += SECOND;
            talk.tick(now);
        }
        assertThat(hear()).isEmpty();
        assertThat(talk.isOver()).isFalse();

        monitor.become(Samples.status(Samples.link("wg0", Samples.bare(1, PeerState.UP))));
        now += SECOND;
        talk.tick(now);
        assertThat(hear().lines())
                .hasSize(2)
                .first()
                .isEqualTo("{\"schema\":\"wgj/1\",\"up\":true,\"interface\":\"wg0\"}");
    }

    @Test
    void aClientThatSendsNoMoreStillGetsItsAnswers() {
        monitor.become(Samples.status(Samples.link("wg0", Samples.bare(1, PeerState.DOWN))));
        say(STATUS + STATUS + "{\"request\":\"wait\",\"interface\":\"wg0\"}\n");
        talk.endOfRequests(now);
        assertThat(hear().lines()).hasSize(2);
        assertThat(talk.isOver()).isFalse();
        monitor.become(Samples.status(Samples.link("wg0", Samples.bare(1, PeerState.UP))));
        now += SECOND;
        talk.tick(now);
        assertThat(hear()).contains("\"up\":true");
        assertThat(talk.isOver()).isTrue();
    }

    @Test
    void eventsAreFollowed() {
        monitor.report(Samples.event(1, "wg0"));
        say("{\"request\":\"events\"}\n");
        assertThat(hear()).isEmpty();
        monitor.report(Samples.event(2, "wg0"));
        monitor.report(Samples.event(3, "wg1"));
        assertThat(hear())
                .isEqualTo(new String(writer.event(Samples.event(2, "wg0")), StandardCharsets.UTF_8)
                        + new String(writer.event(Samples.event(3, "wg1")), StandardCharsets.UTF_8));
    }

    @Test
    void recentEventsComeFirst() {
        for (int i = 1; i <= 5; i++) {
            monitor.report(Samples.event(i, "wg" + i % 2));
        }
        say("{\"request\":\"events\",\"interface\":\"wg1\",\"since\":\""
                + Samples.event(2, "").time() + "\"}\n");
        monitor.report(Samples.event(6, "wg0"));
        monitor.report(Samples.event(7, "wg1"));
        assertThat(hear().lines().map(line -> line.replaceAll(".*\"number\":(\\d+).*", "$1")))
                .containsExactly("3", "5", "7");
    }

    @Test
    void aConnectionThatFollowsTakesNoOtherRequest() {
        say("{\"request\":\"events\"}\n" + STATUS);
        assertThat(hear()).contains("this connection follows events");
        assertThat(talk.isOver()).isTrue();
        assertThat(monitor.listeners()).isZero();
    }

    @Test
    void aFollowerThatDoesNotReadIsDropped() {
        say("{\"request\":\"events\"}\n");
        int events = 0;
        while (!talk.isOver()) {
            monitor.report(Samples.event(1, "wg0"));
            deliver();
            assertThat(++events).isLessThan(50_000);
        }
        assertThat(events).isGreaterThan(5_000);
    }

    @Test
    void aClientThatDoesNotTakeItsReplyIsDropped() {
        say(STATUS);
        now = Conversation.PATIENCE_NANOS;
        talk.tick(now);
        assertThat(talk.isOver()).isFalse();
        now++;
        talk.tick(now);
        assertThat(talk.isOver()).isTrue();
    }

    @Test
    void aClientThatReadsSlowlyIsNotDropped() {
        monitor.become(Samples.many(100));
        say(STATUS);
        for (int i = 0; i < 50; i++) {
            now += SECOND * 9;
            talk.sent(10, now);
            talk.tick(now);
            assertThat(talk.isOver()).isFalse();
        }
    }

    @Test
    void aQuietFollowerIsNotDropped() {
        say("{\"request\":\"events\"}\n");
        now = 3600 * SECOND;
        talk.tick(now);
        monitor.report(Samples.event(1, "wg0"));
        deliver();
        talk.tick(now);
        assertThat(talk.isOver()).isFalse();
        assertThat(hear().lines()).hasSize(1);
    }
}
