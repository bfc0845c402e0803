// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import io.wgj.engine.uapi.EngineStat;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Devices in our own shape, schema `wgj/1`: absent values are absent, sizes are bytes, durations seconds, times
/// RFC 3339 text in UTC. Interfaces and peers are lists in the device's order.
public final class DeviceJson {
    /// 9999-12-31T23:59:59Z: RFC 3339 has four digits for the year.
    private static final long LAST_SECOND = 253_402_300_799L;

    private final JsonGenerator json;
    private final boolean secrets;
    private final ScopeNames scopes;
    private final Map<DeviceName, List<EngineStat>> engines;
    private final Map<DeviceName, Map<PublicKey, String>> names;

    private DeviceJson(
            JsonGenerator json,
            Map<DeviceName, List<EngineStat>> engines,
            Map<DeviceName, Map<PublicKey, String>> names,
            boolean secrets,
            ScopeNames scopes) {
        this.engines = engines;
        this.names = names;
        this.json = json;
        this.secrets = secrets;
        this.scopes = scopes;
    }

    /// @param engines statistics of devices in our own engine
    /// @param names of peers, bytes, one a char
    /// @param secrets whether private and preshared keys are shown
    /// @param fromMonitor whether the monitor was asked, as this process may not read the devices
    public static String of(
            List<DeviceState> devices,
            Map<DeviceName, List<EngineStat>> engines,
            Map<DeviceName, Map<PublicKey, String>> names,
            boolean secrets,
            boolean fromMonitor,
            ScopeNames scopes) {
        return document(fromMonitor, json -> {
            DeviceJson writer = new DeviceJson(json, engines, names, secrets, scopes);
            for (DeviceState device : devices) {
                writer.device(device);
            }
        });
    }

    /// The same shape with nothing but names.
    ///
    /// @param fromMonitor whether the monitor listed them
    public static String ofNames(List<DeviceName> names, boolean fromMonitor) {
        return document(fromMonitor, json -> {
            for (DeviceName name : names) {
                json.writeStartObject();
                json.writeStringField("name", JsonText.decode(name.text()));
                json.writeEndObject();
            }
        });
    }

    private static String document(boolean fromMonitor, JsonText.Document interfaces) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    if (fromMonitor) {
                        json.writeStringField("source", "monitor");
                    }
                    json.writeArrayFieldStart("interfaces");
                    interfaces.write(json);
                    json.writeEndArray();
                    json.writeEndObject();
                },
                null);
    }

    private void device(DeviceState device) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", JsonText.decode(device.name().text()));
        if (secrets && device.privateKey().isPresent()) {
            json.writeStringField("privateKey", device.privateKey().get().toBase64());
        }
        if (device.publicKey().isPresent()) {
            json.writeStringField("publicKey", device.publicKey().get().toBase64());
        }
        numberUnlessZero(json, "listenPort", device.listenPort());
        numberUnlessZero(json, "fwmark", Integer.toUnsignedLong(device.fwmark()));
        engine(engines.getOrDefault(device.name(), List.of()));
        Map<PublicKey, String> ofPeers = names.getOrDefault(device.name(), Map.of());
        json.writeArrayFieldStart("peers");
        for (PeerState peer : device.peers()) {
            json.writeStartObject();
            json.writeStringField("publicKey", peer.publicKey().toBase64());
            String name = ofPeers.get(peer.publicKey());
            if (name != null) {
                json.writeStringField("name", JsonText.decode(name));
            }
            peer(peer);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// Which code our own engine runs; its counters are `wgj engine --stats`.
    private void engine(List<EngineStat> stats) throws IOException {
        String aead = value(stats, "aead");
        String x25519 = value(stats, "x25519");
        if (!aead.isEmpty() && !x25519.isEmpty()) {
            json.writeObjectFieldStart("engine");
            json.writeStringField("aead", JsonText.decode(aead));
            json.writeStringField("x25519", JsonText.decode(x25519));
            json.writeEndObject();
        }
    }

    private static String value(List<EngineStat> stats, String name) {
        for (EngineStat stat : stats) {
            if (stat.name().equals(name)) {
                return stat.value();
            }
        }
        return "";
    }

    private void peer(PeerState peer) throws IOException {
        if (secrets && peer.presharedKey().isPresent()) {
            json.writeStringField("presharedKey", peer.presharedKey().get().toBase64());
        }
        if (peer.endpoint().isPresent()) {
            json.writeStringField(
                    "endpoint", JsonText.decode(peer.endpoint().get().text(scopes)));
        }
        allowedIps(json, peer.allowedIps());
        HandshakeTime handshake = peer.latestHandshake();
        if (!handshake.isNever() && handshake.seconds() > 0 && handshake.seconds() <= LAST_SECOND) {
            json.writeStringField(
                    "latestHandshake",
                    Instant.ofEpochSecond(handshake.seconds()).toString());
        }
        unsigned(json, "transferRx", peer.rxBytes());
        unsigned(json, "transferTx", peer.txBytes());
        numberUnlessZero(json, "persistentKeepalive", peer.persistentKeepalive());
    }

    static void allowedIps(JsonGenerator json, List<IpPrefix> prefixes) throws IOException {
        json.writeArrayFieldStart("allowedIps");
        for (IpPrefix prefix : prefixes) {
            json.writeString(prefix.text());
        }
        json.writeEndArray();
    }

    static void numberUnlessZero(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, value);
        }
    }

    /// @param value 64 bits unsigned
    static void unsigned(JsonGenerator json, String name, long value) throws IOException {
        if (value >= 0) {
            json.writeNumberField(name, value);
        } else {
            json.writeFieldName(name);
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        }
    }
}
