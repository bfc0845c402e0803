// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Latin1;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request to the monitor: `{"schema":"wgj/1","request":"wait","interface":"wg0","peer":"office"}`. The
/// schema may be left out. A member that the request does not know is an error: a client must not believe in a
/// filter that is not applied.
public sealed interface StatusRequest {
    /// The longest line that a client may send, its line end not counted.
    int LONGEST = 4096;

    /// How peers are doing: one reply.
    ///
    /// @param link the one interface; empty for all
    record Status(Optional<DeviceName> link) implements StatusRequest {}

    /// What devices are, without secrets, in the shape of `wgj show --json`: one reply.
    ///
    /// @param link the one interface; empty for all
    record Show(Optional<DeviceName> link) implements StatusRequest {}

    /// Events, a line each, until the connection ends.
    ///
    /// @param link the one interface; empty for all events
    /// @param since from when on recent events come first; empty for new events alone
    record Events(Optional<DeviceName> link, Optional<Instant> since) implements StatusRequest {}

    /// One reply as soon as every peer of the interface is up, or the one peer.
    ///
    /// @param peer its public key or its name; empty for every peer
    record Wait(DeviceName link, Optional<String> peer) implements StatusRequest {
        /// Whether what is waited for has come. An interface that does not exist, or has no peers, is not up.
        public boolean isMet(MonitorStatus status) {
            for (InterfaceStatus one : status.interfaces()) {
                if (one.name().equals(link)) {
                    return isMet(one.peers());
                }
            }
            return false;
        }

        private boolean isMet(List<PeerStatus> peers) {
            boolean met = false;
            for (PeerStatus one : peers) {
                if (peer.isEmpty() || PeerWord.matches(peer.get(), one.publicKey(), one.name())) {
                    met = one.state() == PeerState.UP;
                    if (!met) {
                        return false;
                    }
                }
            }
            return met;
        }
    }

    /// Reads one line, without its line end.
    static StatusRequest parse(byte[] line) throws ProtocolException {
        Members members = new Members();
        try (JsonParser json = factory().createParser(line)) {
            members.read(json);
        } catch (IOException malformed) {
            throw new ProtocolException("the request is not one JSON object on one line");
        }
        return members.request();
    }

    /// The line that [#parse] reads, with its line end.
    default byte[] line() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = factory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", ReplyWriter.SCHEMA);
            write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        out.write('\n');
        return out.toByteArray();
    }

    private void write(JsonGenerator json) throws IOException {
        switch (this) {
            case Status status -> {
                json.writeStringField("request", "status");
                text(json, "interface", name(status.link()));
            }
            case Show show -> {
                json.writeStringField("request", "show");
                text(json, "interface", name(show.link()));
            }
            case Events events -> {
                json.writeStringField("request", "events");
                text(json, "interface", name(events.link()));
                text(
                        json,
                        "since",
                        events.since().isPresent() ? events.since().get().toString() : null);
            }
            case Wait wait -> {
                json.writeStringField("request", "wait");
                text(json, "interface", wait.link().text());
                text(json, "peer", wait.peer().isPresent() ? wait.peer().get() : null);
            }
        }
    }

    private static @Nullable String name(Optional<DeviceName> link) {
        return link.isPresent() ? link.get().text() : null;
    }

    private static void text(JsonGenerator json, String name, @Nullable String bytes) throws IOException {
        if (bytes != null) {
            json.writeStringField(name, Latin1.toUnicode(bytes));
        }
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /// The members of a request, as texts.
    final class Members {
        private @Nullable String schema;
        private @Nullable String request;
        private @Nullable String link;
        private @Nullable String peer;
        private @Nullable String since;

        private void read(JsonParser json) throws IOException, ProtocolException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ProtocolException("a request is a JSON object, as in {\"request\":\"status\"}");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    throw new ProtocolException(quoted(name) + ": its value has to be text");
                }
                set(name, Latin1.ofUnicode(json.getText()));
            }
            if (json.nextToken() != null) {
                throw new ProtocolException("a line holds one request; something follows the first");
            }
        }

        private void set(String name, String value) throws ProtocolException {
            switch (name) {
                case "schema" -> schema = value;
                case "request" -> request = value;
                case "interface" -> link = value;
                case "peer" -> peer = value;
                case "since" -> since = value;
                default ->
                    throw new ProtocolException(quoted(name)
                            + ": no such member; a request has request, interface, peer, since and schema");
            }
        }

        private StatusRequest request() throws ProtocolException {
            if (schema != null && !schema.equals(ReplyWriter.SCHEMA)) {
                throw new ProtocolException(
                        "schema: this monitor speaks " + ReplyWriter.SCHEMA + ", not " + quoted(schema));
            }
            String kind = request == null ? "" : request;
            refuse(!kind.equals("wait"), "peer", peer);
            refuse(!kind.equals("events"), "since", since);
            return switch (kind) {
                case "status" -> new Status(link());
                case "show" -> new Show(link());
                case "events" -> new Events(link(), since == null ? Optional.empty() : Optional.of(instant(since)));
                case "wait" ->
                    new Wait(
                            link().orElseThrow(() -> new ProtocolException("wait: the interface is missing")),
                            Optional.ofNullable(peer));
                case "" -> throw new ProtocolException("request: it is missing; it is status, show, events or wait");
                default ->
                    throw new ProtocolException(
                            "request: " + quoted(kind) + " is none of status, show, events and wait");
            };
        }

        private Optional<DeviceName> link() {
            return link == null ? Optional.empty() : Optional.of(new DeviceName(link));
        }

        private static void refuse(boolean refused, String name, @Nullable String value) throws ProtocolException {
            if (refused && value != null) {
                throw new ProtocolException(name + ": this request has no such member");
            }
        }

        private static Instant instant(String text) throws ProtocolException {
            try {
                return Instant.parse(text);
            } catch (DateTimeException _) {
                throw new ProtocolException("since: a time is written as 2026-11-30T12:03:07Z, not " + quoted(text));
            }
        }

        /// Text of the client's, cut so that a reply stays short.
        private static String quoted(String text) {
            return "\"" + (text.length() > 64 ? text.substring(0, 64) + "..." : text) + "\"";
        }
    }
}
