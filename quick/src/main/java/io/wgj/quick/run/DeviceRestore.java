// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.engine.uapi.SetRequest;
import io.wgj.engine.uapi.UapiText;
import io.wgj.netlink.sys.Interfaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Restores a device to an earlier state.
final class DeviceRestore {
    /// How a reply of a device to `get` ends.
    private static final String END_OF_REPLY = "errno=0\n\n";

    private DeviceRestore() {}

    /// The configuration of a device as text, with its keys.
    static String text(DeviceState before) {
        return reply(new SetRequest(wanted(before), EngineOptions.NONE));
    }

    /// The settings of wgj's own engine as text; empty for another implementation.
    static String text(Optional<EngineOptions> told) {
        return told.isPresent() ? reply(new SetRequest(DeviceUpdate.ofPeers(List.of()), told.get())) : "";
    }

    /// A request that sets everything has the lines of a reply that tells everything. Readers skip the others.
    private static String reply(SetRequest request) {
        String lines = UapiText.formatSet(request, Interfaces::nameOf);
        return lines.substring(0, lines.length() - 1) + END_OF_REPLY;
    }

    /// The configuration in a text of [#text(DeviceState)], without counters and handshakes.
    static DeviceState device(InterfaceName link, String text) throws DeviceException {
        return UapiText.parseGetReply(new DeviceName(link.text()), text, Interfaces::indexOf);
    }

    /// The settings in a text of [#text(Optional)].
    static Optional<EngineOptions> engine(String text) throws DeviceException {
        return text.isEmpty() ? Optional.empty() : Optional.of(EngineOptions.of(UapiText.parseStats(text)));
    }

    /// The whole configuration of `before`, as a file would have it.
    static DeviceUpdate wanted(DeviceState before) {
        List<PeerUpdate> peers = new ArrayList<>();
        for (PeerState peer : before.peers()) {
            PeerSettings<Endpoint.Numeric> settings = PeerSettings.NONE
                    .withPresharedKey(orClear(peer.presharedKey()))
                    .withPersistentKeepalive(peer.persistentKeepalive())
                    .withOnlyAllowedIps(peer.allowedIps());
            if (peer.endpoint().isPresent()) {
                settings = settings.withEndpoint(peer.endpoint().get());
            }
            peers.add(new PeerUpdate.Put(peer.publicKey(), settings));
        }
        return new DeviceUpdate(
                orClear(before.privateKey()),
                Change.set(before.listenPort()),
                Change.set(before.fwmark()),
                true,
                peers);
    }

    private static <T> Change<T> orClear(Optional<T> value) {
        return value.isPresent() ? Change.set(value.get()) : Change.clear();
    }
}
