// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.monitor.model.MonitorStatus;
import java.time.ZoneId;
import java.util.List;

/// Shows a table on a screen until a key ends it.
final class LiveView {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /// How soon a change of the terminal's size shows.
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final Host host;
    private final StatusFeed feed;
    private final PeerTable table;
    private final Screen screen;
    private final boolean colour;
    private WatchView view = WatchView.START;
    private List<PeerRow> rows = List.of();
    private int columns;
    private int lines;

    LiveView(Host host, StatusFeed feed, PeerTable table, Screen screen, boolean colour) {
        this.host = host;
        this.feed = feed;
        this.table = table;
        this.screen = screen;
        this.colour = colour;
    }

    /// @param intervalMillis between two samples
    /// @param count after how many samples it ends; 0 for never
    void run(long intervalMillis, long count) {
        long samples = 1;
        long due = host.bootNanos() + intervalMillis * NANOS_PER_MILLI;
        sort();
        draw();
        while (!view.ended() && !screen.isGone()) {
            long left = (due - host.bootNanos()) / NANOS_PER_MILLI;
            boolean changed = take(screen.await(Math.clamp(left, 0, LONGEST_WAIT_MILLIS)));
            if (host.bootNanos() >= due) {
                if (samples == count) {
                    return;
                }
                sample();
                samples++;
                changed = true;
                due = Math.max(due, host.bootNanos() - intervalMillis * NANOS_PER_MILLI)
                        + intervalMillis * NANOS_PER_MILLI;
            }
            if (changed || columns != screen.columns() || lines != screen.rows()) {
                draw();
            }
        }
    }

    /// Whether the keys changed what is shown.
    private boolean take(List<Key> keys) {
        WatchView before = view;
        for (Key key : keys) {
            WatchView last = view;
            view = last.after(
                    key, rows.size(), Frame.page(lines, !table.failure().isEmpty()));
            if (view.order() != last.order()
                    || view.reversed() != last.reversed()
                    || !view.filter().equals(last.filter())) {
                sort();
            }
        }
        return !view.equals(before);
    }

    /// While paused, samples are taken, because states depend on all of them, and not shown.
    private void sample() {
        try {
            MonitorStatus status = feed.next();
            if (!view.paused()) {
                table.add(status);
                sort();
            }
        } catch (RefusalException refusal) {
            table.fail(refusal.remarks().isEmpty() ? "" : refusal.remarks().getFirst());
        }
    }

    private void sort() {
        rows = table.rows(view.order(), view.reversed(), view.filter());
    }

    private void draw() {
        columns = screen.columns();
        lines = screen.rows();
        screen.draw(new Frame(table, view, columns, lines, colour, ZoneId.systemDefault()).text(rows));
    }
}
