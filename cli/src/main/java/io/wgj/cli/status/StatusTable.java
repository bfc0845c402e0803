// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Printable;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.ProbeStatus;
import io.wgj.monitor.protocol.ReplyWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The table of `wgj status`: a line of headings, then a line for each peer, and one for an interface without
/// peers. Columns are as wide as they need to be.
public final class StatusTable {
    private static final String[] HEADINGS = {
        "INTERFACE", "PEER", "STATE", "SINCE", "HANDSHAKE", "RECEIVED", "SENT", "ENDPOINT", "PROBE", "REASON"
    };
    private static final String NOTHING = "-";
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private StatusTable() {}

    /// Appends the table; nothing at all when there is no interface.
    static void render(MonitorStatus status, ScopeNames scopes, StringBuilder out) {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (InterfaceStatus link : status.interfaces()) {
            for (PeerStatus peer : link.peers()) {
                rows.add(row(status, link, peer, scopes));
            }
            if (link.peers().isEmpty()) {
                rows.add(new String[] {link.name().text(), "(no peers)"});
            }
        }
        if (rows.size() == 1) {
            return;
        }
        int[] widths = widths(rows);
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                out.append(row[i]);
                if (i + 1 < row.length) {
                    out.repeat(' ', widths[i] - row[i].length() + 2);
                }
            }
            out.append('\n');
        }
    }

    private static int[] widths(List<String[]> rows) {
        int[] widths = new int[HEADINGS.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return widths;
    }

    private static String[] row(MonitorStatus status, InterfaceStatus link, PeerStatus peer, ScopeNames scopes) {
        long handshake = peer.latestHandshake().seconds();
        return new String[] {
            Printable.of(link.name().text()),
            Printable.of(
                    peer.name().isPresent()
                            ? peer.name().get()
                            : peer.publicKey().toBase64()),
            ReplyWriter.word(peer.state()),
            age(Duration.between(peer.since(), status.time()).toSeconds()),
            handshake == 0 ? "never" : age(status.time().getEpochSecond() - handshake) + " ago",
            rate(peer.rxRate()),
            rate(peer.txRate()),
            peer.endpoint().isPresent() ? peer.endpoint().get().text(scopes) : NOTHING,
            peer.probe().isPresent() ? probe(peer.probe().get()) : NOTHING,
            Printable.of(peer.reason())
        };
    }

    /// `45s`, `2m5s`, `3h7m`, `12d4h`: the two largest units.
    public static String age(long seconds) {
        long all = Math.max(0, seconds);
        if (all < 60) {
            return all + "s";
        }
        if (all < 3600) {
            return all / 60 + "m" + all % 60 + "s";
        }
        return all < 86_400 ? all / 3600 + "h" + all % 3600 / 60 + "m" : all / 86_400 + "d" + all % 86_400 / 3600 + "h";
    }

    /// `0 B/s`, `12.3 KiB/s`: three digits.
    public static String rate(long bytes) {
        int unit = 0;
        long tenths = Math.max(0, bytes) * 10;
        while (tenths >= 10_240 && unit + 1 < UNITS.length) {
            tenths = (tenths + 512) / 1024;
            unit++;
        }
        String digits = unit == 0 || tenths >= 1000 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
        return digits + " " + UNITS[unit] + "/s";
    }

    /// `10.0.0.1 12.3 ms, 5 % lost`.
    private static String probe(ProbeStatus probe) {
        String time = "no answer";
        if (probe.latest().isPresent()) {
            long tenths = (probe.latest().get().toNanos() + 50_000) / 100_000;
            time = tenths / 10 + "." + tenths % 10 + " ms";
        }
        return probe.target().text() + " " + time + ", " + Math.round(probe.loss() * 100) + " % lost";
    }
}
