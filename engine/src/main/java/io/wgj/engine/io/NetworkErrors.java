// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.core.UdpFlow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the network and this host said about datagrams that did not leave or did not arrive: the latest few
/// hundred errors, each with its count. The network can cause any number of ICMP errors, so the table has a limit,
/// and an error that goes on is reported ever more seldom: after a minute, then after twice the time each, at
/// least once an hour. Any thread may call; only failures cost anything.
public final class NetworkErrors {
    /// The most errors that are remembered.
    static final int MOST = 128;

    private static final long MINUTE = 60_000_000_000L;
    private static final long LONGEST_PAUSE = 60 * MINUTE;
    /// Of all errors together, as many may be reported at once; an attacker can invent senders and reasons.
    private static final int BURST = 10;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final List<Entry> entries = new ArrayList<>();
    private volatile Consumer<NetworkError> listener = _ -> {};
    private long icmpErrors;
    /// The refused flow that was reported last, and its entry: a flow that is refused again allocates nothing.
    private @Nullable UdpFlow lastFlow;

    private @Nullable Entry lastRefusal;
    private long reportsAllowed = BURST;
    private long allowedSince;

    private static final class Entry {
        private NetworkError error;
        private long moreRefusals;
        private long lastRefused;
        private long nextReport;
        private long pause = MINUTE;

        Entry(NetworkError error) {
            this.error = error;
        }

        NetworkError latest() {
            return moreRefusals == 0
                    ? error
                    : new NetworkError(
                            error.destination(),
                            error.from(),
                            error.type(),
                            error.code(),
                            error.errno(),
                            error.count() + moreRefusals,
                            error.sinceNanos(),
                            lastRefused);
        }

        long last() {
            return moreRefusals == 0 ? error.lastNanos() : lastRefused;
        }
    }

    /// @param nanos CLOCK_BOOTTIME
    /// @param log takes a sentence about an error, seldom
    public NetworkErrors(LongSupplier nanos, Consumer<String> log) {
        this.nanos = nanos;
        this.log = log;
        allowedSince = nanos.getAsLong();
    }

    /// Passes each error that is logged to `action`, too.
    public void onReport(Consumer<NetworkError> action) {
        listener = action;
    }

    /// An ICMP error about a datagram of this engine.
    public synchronized void reported(Endpoint.Numeric destination, IpAddress from, int type, int code, int errno) {
        icmpErrors++;
        long now = nanos.getAsLong();
        Entry entry = add(new NetworkError(destination, from, type, code, errno, 1, now, now));
        report(entry, now);
    }

    /// This host refused to send.
    public synchronized void refused(UdpFlow to, int errno) {
        long now = nanos.getAsLong();
        Entry entry = lastRefusal;
        if (entry != null && to == lastFlow && entry.error.errno() == errno) {
            entry.moreRefusals++;
            entry.lastRefused = now;
        } else {
            entry = add(new NetworkError(to.endpoint(), null, 0, 0, errno, 1, now, now));
            lastFlow = to;
            lastRefusal = entry;
        }
        report(entry, now);
    }

    private Entry add(NetworkError error) {
        Entry oldest = null;
        for (Entry entry : entries) {
            if (entry.error.isSame(error)) {
                entry.error = entry.latest().again(error.lastNanos());
                entry.moreRefusals = 0;
                return entry;
            }
            if (oldest == null || entry.last() < oldest.last()) {
                oldest = entry;
            }
        }
        if (entries.size() >= MOST && oldest != null) {
            entries.remove(oldest);
            if (oldest == lastRefusal) {
                lastRefusal = null;
            }
        }
        Entry fresh = new Entry(error);
        entries.add(fresh);
        return fresh;
    }

    private void report(Entry entry, long now) {
        if (now < entry.nextReport || !mayReport(now)) {
            return;
        }
        NetworkError error = entry.latest();
        if (error.count() > 1) {
            entry.pause = Math.min(LONGEST_PAUSE, 2 * entry.pause);
        }
        entry.nextReport = now + entry.pause;
        log.accept(error.sentence() + times(error, now));
        listener.accept(error);
    }

    private boolean mayReport(long now) {
        long minutes = (now - allowedSince) / MINUTE;
        if (minutes > 0) {
            reportsAllowed = Math.min(BURST, reportsAllowed + minutes);
            allowedSince += minutes * MINUTE;
        }
        if (reportsAllowed == 0) {
            return false;
        }
        reportsAllowed--;
        return true;
    }

    private static String times(NetworkError error, long now) {
        if (error.count() == 1) {
            return "";
        }
        Instant since = Instant.now().minusNanos(now - error.sinceNanos());
        return ", " + error.count() + " times since "
                + since.atZone(ZoneId.systemDefault()).format(TIME);
    }

    /// Everything that is remembered, the latest first.
    public synchronized List<NetworkError> latest() {
        List<NetworkError> all = new ArrayList<>();
        for (Entry entry : entries) {
            all.add(entry.latest());
        }
        all.sort((one, other) -> Long.compare(other.lastNanos(), one.lastNanos()));
        return all;
    }

    /// How many ICMP errors came so far.
    public synchronized long icmpErrors() {
        return icmpErrors;
    }

    /// An error with its count and the time of day since when, for statistics.
    String text(NetworkError error) {
        return error.sentence() + times(error, nanos.getAsLong());
    }
}
