// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.status.StatusTable;
import io.wgj.cli.watch.Columns.Column;
import io.wgj.monitor.liveness.PeerState;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The text of a screen of a given size, from the table and the view alone.
final class Frame {
    private static final String[][] KEYS = {
        {"q, Ctrl-C", "quit"},
        {"s, S", "next and previous order: activity, name, state, handshake, received, sent"},
        {"r", "reverse the order"},
        {"/", "filter by name, key, interface, state, endpoint or allowed IP; Enter keeps it"},
        {"Esc", "clear the filter"},
        {"p, space", "pause, and go on"},
        {"arrows, j, k", "scroll by a line"},
        {"PgUp, PgDn", "scroll by a page"},
        {"Home, End, g, G", "go to the first or last row"},
        {"?", "show these keys"},
    };

    private final PeerTable table;
    private final WatchView view;
    private final int columns;
    private final int lines;
    private final boolean colour;
    private final ZoneId zone;

    /// @param columns of the screen, at least 1
    /// @param lines of the screen, at least 1
    /// @param zone for the time of day
    Frame(PeerTable table, WatchView view, int columns, int lines, boolean colour, ZoneId zone) {
        this.table = table;
        this.view = view;
        this.columns = columns;
        this.lines = lines;
        this.colour = colour;
        this.zone = zone;
    }

    /// How many rows a screen of so many lines shows: it has a title, headings, and a line about keys; with less
    /// than four lines, rows alone.
    static int page(int lines, boolean failure) {
        return lines < 4 ? lines : lines - 3 - (failure ? 1 : 0);
    }

    /// The lines, no more than the screen has, and none wider.
    ///
    /// @param rows all that match, in order
    List<String> text(List<PeerRow> rows) {
        List<String> text = new ArrayList<>(lines);
        boolean failed = !table.failure().isEmpty();
        int page = page(lines, failed);
        boolean whole = page < lines;
        int top = Math.clamp(view.top(), 0, Math.max(0, rows.size() - page));
        List<PeerRow> shown = rows.subList(top, Math.min(rows.size(), top + page));
        if (whole) {
            text.add(title());
            if (failed) {
                text.add(
                        new Line(columns, colour).add(Line.RED, table.failure()).text());
            }
        }
        if (view.help() && whole) {
            keys(text, page + 1);
        } else {
            addRows(text, shown, whole);
        }
        while (whole && text.size() < lines - 1) {
            text.add("");
        }
        if (whole) {
            text.add(bottom(rows.size(), top, shown.size()));
        }
        return text;
    }

    private void addRows(List<String> text, List<PeerRow> shown, boolean whole) {
        Columns widths = Columns.of(shown, table.links().size(), columns, table.scopes());
        if (whole) {
            Line headings = new Line(columns, colour);
            for (Column column : Column.values()) {
                if (widths.width(column) > 0) {
                    headings.cell(Line.BOLD, column.heading(), widths.width(column), column.isRight());
                }
            }
            text.add(headings.text());
        }
        for (PeerRow row : shown) {
            Line line = new Line(columns, colour);
            for (Column column : Column.values()) {
                if (widths.width(column) > 0) {
                    line.cell(style(column, row), cell(column, row, widths), widths.width(column), column.isRight());
                }
            }
            text.add(line.text());
        }
    }

    private String cell(Column column, PeerRow row, Columns widths) {
        return switch (column) {
            case INTERFACE -> row.link();
            case PEER -> row.name();
            case STATE -> row.state();
            case HANDSHAKE -> row.handshake();
            case RECEIVED -> row.received();
            case SENT -> row.sent();
            case TRAFFIC -> row.sparkline(widths.width(column));
            case ENDPOINT -> row.endpoint(table.scopes());
            case REASON -> row.reason();
        };
    }

    private static String style(Column column, PeerRow row) {
        return switch (column) {
            case STATE -> style(row.status().state());
            case TRAFFIC -> Line.CYAN;
            case ENDPOINT -> row.hasMoved() ? Line.YELLOW : Line.PLAIN;
            case REASON -> Line.DIM;
            case INTERFACE, PEER, HANDSHAKE, RECEIVED, SENT -> Line.PLAIN;
        };
    }

    private static String style(PeerState state) {
        return switch (state) {
            case UP -> Line.GREEN;
            case DOWN -> Line.RED;
            case STALE, CONNECTING -> Line.YELLOW;
            case QUIET, IDLE -> Line.DIM;
        };
    }

    /// `wg0: 3 peers, 2 up, 1 down  received 1.2 MiB/s  sent 3 KiB/s  12:03:07`.
    private String title() {
        long received = 0;
        long sent = 0;
        int up = 0;
        int down = 0;
        List<PeerRow> all = table.rows();
        for (PeerRow row : all) {
            received += row.status().rxRate();
            sent += row.status().txRate();
            up += row.status().state() == PeerState.UP ? 1 : 0;
            down += row.status().state() == PeerState.DOWN ? 1 : 0;
        }
        Line line = new Line(columns, colour);
        if (view.paused()) {
            line.add(Line.REVERSE, "PAUSED").skip(1);
        }
        if (table.links().isEmpty()) {
            line.add(Line.BOLD, "no WireGuard interface");
        } else {
            line.add(Line.BOLD, String.join(" ", table.links())).add(Line.PLAIN, ": " + count(all.size()));
            line.add(Line.PLAIN, ", ").add(up > 0 ? Line.GREEN : Line.PLAIN, up + " up");
            line.add(Line.PLAIN, ", ").add(down > 0 ? Line.RED : Line.PLAIN, down + " down");
        }
        line.skip(2).add(Line.PLAIN, "received " + StatusTable.rate(received));
        line.skip(2).add(Line.PLAIN, "sent " + StatusTable.rate(sent));
        String time = time(table.time());
        if (line.left() > time.length() + 2) {
            line.skip(line.left() - time.length()).add(Line.DIM, time);
        }
        return line.text();
    }

    private static String count(int peers) {
        return peers == 1 ? "1 peer" : peers + " peers";
    }

    private String time(Instant instant) {
        LocalTime time = instant.atZone(zone).toLocalTime();
        return two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond());
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private void keys(List<String> text, int most) {
        for (int i = 0; i < Math.min(most, KEYS.length); i++) {
            text.add(new Line(columns, colour)
                    .cell(Line.BOLD, KEYS[i][0], 15, false)
                    .add(Line.PLAIN, KEYS[i][1])
                    .text());
        }
    }

    private String bottom(int rows, int top, int shown) {
        Line line = new Line(columns, colour);
        if (view.editing()) {
            return line.add(Line.BOLD, "filter: ")
                    .add(Line.PLAIN, view.filter() + "_")
                    .skip(2)
                    .add(Line.DIM, "Enter keeps it, Esc clears it")
                    .text();
        }
        key(line, "q", "quit");
        key(line, "s", "sort: " + view.order().text() + (view.reversed() ? ", reversed" : ""));
        key(line, "/", view.filter().isEmpty() ? "filter" : "filter: " + view.filter());
        key(line, "p", view.paused() ? "go on" : "pause");
        key(line, "?", "keys");
        String place = shown == rows ? "" : (shown == 0 ? 0 : top + 1) + "-" + (top + shown) + " of " + rows;
        if (line.left() >= place.length()) {
            line.skip(line.left() - place.length()).add(Line.DIM, place);
        }
        return line.text();
    }

    private static void key(Line line, String key, String what) {
        if (line.left() > key.length() + 1) {
            line.add(Line.BOLD, key).skip(1).add(Line.PLAIN, what).skip(2);
        }
    }
}
