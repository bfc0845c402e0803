// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.key.KeyMask;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Latin1;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.ProbeStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Writes the monitor's replies and events, each as one line with its line end. `docs/schema/status.schema.json`
/// describes them. Absent values are absent, sizes are bytes, durations seconds, times RFC 3339 text in UTC.
public final class ReplyWriter {
    /// The name and version of the shape of requests and replies.
    public static final String SCHEMA = "wgj/1";

    /// 9999-12-31T23:59:59Z: RFC 3339 has four digits for the year.
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final ScopeNames scopes;

    /// @param scopes the names of interfaces, for endpoints with link-local addresses
    public ReplyWriter(ScopeNames scopes) {
        this.scopes = scopes;
    }

    /// Writes one document.
    @FunctionalInterface
    private interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    /// The answer to [StatusRequest.Status].
    public byte[] status(MonitorStatus status) {
        return line(json -> interfaces(json, status, true));
    }

    /// The answer to [StatusRequest.Show]: what `wgj show --json` prints, without secrets.
    public byte[] show(MonitorStatus status) {
        return line(json -> interfaces(json, status, false));
    }

    /// One line of the answer to [StatusRequest.Events].
    public byte[] event(MonitorEvent event) {
        return line(json -> {
            json.writeStringField("event", event.kind().text());
            json.writeNumberField("number", event.number());
            json.writeStringField("time", event.time().toString());
            if (event.iface().isPresent()) {
                text(json, "interface", event.iface().get().text());
            }
            if (event.peer().isPresent()) {
                json.writeStringField("peer", event.peer().get().toBase64());
            }
            name(json, event.name());
            if (!event.reason().isEmpty()) {
                text(json, "reason", KeyMask.hide(event.reason()));
            }
        });
    }

    /// The answer to [StatusRequest.Wait]: the peer is up, or all peers of the interface.
    public byte[] up(DeviceName link) {
        return line(json -> {
            json.writeBooleanField("up", true);
            text(json, "interface", link.text());
        });
    }

    /// The answer to a request that failed.
    ///
    /// @param code as a command's exit code: 2 for a malformed request, 5 for an interface that does not exist
    public byte[] error(int code, String message) {
        return line(json -> {
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", code);
            text(json, "message", KeyMask.hide(message));
            json.writeEndObject();
        });
    }

    private static byte[] line(Document document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            document.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        out.write('\n');
        return out.toByteArray();
    }

    private void interfaces(JsonGenerator json, MonitorStatus status, boolean liveness) throws IOException {
        json.writeStringField("source", "monitor");
        json.writeStringField("time", status.time().toString());
        json.writeArrayFieldStart("interfaces");
        for (InterfaceStatus link : status.interfaces()) {
            json.writeStartObject();
            text(json, "name", link.name().text());
            if (liveness) {
                json.writeNumberField("index", link.index());
                json.writeStringField("device", link.source().text());
            }
            if (link.publicKey().isPresent()) {
                json.writeStringField("publicKey", link.publicKey().get().toBase64());
            }
            unlessZero(json, "listenPort", link.listenPort());
            unlessZero(json, "fwmark", Integer.toUnsignedLong(link.fwmark()));
            if (liveness) {
                optional(json, "file", link.configFile());
                optional(json, "readFailure", link.readFailure());
            }
            json.writeArrayFieldStart("peers");
            for (PeerStatus peer : link.peers()) {
                json.writeStartObject();
                json.writeStringField("publicKey", peer.publicKey().toBase64());
                if (liveness) {
                    liveness(json, peer);
                }
                settings(json, peer);
                if (liveness && peer.probe().isPresent()) {
                    json.writeObjectFieldStart("probe");
                    probe(json, peer.probe().get());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void liveness(JsonGenerator json, PeerStatus peer) throws IOException {
        name(json, peer.name());
        json.writeStringField("state", word(peer.state()));
        json.writeStringField("verdict", word(peer.verdict()));
        json.writeStringField("since", peer.since().toString());
        text(json, "reason", KeyMask.hide(peer.reason()));
        if (peer.lastHeard().isPresent()) {
            json.writeStringField("lastHeard", peer.lastHeard().get().toString());
        }
        unlessZero(json, "openRounds", peer.openRounds());
        json.writeNumberField("learnedLoss", rounded(peer.learnedLoss()));
        json.writeBooleanField("hasPresharedKey", peer.hasPresharedKey());
        json.writeNumberField("rateRx", peer.rxRate());
        json.writeNumberField("rateTx", peer.txRate());
    }

    private void settings(JsonGenerator json, PeerStatus peer) throws IOException {
        if (peer.endpoint().isPresent()) {
            text(json, "endpoint", peer.endpoint().get().text(scopes));
        }
        json.writeArrayFieldStart("allowedIps");
        for (IpPrefix prefix : peer.allowedIps()) {
            json.writeString(prefix.text());
        }
        json.writeEndArray();
        long seconds = peer.latestHandshake().seconds();
        if (seconds > 0 && seconds <= LAST_SECOND) {
            json.writeStringField(
                    "latestHandshake",
                    Instant.ofEpochSecond(seconds, peer.latestHandshake().nanos())
                            .toString());
        }
        unsigned(json, "transferRx", peer.rxBytes());
        unsigned(json, "transferTx", peer.txBytes());
        unlessZero(json, "persistentKeepalive", peer.keepalive());
    }

    private static void probe(JsonGenerator json, ProbeStatus probe) throws IOException {
        json.writeStringField("target", probe.target().text());
        json.writeNumberField("sent", probe.sent());
        json.writeNumberField("answered", probe.answered());
        json.writeNumberField("loss", rounded(probe.loss()));
        seconds(json, "latest", probe.latest());
        seconds(json, "shortest", probe.shortest());
        seconds(json, "average", probe.average());
        seconds(json, "longest", probe.longest());
    }

    /// The word for a state, in JSON and in tables.
    public static String word(PeerState state) {
        return switch (state) {
            case IDLE -> "idle";
            case CONNECTING -> "connecting";
            case UP -> "up";
            case QUIET -> "quiet";
            case STALE -> "stale";
            case DOWN -> "down";
        };
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case UNKNOWN -> "unknown";
            case UP -> "up";
            case DOWN -> "down";
        };
    }

    private static void name(JsonGenerator json, Optional<String> name) throws IOException {
        optional(json, "name", name);
    }

    private static void optional(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            text(json, name, KeyMask.hide(text.get()));
        }
    }

    private static void text(JsonGenerator json, String name, String bytes) throws IOException {
        json.writeStringField(name, Latin1.toUnicode(bytes));
    }

    private static void seconds(JsonGenerator json, String name, Optional<Duration> time) throws IOException {
        if (time.isPresent()) {
            json.writeNumberField(name, Math.round(time.get().toNanos() / 1e3) / 1e6);
        }
    }

    private static double rounded(double share) {
        return Math.round(share * 1e4) / 1e4;
    }

    private static void unlessZero(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, value);
        }
    }

    /// @param value 64 bits unsigned
    private static void unsigned(JsonGenerator json, String name, long value) throws IOException {
        if (value >= 0) {
            json.writeNumberField(name, value);
        } else {
            json.writeFieldName(name);
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        }
    }
}
