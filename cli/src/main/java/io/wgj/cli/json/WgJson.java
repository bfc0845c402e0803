// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.ScopeNames;
import java.io.IOException;
import java.util.List;

/// Devices in the shape of `wg-json`, a script that comes with wireguard-tools: an object by interface, in it one
/// by public key; what is zero or off is absent; indented with tabs.
public final class WgJson {
    private WgJson() {}

    /// @param secrets whether private and preshared keys are shown
    public static String of(List<DeviceState> devices, boolean secrets, ScopeNames scopes) {
        if (devices.isEmpty()) {
            return "{\n}\n";
        }
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    for (DeviceState device : devices) {
                        json.writeObjectFieldStart(JsonText.decode(device.name().text()));
                        device(json, device, secrets, scopes);
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                },
                layout());
    }

    private static DefaultPrettyPrinter layout() {
        DefaultIndenter tabs = new DefaultIndenter("\t", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(tabs).withArrayIndenter(tabs);
    }

    private static void device(JsonGenerator json, DeviceState device, boolean secrets, ScopeNames scopes)
            throws IOException {
        if (secrets && device.privateKey().isPresent()) {
            json.writeStringField("privateKey", device.privateKey().get().toBase64());
        }
        if (device.publicKey().isPresent()) {
            json.writeStringField("publicKey", device.publicKey().get().toBase64());
        }
        DeviceJson.numberUnlessZero(json, "listenPort", device.listenPort());
        DeviceJson.numberUnlessZero(json, "fwmark", Integer.toUnsignedLong(device.fwmark()));
        json.writeObjectFieldStart("peers");
        for (PeerState peer : device.peers()) {
            json.writeObjectFieldStart(peer.publicKey().toBase64());
            peer(json, peer, secrets, scopes);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void peer(JsonGenerator json, PeerState peer, boolean secrets, ScopeNames scopes)
            throws IOException {
        if (secrets && peer.presharedKey().isPresent()) {
            json.writeStringField("presharedKey", peer.presharedKey().get().toBase64());
        }
        if (peer.endpoint().isPresent()) {
            json.writeStringField(
                    "endpoint", JsonText.decode(peer.endpoint().get().text(scopes)));
        }
        DeviceJson.numberUnlessZero(
                json, "latestHandshake", peer.latestHandshake().seconds());
        if (peer.rxBytes() != 0) {
            DeviceJson.unsigned(json, "transferRx", peer.rxBytes());
        }
        if (peer.txBytes() != 0) {
            DeviceJson.unsigned(json, "transferTx", peer.txBytes());
        }
        DeviceJson.numberUnlessZero(json, "persistentKeepalive", peer.persistentKeepalive());
        DeviceJson.allowedIps(json, peer.allowedIps());
    }
}
