// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.ProbeStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The members of a peer in a reply.
final class PeerFields {
    private final List<IpPrefix> allowedIps = new ArrayList<>();
    private @Nullable PublicKey publicKey;
    private @Nullable String name;
    private @Nullable PeerState state;
    private @Nullable Instant since;
    private @Nullable Instant lastHeard;
    private Endpoint.@Nullable Numeric endpoint;
    private @Nullable ProbeStatus probe;
    private Verdict verdict = Verdict.UNKNOWN;
    private String reason = "";
    private HandshakeTime handshake = HandshakeTime.NEVER;
    private long rxBytes;
    private long txBytes;
    private long rxRate;
    private long txRate;
    private int keepalive;
    private int openRounds;
    private double learnedLoss;
    private boolean hasPresharedKey;

    private PeerFields() {}

    /// Reads an object whose start was read.
    static PeerFields read(JsonParser json, ScopeIndexes scopes) throws IOException, ProtocolException {
        PeerFields fields = new PeerFields();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            fields.set(member, json, scopes);
        }
        return fields;
    }

    private void set(String member, JsonParser json, ScopeIndexes scopes) throws IOException, ProtocolException {
        switch (member) {
            case "publicKey" -> publicKey = key(json);
            case "name" -> name = ReplyReader.text(json);
            case "state" -> state = state(ReplyReader.text(json));
            case "verdict" -> verdict = verdict(ReplyReader.text(json));
            case "reason" -> reason = ReplyReader.text(json);
            case "since" -> since = Timestamps.parse(ReplyReader.text(json));
            case "lastHeard" -> lastHeard = Timestamps.parse(ReplyReader.text(json));
            case "openRounds" -> openRounds = json.getValueAsInt();
            case "learnedLoss" -> learnedLoss = json.getValueAsDouble();
            case "rateRx" -> rxRate = json.getValueAsLong();
            case "rateTx" -> txRate = json.getValueAsLong();
            case "endpoint" -> endpoint = endpoint(ReplyReader.text(json), scopes);
            case "hasPresharedKey" -> hasPresharedKey = json.getValueAsBoolean();
            case "allowedIps" -> {
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    allowedIps.add(prefix(ReplyReader.text(json)));
                }
            }
            case "latestHandshake" -> {
                Instant time = Timestamps.parse(ReplyReader.text(json));
                handshake = new HandshakeTime(time.getEpochSecond(), time.getNano());
            }
            case "transferRx" -> rxBytes = unsigned(json);
            case "transferTx" -> txBytes = unsigned(json);
            case "persistentKeepalive" -> keepalive = json.getValueAsInt();
            case "probe" -> probe = probe(json);
            default -> json.skipChildren();
        }
    }

    PeerStatus status() throws ProtocolException {
        return new PeerStatus(
                ReplyReader.required(publicKey, "publicKey"),
                Optional.ofNullable(name),
                ReplyReader.required(state, "state"),
                verdict,
                reason,
                ReplyReader.required(since, "since"),
                Optional.ofNullable(lastHeard),
                handshake,
                rxBytes,
                txBytes,
                rxRate,
                txRate,
                Optional.ofNullable(endpoint),
                allowedIps,
                hasPresharedKey,
                keepalive,
                openRounds,
                learnedLoss,
                Optional.ofNullable(probe));
    }

    io.wgj.config.device.PeerState state() throws ProtocolException {
        io.wgj.config.device.PeerState peer = new io.wgj.config.device.PeerState(
                        ReplyReader.required(publicKey, "publicKey"))
                .withAllowedIps(allowedIps)
                .withLatestHandshake(handshake)
                .withTraffic(rxBytes, txBytes)
                .withPersistentKeepalive(keepalive);
        return endpoint == null ? peer : peer.withEndpoint(endpoint);
    }

    static PublicKey key(JsonParser json) throws IOException, ProtocolException {
        Optional<PublicKey> key = PublicKey.parseBase64(ReplyReader.text(json));
        if (key.isEmpty()) {
            throw new ProtocolException(json.currentName() + ": its value is no public key");
        }
        return key.get();
    }

    private static PeerState state(String word) throws ProtocolException {
        return switch (word) {
            case "idle" -> PeerState.IDLE;
            case "connecting" -> PeerState.CONNECTING;
            case "up" -> PeerState.UP;
            case "quiet" -> PeerState.QUIET;
            case "stale" -> PeerState.STALE;
            case "down" -> PeerState.DOWN;
            default -> throw new ProtocolException("state: there is no state " + word);
        };
    }

    private static Verdict verdict(String word) {
        return switch (word) {
            case "up" -> Verdict.UP;
            case "down" -> Verdict.DOWN;
            default -> Verdict.UNKNOWN;
        };
    }

    /// @param text with a name or a number as the scope of a link-local address
    private static Endpoint.Numeric endpoint(String text, ScopeIndexes scopes) throws ProtocolException {
        try {
            Endpoint endpoint = ValueSyntax.endpoint(text);
            if (endpoint instanceof Endpoint.Numeric numeric) {
                return numeric;
            }
            return scoped((Endpoint.Named) endpoint, scopes);
        } catch (ValueException | IllegalArgumentException _) {
            throw new ProtocolException("endpoint: \"" + text + "\" is none");
        }
    }

    private static Endpoint.Numeric scoped(Endpoint.Named endpoint, ScopeIndexes scopes) throws ProtocolException {
        int percent = endpoint.host().indexOf('%');
        Optional<IpAddress> address =
                percent < 0 ? Optional.empty() : IpAddress.parse(endpoint.host().substring(0, percent));
        if (address.isEmpty()) {
            throw new ProtocolException("endpoint: \"" + endpoint.text() + "\" has no address");
        }
        String scope = endpoint.host().substring(percent + 1);
        boolean number = !scope.isEmpty() && scope.charAt(0) >= '0' && scope.charAt(0) <= '9';
        int index = number ? Integer.parseUnsignedInt(scope) : scopes.indexOf(scope);
        return new Endpoint.Numeric(address.get(), Integer.parseInt(endpoint.service()), index);
    }

    private static IpPrefix prefix(String text) throws ProtocolException {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = slash < 0 ? Optional.empty() : IpAddress.parse(text.substring(0, slash));
        try {
            if (address.isPresent()) {
                return new IpPrefix(address.get(), Integer.parseInt(text, slash + 1, text.length(), 10));
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new ProtocolException("allowedIps: \"" + text + "\" is no prefix");
    }

    private static long unsigned(JsonParser json) throws IOException, ProtocolException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new ProtocolException(json.currentName() + ": its value has to be a whole number");
        }
        try {
            return Long.parseUnsignedLong(json.getText());
        } catch (NumberFormatException _) {
            throw new ProtocolException(json.currentName() + ": its value is out of range");
        }
    }

    private static ProbeStatus probe(JsonParser json) throws IOException, ProtocolException {
        Optional<IpAddress> target = Optional.empty();
        long sent = 0;
        long answered = 0;
        double loss = 0;
        Optional<Duration> latest = Optional.empty();
        Optional<Duration> shortest = Optional.empty();
        Optional<Duration> average = Optional.empty();
        Optional<Duration> longest = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "target" -> target = IpAddress.parse(ReplyReader.text(json));
                case "sent" -> sent = json.getValueAsLong();
                case "answered" -> answered = json.getValueAsLong();
                case "loss" -> loss = json.getValueAsDouble();
                case "latest" -> latest = seconds(json);
                case "shortest" -> shortest = seconds(json);
                case "average" -> average = seconds(json);
                case "longest" -> longest = seconds(json);
                default -> json.skipChildren();
            }
        }
        if (target.isEmpty()) {
            throw new ProtocolException("target: the probe has no address");
        }
        return new ProbeStatus(target.get(), sent, answered, loss, latest, shortest, average, longest);
    }

    private static Optional<Duration> seconds(JsonParser json) throws IOException {
        return Optional.of(Duration.ofNanos(Math.round(json.getValueAsDouble() * 1e9)));
    }
}
