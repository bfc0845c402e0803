// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.status.StatusTable;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Printable;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.protocol.ReplyWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One peer as the latest sample and those before it show it. Its texts are Unicode and printable.
final class PeerRow {
    /// How many samples a row remembers.
    static final int REMEMBERED = 24;

    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    /// Samples that count for the order by activity: with one alone, rows would jump.
    private static final int RECENT = 10;
    private static final Duration MOVE_SHOWN = Duration.ofMinutes(2);

    private final String link;
    private final String name;
    private final long[] rates = new long[REMEMBERED];
    private int sampled;
    private PeerStatus status;
    private Instant time;
    private Optional<Instant> moved = Optional.empty();

    PeerRow(String link, PeerStatus status, Instant time) {
        this.link = link;
        this.name = Latin1.toUnicode(
                Printable.of(status.name().orElseGet(() -> status.publicKey().toBase64())));
        this.status = status;
        this.time = time;
        remember();
    }

    /// Takes the next sample.
    void add(PeerStatus next, Instant at) {
        if (next.endpoint().isPresent()
                && status.endpoint().isPresent()
                && !next.endpoint().equals(status.endpoint())) {
            moved = Optional.of(at);
        }
        status = next;
        time = at;
        remember();
    }

    private void remember() {
        rates[sampled++ % REMEMBERED] = status.rxRate() + status.txRate();
    }

    /// Whether the peer still has the name of this row.
    boolean isNamed(PeerStatus next) {
        return next.name().equals(status.name());
    }

    PeerStatus status() {
        return status;
    }

    String link() {
        return link;
    }

    /// Its name, or its public key.
    String name() {
        return name;
    }

    String state() {
        return ReplyWriter.word(status.state());
    }

    /// Why it is in its state.
    String reason() {
        return Latin1.toUnicode(Printable.of(status.reason()));
    }

    /// Bytes per second both ways, lately.
    long activity() {
        long sum = 0;
        for (int i = 0; i < Math.min(RECENT, sampled); i++) {
            sum += rates[(sampled - 1 - i) % REMEMBERED];
        }
        return sum / Math.min(RECENT, sampled);
    }

    /// Seconds since the latest handshake; `Long.MAX_VALUE` before the first.
    long handshakeAge() {
        return status.latestHandshake().isNever()
                ? Long.MAX_VALUE
                : Math.max(0, time.getEpochSecond() - status.latestHandshake().seconds());
    }

    /// `2m5s`, `never`.
    String handshake() {
        return status.latestHandshake().isNever() ? "never" : StatusTable.age(handshakeAge());
    }

    String received() {
        return StatusTable.rate(status.rxRate());
    }

    String sent() {
        return StatusTable.rate(status.txRate());
    }

    /// The endpoint, and for two minutes that it has moved: `192.0.2.1:51820 (moved 12s ago)`.
    String endpoint(ScopeNames scopes) {
        if (status.endpoint().isEmpty()) {
            return "-";
        }
        String text = Latin1.toUnicode(Printable.of(status.endpoint().get().text(scopes)));
        return hasMoved() ? text + " (moved " + StatusTable.age(sinceMove()) + " ago)" : text;
    }

    /// Whether its endpoint has changed lately.
    boolean hasMoved() {
        return moved.isPresent() && sinceMove() <= MOVE_SHOWN.toSeconds();
    }

    private long sinceMove() {
        return Duration.between(moved.orElse(time), time).toSeconds();
    }

    /// The rates of the latest samples, the newest on the right, as high as the peer's own highest.
    String sparkline(int width) {
        long most = 1;
        for (long rate : rates) {
            most = Math.max(most, rate);
        }
        StringBuilder out = new StringBuilder(width);
        for (int i = Math.min(width, REMEMBERED); i > 0; i--) {
            if (i > sampled) {
                out.append(' ');
            } else {
                long rate = rates[(sampled - i) % REMEMBERED];
                int level =
                        rate == 0 ? 0 : 1 + (int) Math.min(LEVELS.length() - 2, rate * (LEVELS.length() - 1) / most);
                out.append(LEVELS.charAt(level));
            }
        }
        return out.toString();
    }

    /// Whether the text occurs in its name, key, interface, state, endpoint or allowed IPs.
    ///
    /// @param lower in lower case
    boolean matches(String lower, ScopeNames scopes) {
        if (lower.isEmpty() || contains(name, lower) || contains(link, lower) || contains(state(), lower)) {
            return true;
        }
        if (contains(status.publicKey().toBase64(), lower) || contains(endpoint(scopes), lower)) {
            return true;
        }
        return status.allowedIps().stream().anyMatch(prefix -> contains(prefix.text(), lower));
    }

    private static boolean contains(String text, String lower) {
        return text.toLowerCase(Locale.ROOT).contains(lower);
    }
}
