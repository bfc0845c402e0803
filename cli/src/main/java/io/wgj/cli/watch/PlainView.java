// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.watch.PeerTable.Order;
import io.wgj.config.text.DisplayWidth;
import io.wgj.config.text.Latin1;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Prints a line for each peer at each sample, for pipes, files and terminals that can do no more.
final class PlainView {
    private static final String[] HEADINGS = {
        "TIME", "INTERFACE", "PEER", "STATE", "HANDSHAKE", "RECEIVED", "SENT", "ENDPOINT"
    };

    private final Host host;
    private final StatusFeed feed;
    private final PeerTable table;
    /// The widest texts so far: columns grow, and never become narrower again.
    private final int[] widths = new int[HEADINGS.length];

    PlainView(Host host, StatusFeed feed, PeerTable table) {
        this.host = host;
        this.feed = feed;
        this.table = table;
    }

    /// @param intervalMillis between two samples
    /// @param count after how many samples it ends; 0 for never
    void run(long intervalMillis, long count) throws RefusalException {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADINGS);
        for (long samples = 1; ; samples++) {
            for (PeerRow row : table.rows(Order.ACTIVITY, false, "")) {
                lines.add(cells(row));
            }
            print(lines);
            lines.clear();
            // What cannot be written is reported when the command ends.
            if (!host.flush() || samples == count) {
                return;
            }
            host.sleep(intervalMillis);
            table.add(feed.next());
        }
    }

    private String[] cells(PeerRow row) {
        return new String[] {
            table.time().truncatedTo(ChronoUnit.SECONDS).toString(),
            row.link(),
            row.name(),
            row.state(),
            row.handshake(),
            row.received(),
            row.sent(),
            row.endpoint(table.scopes())
        };
    }

    private void print(List<String[]> lines) {
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(line[i]));
            }
        }
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                host.out().append(Latin1.ofUnicode(line[i]));
                if (i + 1 < line.length) {
                    host.out().repeat(' ', widths[i] - DisplayWidth.of(line[i]) + 2);
                }
            }
            host.out().append('\n');
        }
    }
}
