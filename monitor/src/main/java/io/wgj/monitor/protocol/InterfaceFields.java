// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wgj.config.device.DeviceState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.PeerStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The members of an interface in a reply. Those of [ReplyWriter#show] are fewer than those of
/// [ReplyWriter#status].
final class InterfaceFields {
    private final List<PeerFields> peers = new ArrayList<>();
    private @Nullable String name;
    private @Nullable PublicKey publicKey;
    private @Nullable String file;
    private @Nullable String readFailure;
    private DeviceSource source = DeviceSource.KERNEL;
    private int index;
    private int listenPort;
    private int fwmark;

    private InterfaceFields() {}

    /// Reads an object whose start was read.
    static InterfaceFields read(JsonParser json, ScopeIndexes scopes) throws IOException, ProtocolException {
        InterfaceFields fields = new InterfaceFields();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.set(name, json, scopes);
        }
        return fields;
    }

    private void set(String member, JsonParser json, ScopeIndexes scopes) throws IOException, ProtocolException {
        switch (member) {
            case "name" -> name = ReplyReader.text(json);
            case "index" -> index = json.getValueAsInt();
            case "device" ->
                source = ReplyReader.text(json).equals(DeviceSource.USERSPACE.text())
                        ? DeviceSource.USERSPACE
                        : DeviceSource.KERNEL;
            case "publicKey" -> publicKey = PeerFields.key(json);
            case "listenPort" -> listenPort = json.getValueAsInt();
            case "fwmark" -> fwmark = (int) json.getValueAsLong();
            case "file" -> file = ReplyReader.text(json);
            case "readFailure" -> readFailure = ReplyReader.text(json);
            case "peers" -> {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    peers.add(PeerFields.read(json, scopes));
                }
            }
            default -> json.skipChildren();
        }
    }

    InterfaceStatus status() throws ProtocolException {
        List<PeerStatus> statuses = new ArrayList<>();
        for (PeerFields peer : peers) {
            statuses.add(peer.status());
        }
        return new InterfaceStatus(
                name(),
                index,
                source,
                Optional.ofNullable(publicKey),
                listenPort,
                fwmark,
                statuses,
                Optional.ofNullable(file),
                Optional.ofNullable(readFailure));
    }

    DeviceState device() throws ProtocolException {
        List<io.wgj.config.device.PeerState> states = new ArrayList<>();
        for (PeerFields peer : peers) {
            states.add(peer.state());
        }
        return new DeviceState(name(), Optional.empty(), Optional.ofNullable(publicKey), listenPort, fwmark, states);
    }

    private DeviceName name() throws ProtocolException {
        return new DeviceName(ReplyReader.required(name, "name"));
    }
}
