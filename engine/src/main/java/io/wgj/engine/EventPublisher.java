// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.engine.core.Clock;
import io.wgj.engine.core.DropRecord;
import io.wgj.engine.core.HandshakeEvent;
import io.wgj.engine.core.HandshakeEvent.GivenUp;
import io.wgj.engine.core.HandshakeEvent.InitiationReceived;
import io.wgj.engine.core.HandshakeEvent.InitiationSent;
import io.wgj.engine.core.HandshakeEvent.KeysForgotten;
import io.wgj.engine.core.HandshakeEvent.ResponseReceived;
import io.wgj.engine.core.HandshakeEvent.Unanswered;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.core.SessionListener;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.io.NetworkError;
import io.wgj.engine.uapi.EngineEvent;
import io.wgj.engine.uapi.EngineEvent.Kind;
import io.wgj.engine.uapi.EventFeed;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Publishes what happens in an engine on its [EventFeed]. Without a reader, it only asks the feed
/// whether there is one.
final class EventPublisher implements SessionListener {
    private final EventFeed feed;
    private final Clock clock;

    EventPublisher(EventFeed feed, Clock clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /// A listener that publishes the events of handshakes and passes all on to `next`.
    HandshakeListener before(HandshakeListener next) {
        return event -> {
            if (feed.hasReaders()) {
                publish(event);
            }
            next.happened(event);
        };
    }

    private void publish(HandshakeEvent event) {
        switch (event) {
            case InitiationSent(var peer, var to) -> publish(Kind.INITIATION_SENT, peer, to, "");
            case InitiationReceived(var peer, var from) -> publish(Kind.INITIATION_RECEIVED, peer, from, "");
            case ResponseReceived(var peer, var from) -> publish(Kind.RESPONSE_RECEIVED, peer, from, "");
            case Unanswered(var peer) -> publish(Kind.UNANSWERED, peer, null, "");
            case GivenUp(var peer, int attempts) -> publish(Kind.GIVEN_UP, peer, null, Integer.toString(attempts));
            case KeysForgotten(var peer) -> publish(Kind.KEYS_FORGOTTEN, peer, null, "");
            // Drops and refusals to send are published with more detail, others say nothing about a peer's life.
            default -> {}
        }
    }

    @Override
    public boolean isListening() {
        return feed.hasReaders();
    }

    @Override
    public void completed(PublicKey peer, @Nullable UdpFlow with, boolean initiator) {
        publish(Kind.COMPLETED, peer, with == null ? null : with.endpoint(), initiator ? "initiator" : "responder");
    }

    @Override
    public void moved(PublicKey peer, @Nullable UdpFlow before, UdpFlow now) {
        feed.publish(new EngineEvent(
                Kind.ENDPOINT_MOVED,
                clock.bootNanos(),
                Optional.of(peer),
                Optional.of(now.endpoint()),
                Optional.ofNullable(before).map(UdpFlow::endpoint),
                ""));
    }

    /// A drop was recorded.
    void dropped(DropRecord drop) {
        if (feed.hasReaders()) {
            feed.publish(new EngineEvent(
                    Kind.DROPPED,
                    drop.nanos(),
                    Optional.ofNullable(drop.peer()),
                    Optional.ofNullable(drop.address()).map(address -> new Endpoint.Numeric(address, drop.port())),
                    Optional.empty(),
                    drop.reason().name().toLowerCase(Locale.ROOT)));
        }
    }

    /// An error of the network was reported.
    void refused(NetworkError error) {
        if (feed.hasReaders()) {
            feed.publish(new EngineEvent(
                    Kind.NETWORK_ERROR,
                    error.lastNanos(),
                    Optional.empty(),
                    Optional.of(error.destination()),
                    Optional.empty(),
                    error.isIcmp() ? "icmp-" + error.type() + "-" + error.code() : "errno-" + error.errno()));
        }
    }

    private void publish(Kind kind, PublicKey peer, Endpoint.@Nullable Numeric endpoint, String detail) {
        feed.publish(new EngineEvent(
                kind, clock.bootNanos(), Optional.of(peer), Optional.ofNullable(endpoint), Optional.empty(), detail));
    }
}
