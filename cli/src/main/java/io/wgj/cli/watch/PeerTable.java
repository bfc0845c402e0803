// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Printable;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// All peers, from samples. Peers that vanish from the samples vanish here.
final class PeerTable {
    private final ScopeNames scopes;
    private final Map<Place, PeerRow> rows = new HashMap<>();
    private Instant time = Instant.EPOCH;
    private List<String> links = List.of();
    private String failure = "";

    PeerTable(ScopeNames scopes) {
        this.scopes = scopes;
    }

    private record Place(String link, PublicKey key) {}

    /// The orders of the rows. Equal rows are in the order of their names.
    enum Order {
        ACTIVITY("activity"),
        NAME("name"),
        STATE("state"),
        HANDSHAKE("handshake"),
        RECEIVED("received"),
        SENT("sent");

        private static final List<Order> ALL = List.of(values());

        private final String text;

        Order(String text) {
            this.text = text;
        }

        private Comparator<PeerRow> comparator() {
            return switch (this) {
                case ACTIVITY -> Comparator.comparingLong(PeerRow::activity).reversed();
                case NAME -> Comparator.comparing(PeerRow::name);
                case STATE ->
                    Comparator.comparingInt((PeerRow row) -> weight(row.status().state()));
                case HANDSHAKE -> Comparator.comparingLong(PeerRow::handshakeAge);
                case RECEIVED ->
                    Comparator.comparingLong((PeerRow row) -> row.status().rxRate())
                            .reversed();
                case SENT ->
                    Comparator.comparingLong((PeerRow row) -> row.status().txRate())
                            .reversed();
            };
        }

        /// `activity`.
        String text() {
            return text;
        }

        Order next(int step) {
            return ALL.get(Math.floorMod(ALL.indexOf(this) + step, ALL.size()));
        }

        /// The worst first.
        private static int weight(PeerState state) {
            return switch (state) {
                case DOWN -> 0;
                case STALE -> 1;
                case CONNECTING -> 2;
                case UP -> 3;
                case QUIET -> 4;
                case IDLE -> 5;
            };
        }
    }

    /// Takes the next sample.
    void add(MonitorStatus status) {
        time = status.time();
        failure = "";
        links = new ArrayList<>();
        HashSet<Place> present = new HashSet<>();
        for (InterfaceStatus link : status.interfaces()) {
            String name = Latin1.toUnicode(Printable.of(link.name().text()));
            links.add(name);
            link.readFailure().ifPresent(why -> failure = name + ": the monitor cannot read it: " + why);
            for (PeerStatus peer : link.peers()) {
                Place place = new Place(name, peer.publicKey());
                present.add(place);
                PeerRow row = rows.get(place);
                if (row == null || !row.isNamed(peer)) {
                    rows.put(place, new PeerRow(name, peer, time));
                } else {
                    row.add(peer, time);
                }
            }
        }
        rows.keySet().retainAll(present);
    }

    /// A sample that failed: the rows stay as they are.
    void fail(String sentence) {
        failure = sentence;
    }

    /// Why the latest sample failed; empty when it did not.
    String failure() {
        return failure;
    }

    /// Of the latest sample, by the wall clock.
    Instant time() {
        return time;
    }

    /// The interfaces of the latest sample.
    List<String> links() {
        return List.copyOf(links);
    }

    /// All rows, in no order.
    List<PeerRow> rows() {
        return List.copyOf(rows.values());
    }

    /// The rows that match, in order.
    ///
    /// @param filter text that [PeerRow#matches] looks for; empty for all
    List<PeerRow> rows(Order order, boolean reversed, String filter) {
        String lower = filter.toLowerCase(Locale.ROOT);
        List<PeerRow> found = new ArrayList<>();
        for (PeerRow row : rows.values()) {
            if (row.matches(lower, scopes)) {
                found.add(row);
            }
        }
        Comparator<PeerRow> comparator = reversed ? order.comparator().reversed() : order.comparator();
        found.sort(comparator
                .thenComparing(PeerRow::link)
                .thenComparing(PeerRow::name)
                .thenComparing(row -> row.status().publicKey().toBase64()));
        return found;
    }

    ScopeNames scopes() {
        return scopes;
    }
}
