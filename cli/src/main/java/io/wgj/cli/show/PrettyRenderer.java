// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The blocks of `wg show` for people.
///
/// @param colour whether escape sequences are wanted
/// @param showKeys whether private and preshared keys are printed rather than `(hidden)`
/// @param now wall-clock seconds since 1970; handshakes are shown relative to it
/// @param names of peers; the block of a peer with a name begins with it, and its key is the first line below
public record PrettyRenderer(
        boolean colour, boolean showKeys, long now, ScopeNames scopes, Map<PublicKey, String> names) {
    /// The blocks as `wg` prints them.
    public PrettyRenderer(boolean colour, boolean showKeys, long now, ScopeNames scopes) {
        this(colour, showKeys, now, scopes, Map.of());
    }

    /// Appends the block of `device`, without an empty line after it.
    public void render(DeviceState device, StringBuilder out) {
        Paint paint = new Paint(out, colour);
        paint.code(Paint.RESET);
        header(paint, Paint.GREEN, "interface", device.name().text());
        if (device.publicKey().isPresent()) {
            line(paint, "public key", device.publicKey().get().toBase64());
        }
        if (device.privateKey().isPresent()) {
            line(paint, "private key", showKeys ? device.privateKey().get().toBase64() : "(hidden)");
        }
        if (device.listenPort() != 0) {
            line(paint, "listening port", Integer.toString(device.listenPort()));
        }
        if (device.fwmark() != 0) {
            line(paint, "fwmark", FieldText.fwmark(device.fwmark()));
        }
        for (PeerState peer : byHandshake(device.peers())) {
            paint.end();
            renderPeer(paint, peer);
        }
    }

    private void renderPeer(Paint paint, PeerState peer) {
        String key = peer.publicKey().toBase64();
        String name = names.get(peer.publicKey());
        header(paint, Paint.YELLOW, "peer", name == null ? key : name);
        if (name != null) {
            line(paint, "public key", key);
        }
        if (peer.presharedKey().isPresent()) {
            line(paint, "preshared key", showKeys ? peer.presharedKey().get().toBase64() : "(hidden)");
        }
        if (peer.endpoint().isPresent()) {
            line(paint, "endpoint", peer.endpoint().get().text(scopes));
        }
        allowedIps(paint, peer.allowedIps());
        if (!peer.latestHandshake().isNever()) {
            paint.label("latest handshake");
            Quantities.ago(paint, now, peer.latestHandshake().seconds());
            paint.end();
        }
        if (peer.rxBytes() != 0 || peer.txBytes() != 0) {
            paint.label("transfer");
            Quantities.bytes(paint, peer.rxBytes());
            paint.text(" received, ");
            Quantities.bytes(paint, peer.txBytes());
            paint.text(" sent").end();
        }
        if (peer.persistentKeepalive() != 0) {
            paint.label("persistent keepalive").text("every ");
            Quantities.duration(paint, peer.persistentKeepalive());
            paint.end();
        }
    }

    private static void header(Paint paint, String hue, String kind, String name) {
        paint.code(hue).in(Paint.BOLD, kind).text(": ").in(hue, name).end();
    }

    private static void line(Paint paint, String label, String value) {
        paint.label(label).text(value).end();
    }

    private static void allowedIps(Paint paint, List<IpPrefix> prefixes) {
        paint.label("allowed ips");
        if (prefixes.isEmpty()) {
            paint.text("(none)");
        }
        for (int i = 0; i < prefixes.size(); i++) {
            IpPrefix prefix = prefixes.get(i);
            paint.text(i == 0 ? "" : ", ").text(prefix.address().text());
            paint.in(Paint.CYAN, "/").number(prefix.length());
        }
        paint.end();
    }

    /// The most recent handshake first, peers without one last; equals stay as the device has them.
    private static List<PeerState> byHandshake(List<PeerState> peers) {
        if (peers.size() < 2) {
            return peers;
        }
        List<PeerState> sorted = new ArrayList<>(peers);
        sorted.sort((a, b) -> compare(a.latestHandshake(), b.latestHandshake()));
        return sorted;
    }

    private static int compare(HandshakeTime a, HandshakeTime b) {
        if (a.isNever() || b.isNever()) {
            return Boolean.compare(a.isNever(), b.isNever());
        }
        int bySeconds = Long.compare(b.seconds(), a.seconds());
        return bySeconds != 0 ? bySeconds : Long.compare(b.nanos(), a.nanos());
    }
}
