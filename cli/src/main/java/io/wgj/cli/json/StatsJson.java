// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import java.util.List;

/// What an engine counts, as a document:
/// `{"schema":"wgj/1","engine":{"interface":"wg0","aead":"…",…,"peers":[{"publicKey": "…",…}]}}`. Names are
/// in lower camel case, numbers are numbers. What follows a peer's key is about that peer.
public final class StatsJson {
    private static final String PUBLIC_KEY = "public_key";

    private StatsJson() {}

    /// @param stats in the engine's order: its own first, then those of each peer after the peer's key
    public static String of(DeviceName device, List<EngineStat> stats) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeObjectFieldStart("engine");
                    json.writeStringField("interface", JsonText.decode(device.text()));
                    boolean peers = false;
                    for (EngineStat stat : stats) {
                        if (stat.name().equals(PUBLIC_KEY)) {
                            if (peers) {
                                json.writeEndObject();
                            } else {
                                json.writeArrayFieldStart("peers");
                                peers = true;
                            }
                            json.writeStartObject();
                            json.writeStringField(
                                    "publicKey",
                                    PublicKey.parseHex(stat.value())
                                            .map(PublicKey::toBase64)
                                            .orElse(stat.value()));
                        } else if (isNumber(stat.value())) {
                            json.writeNumberField(camelCase(stat.name()), Long.parseLong(stat.value()));
                        } else {
                            json.writeStringField(camelCase(stat.name()), JsonText.decode(stat.value()));
                        }
                    }
                    if (peers) {
                        json.writeEndObject();
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,18}");
    }

    /// `droppedShort` for `dropped_short`.
    private static String camelCase(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i + 1 < name.length()) {
                i++;
                out.append(Character.toUpperCase(name.charAt(i)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
