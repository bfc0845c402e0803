// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.EventSource.Subscription;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.protocol.ProtocolException;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.StatusRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one client asks and is answered, without its socket. Answers come in the order of the requests. While
/// answers wait to be sent, or the client itself waits for peers, no further request is looked at, so a client
/// cannot make the monitor hold more than one answer. For the server's thread alone.
final class Conversation {
    /// Events that a client may leave unread; more would be some ten thousand.
    static final long MOST_EVENTS_BYTES = 1 << 21;
    /// How long a client may leave an answer unread, as long as not one byte of it moves.
    static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final int MISUSED = 2;

    private final LineBuffer lines = new LineBuffer(StatusRequest.LONGEST);
    private final Outbox outbox = new Outbox();
    private final ReplyCache replies;
    private final ReplyWriter writer;
    private final EventSource events;
    private final Consumer<MonitorEvent> inbox;
    private StatusRequest.@Nullable Wait waiting;
    private @Nullable Subscription subscription;
    private Optional<DeviceName> filter = Optional.empty();
    private long lastMove;
    /// The client has ended its side: there are no more requests.
    private boolean heardAll;
    /// The connection ends once the outbox is empty.
    private boolean ending;
    /// The connection ends now.
    private boolean dropped;

    /// @param inbox takes the events that this client follows, from any thread, and hands them to [#event]
    /// @param nanos the time
    Conversation(ReplyCache replies, ReplyWriter writer, EventSource events, Consumer<MonitorEvent> inbox, long nanos) {
        this.replies = replies;
        this.writer = writer;
        this.events = events;
        this.inbox = inbox;
        this.lastMove = nanos;
    }

    /// How many bytes the next [#receive] may bring; 0 while the client has to wait.
    int room() {
        return heardAll || ending || isBusy() ? 0 : Math.max(0, lines.room());
    }

    /// Takes bytes of the client.
    void receive(ByteBuffer bytes, long nanos) {
        if (outbox.isEmpty()) {
            lastMove = nanos;
        }
        lines.add(bytes);
        proceed(nanos);
    }

    /// The client will send nothing more; it may still read.
    void endOfRequests(long nanos) {
        heardAll = true;
        proceed(nanos);
    }

    /// Answers requests until the client has to wait.
    private void proceed(long nanos) {
        while (!ending && !isBusy()) {
            byte[] line = lines.next();
            if (line != null) {
                answer(line, nanos);
            } else if (lines.isTooLong()) {
                fail("a request has at most " + StatusRequest.LONGEST + " bytes");
            } else {
                break;
            }
        }
        if (heardAll && !isBusy() && subscription == null) {
            ending = true;
        }
    }

    private boolean isBusy() {
        return waiting != null || !outbox.isEmpty();
    }

    private void answer(byte[] line, long nanos) {
        if (subscription != null) {
            fail("this connection follows events; open another one for other requests");
            return;
        }
        StatusRequest request;
        try {
            request = StatusRequest.parse(line);
        } catch (ProtocolException malformed) {
            outbox.add(writer.error(MISUSED, malformed.sentence()));
            return;
        }
        switch (request) {
            case StatusRequest.Status _, StatusRequest.Show _ -> outbox.add(replies.reply(request, nanos));
            case StatusRequest.Events one -> {
                filter = one.link();
                subscription = events.subscribe(one.since().orElse(Instant.MAX), inbox::accept);
            }
            case StatusRequest.Wait one -> {
                waiting = one;
                look(nanos);
            }
        }
    }

    private void fail(String sentence) {
        outbox.add(writer.error(MISUSED, sentence));
        ending = true;
        close();
    }

    /// Takes an event that this client follows.
    void event(MonitorEvent event, long nanos) {
        if (ending || filter.isPresent() && !filter.equals(event.iface())) {
            return;
        }
        if (outbox.isEmpty()) {
            lastMove = nanos;
        }
        outbox.add(writer.event(event));
        dropped |= outbox.size() > MOST_EVENTS_BYTES;
    }

    /// Looks whether what the client waits for has come, and drops a client that does not read.
    void tick(long nanos) {
        if (!outbox.isEmpty() && nanos - lastMove > PATIENCE_NANOS) {
            dropped = true;
        }
        look(nanos);
    }

    private void look(long nanos) {
        if (waiting != null && waiting.isMet(replies.status(nanos))) {
            outbox.add(writer.up(waiting.link()));
            waiting = null;
            lastMove = nanos;
        }
    }

    /// What to send next; null for nothing.
    @Nullable
    ByteBuffer toSend() {
        return outbox.head();
    }

    /// Called after `count` bytes of [#toSend] were sent.
    void sent(int count, long nanos) {
        if (count > 0) {
            lastMove = nanos;
            outbox.sent(count);
        }
        if (outbox.isEmpty()) {
            proceed(nanos);
        }
    }

    /// Whether the client waits for something that has not happened yet, so that [#tick] matters soon.
    boolean isWaiting() {
        return waiting != null;
    }

    /// Whether the client follows events or waits for peers: it is silent for a reason.
    boolean isSubscribed() {
        return waiting != null || subscription != null;
    }

    /// When something was last received or sent.
    long lastMove() {
        return lastMove;
    }

    /// Whether the connection has to be closed.
    boolean isOver() {
        return dropped || ending && outbox.isEmpty();
    }

    /// Ends the subscription, if there is one.
    void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
