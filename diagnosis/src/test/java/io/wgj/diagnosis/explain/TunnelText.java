// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// WireGuard interfaces as lines of recordings: `tunnel NAME PORT MARK`, then `peer KEY ENDPOINT ALLOWED,…` for
/// each peer.
public final class TunnelText {
    private TunnelText() {}

    /// The interfaces in the lines that are of one; others are passed over.
    public static List<DeviceState> read(List<String> lines) {
        List<DeviceState> found = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("tunnel")) {
                found.add(new DeviceState(
                        new DeviceName(words[1]),
                        Optional.empty(),
                        Optional.empty(),
                        Integer.parseInt(words[2]),
                        Integer.decode(words[3]),
                        List.of()));
            } else if (words[0].equals("peer")) {
                DeviceState last = found.removeLast();
                List<PeerState> peers = new ArrayList<>(last.peers());
                peers.add(peer(words));
                found.add(new DeviceState(
                        last.name(), Optional.empty(), Optional.empty(), last.listenPort(), last.fwmark(), peers));
            }
        }
        return found;
    }

    private static PeerState peer(String[] words) {
        PeerState peer = new PeerState(PublicKey.parseBase64(words[1]).orElseThrow());
        List<IpPrefix> allowed = new ArrayList<>();
        for (String text : words[3].split(",", -1)) {
            int slash = text.indexOf('/');
            allowed.add(new IpPrefix(
                    IpAddress.parse(text.substring(0, slash)).orElseThrow(),
                    Integer.parseInt(text.substring(slash + 1))));
        }
        peer = peer.withAllowedIps(allowed);
        if (words[2].equals("-")) {
            return peer;
        }
        int colon = words[2].lastIndexOf(':');
        String host = words[2].substring(0, colon).replace("[", "").replace("]", "");
        return peer.withEndpoint(new Endpoint.Numeric(
                IpAddress.parse(host).orElseThrow(), Integer.parseInt(words[2].substring(colon + 1))));
    }
}
