// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.KeyMask;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.quick.plan.SyncChange;
import io.wgj.quick.text.WgSetWords;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The difference between a device and a file as a document:
/// `{"schema":"wgj/1","diff":{"interface","file","same":false,"listenPort":{"from":1,"to":2},"peers":[…],
/// "commands":[…]}}`. A value that is not set on a side is absent there. Of secret keys the document says `set` or
/// `cleared`.
public final class DiffJson {
    private final JsonGenerator json;
    private final Map<PublicKey, PeerState> present = new HashMap<>();
    private final Map<PublicKey, String> names;

    private DiffJson(JsonGenerator json, DeviceState now, Map<PublicKey, String> names) {
        this.json = json;
        this.names = names;
        for (PeerState peer : now.peers()) {
            present.put(peer.publicKey(), peer);
        }
    }

    /// @param names of peers
    public static String of(String file, SyncChange change, Map<PublicKey, String> names) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeObjectFieldStart("diff");
                    json.writeStringField(
                            "interface", JsonText.decode(change.now().name().text()));
                    json.writeStringField("file", JsonText.decode(KeyMask.hide(file)));
                    json.writeBooleanField("same", change.isEmpty());
                    new DiffJson(json, change.now(), names).device(change.now(), change.update());
                    PlanJson.strings(
                            json,
                            "commands",
                            WgSetWords.lines(change.now().name().text(), change.update()));
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }

    /// The members of one change of a device, without names.
    static void device(JsonGenerator json, SyncChange change) throws IOException {
        new DiffJson(json, change.now(), Map.of()).device(change.now(), change.update());
    }

    private void device(DeviceState now, DeviceUpdate update) throws IOException {
        secret("privateKey", update.privateKey());
        number("listenPort", now.listenPort(), update.listenPort());
        number("fwmark", Integer.toUnsignedLong(now.fwmark()), update.fwmark());
        json.writeArrayFieldStart("peers");
        for (PeerUpdate peer : update.peers()) {
            peer(peer);
        }
        json.writeEndArray();
    }

    private void peer(PeerUpdate update) throws IOException {
        PublicKey key = update.publicKey();
        PeerState now = present.get(key);
        json.writeStartObject();
        json.writeStringField("publicKey", key.toBase64());
        String name = names.getOrDefault(key, "");
        if (!name.isEmpty()) {
            json.writeStringField("name", JsonText.decode(name));
        }
        json.writeStringField(
                "change", update instanceof PeerUpdate.Remove ? "removed" : now == null ? "added" : "changed");
        if (update instanceof PeerUpdate.Put put) {
            settings(now == null ? new PeerState(key) : now, put.settings());
        }
        json.writeEndObject();
    }

    private void settings(PeerState now, PeerSettings<Endpoint.Numeric> settings) throws IOException {
        secret("presharedKey", settings.presharedKey());
        if (settings.endpoint().value().isPresent()) {
            json.writeObjectFieldStart("endpoint");
            if (now.endpoint().isPresent()) {
                json.writeStringField("from", now.endpoint().get().text());
            }
            json.writeStringField("to", settings.endpoint().value().get().text());
            json.writeEndObject();
        }
        if (!settings.allowedIps().isEmpty()) {
            json.writeObjectFieldStart("allowedIps");
            prefixes("added", settings.allowedIps(), false);
            prefixes("removed", settings.allowedIps(), true);
            json.writeEndObject();
        }
        number("persistentKeepalive", now.persistentKeepalive(), settings.persistentKeepalive());
    }

    private void prefixes(String name, List<AllowedIpUpdate> updates, boolean removed) throws IOException {
        json.writeArrayFieldStart(name);
        for (AllowedIpUpdate entry : updates) {
            if (entry.remove() == removed) {
                json.writeString(entry.prefix().text());
            }
        }
        json.writeEndArray();
    }

    private void secret(String name, Change<?> change) throws IOException {
        if (change.isMentioned()) {
            json.writeStringField(name, change.value().isPresent() ? "set" : "cleared");
        }
    }

    private void number(String name, long from, Change<Integer> change) throws IOException {
        if (change.isMentioned()) {
            json.writeObjectFieldStart(name);
            DeviceJson.numberUnlessZero(json, "from", from);
            DeviceJson.numberUnlessZero(
                    json, "to", Integer.toUnsignedLong(change.value().orElse(0)));
            json.writeEndObject();
        }
    }
}
