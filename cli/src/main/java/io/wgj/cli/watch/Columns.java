// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.DisplayWidth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which columns a table has room for, and how wide they are.
final class Columns {
    private static final int GAP = 2;
    private static final int SHORTEST_NAME = 8;
    private static final int FIRST_NAME = 16;
    private static final int LEAST_ENDPOINT = 9;
    private static final int LEAST_REASON = 16;
    private static final int SHORT_TRAFFIC = 10;

    /// In the order in which they stand.
    enum Column {
        INTERFACE("INTERFACE", false),
        PEER("PEER", false),
        STATE("STATE", false),
        HANDSHAKE("HANDSHAKE", true),
        RECEIVED("RECEIVED", true),
        SENT("SENT", true),
        TRAFFIC("TRAFFIC", false),
        ENDPOINT("ENDPOINT", false),
        REASON("REASON", false);

        private final String heading;
        private final boolean right;

        Column(String heading, boolean right) {
            this.heading = heading;
            this.right = right;
        }

        String heading() {
            return heading;
        }

        /// Whether its texts end at one column rather than begin there.
        boolean isRight() {
            return right;
        }
    }

    private final Map<Column, Integer> widths = new EnumMap<>(Column.class);
    private int left;

    private Columns(int room) {
        left = room;
    }

    /// The most important columns that fit.
    ///
    /// @param shown the rows that are shown
    /// @param links how many interfaces there are
    /// @param room in columns
    static Columns of(List<PeerRow> shown, int links, int room, ScopeNames scopes) {
        Columns columns = new Columns(room + GAP);
        int name = Column.PEER.heading.length();
        int link = Column.INTERFACE.heading.length();
        int endpoint = Column.ENDPOINT.heading.length();
        for (PeerRow row : shown) {
            name = Math.max(name, DisplayWidth.of(row.name()));
            link = Math.max(link, DisplayWidth.of(row.link()));
            endpoint = Math.max(endpoint, DisplayWidth.of(row.endpoint(scopes)));
        }
        int least = Math.min(name, SHORTEST_NAME);
        columns.add(Column.PEER, Math.min(room, least), 0);
        columns.add(Column.STATE, "connecting".length(), 0);
        columns.grow(Column.PEER, Math.min(name, FIRST_NAME), 2 * (GAP + "1023 KiB/s".length()));
        columns.add(Column.RECEIVED, "1023 KiB/s".length(), 0);
        columns.add(Column.SENT, "1023 KiB/s".length(), 0);
        columns.add(Column.HANDSHAKE, "HANDSHAKE".length(), 0);
        if (links > 1) {
            columns.add(Column.INTERFACE, link, 0);
        }
        columns.add(Column.TRAFFIC, SHORT_TRAFFIC, 0);
        columns.add(Column.ENDPOINT, endpoint, LEAST_ENDPOINT);
        columns.grow(Column.PEER, name, 0);
        if (columns.widths.containsKey(Column.TRAFFIC)) {
            columns.grow(Column.TRAFFIC, PeerRow.REMEMBERED, 0);
        }
        columns.add(Column.REASON, Integer.MAX_VALUE, LEAST_REASON);
        return columns;
    }

    /// Adds a column of `width`, or, when at least `least` columns are left, of what is left.
    ///
    /// @param least 0 for none or all
    private void add(Column column, int width, int least) {
        int room = left - GAP;
        if (room >= width) {
            put(column, width);
        } else if (least > 0 && room >= least) {
            put(column, room);
        }
    }

    private void put(Column column, int width) {
        widths.put(column, width);
        left -= width + GAP;
    }

    /// Widens a column up to `width`, as long as `kept` columns stay free.
    private void grow(Column column, int width, int kept) {
        int more = Math.min(width - width(column), left - GAP - kept);
        if (more > 0) {
            widths.merge(column, more, Integer::sum);
            left -= more;
        }
    }

    /// The width of a column; 0 when there is no room for it.
    int width(Column column) {
        return widths.getOrDefault(column, 0);
    }
}
