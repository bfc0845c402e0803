// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpNumber;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Encodes, decodes, reads and writes the metrics of a route (`RTA_METRICS` and ip(8)'s words).
final class RouteMetrics {
    static final int RTAX_LOCK = 1;
    static final int RTAX_MTU = 2;
    private static final int RTAX_RTT = 4;
    private static final int RTAX_RTTVAR = 5;
    private static final int RTAX_FEATURES = 12;
    private static final int RTAX_RTO_MIN = 13;
    private static final int RTAX_QUICKACK = 15;
    private static final int RTAX_CC_ALGO = 16;
    private static final int RTAX_FASTOPEN_NO_COOKIE = 17;
    private static final int FEATURE_ECN = 1;
    private static final int FEATURE_TCP_USEC_TS = 16;

    /// ip(8)'s words for `RTAX_…`, by number; empty for metrics with a syntax of their own.
    private static final String[] WORDS = {
        "",
        "",
        "",
        "window",
        "rtt",
        "rttvar",
        "ssthresh",
        "cwnd",
        "advmss",
        "reordering",
        "hoplimit",
        "initcwnd",
        "features",
        "rto_min",
        "initrwnd",
        "quickack",
        "",
        "fastopen_no_cookie"
    };

    private RouteMetrics() {}

    /// The `RTAX_…` number of ip(8)'s `word`; 0 for none.
    static int number(String word) {
        for (int i = 0; i < WORDS.length; i++) {
            if (!word.isEmpty() && WORDS[i].equals(word)) {
                return i;
            }
        }
        return 0;
    }

    /// Reads the value behind the word of `number`.
    static RouteOptions.Metric read(int number, Words words) throws WordException {
        String word = WORDS[number];
        String text = words.valueOf(word);
        if (number == RTAX_FEATURES) {
            return new RouteOptions.Metric(number, features(text, words), false);
        }
        if (number == RTAX_QUICKACK || number == RTAX_FASTOPEN_NO_COOKIE) {
            return new RouteOptions.Metric(number, (int) words.number(text, 1, word), false);
        }
        boolean locked = text.equals("lock");
        String value = locked ? words.valueOf("lock") : text;
        // As with ip(8), a minimum time-out is always locked.
        return number == RTAX_RTT || number == RTAX_RTTVAR || number == RTAX_RTO_MIN
                ? new RouteOptions.Metric(number, time(number, value, words), locked || number == RTAX_RTO_MIN)
                : new RouteOptions.Metric(number, words.u32(value, word), locked);
    }

    private static int features(String first, Words words) throws WordException {
        int features = feature(first);
        if (features == 0) {
            throw words.refuse("features are ecn and tcp_usec_ts");
        }
        while (feature(words.peek()) != 0) {
            features |= feature(words.take());
        }
        return features;
    }

    private static int feature(String word) {
        return word.equals("ecn") ? FEATURE_ECN : word.equals("tcp_usec_ts") ? FEATURE_TCP_USEC_TS : 0;
    }

    /// A number in the kernel's unit, or with `ms`, `msec`, `s`, `sec`.
    private static int time(int number, String text, Words words) throws WordException {
        String unit = "";
        for (String known : new String[] {"s", "ms", "sec", "msec"}) {
            unit = text.endsWith(known) ? known : unit;
        }
        long value = IpNumber.parse(
                text.substring(0, text.length() - unit.length()), unit.isEmpty() ? 0xffff_ffffL : 1_000_000);
        if (value == IpNumber.NONE) {
            throw words.refuse(WORDS[number] + " is a number, or a time such as 100ms or 1s");
        }
        if (unit.isEmpty()) {
            return (int) value;
        }
        long millis = unit.startsWith("m") ? 1 : 1_000;
        // Eighths and quarters of milliseconds.
        long parts = number == RTAX_RTT ? 8 : number == RTAX_RTTVAR ? 4 : 1;
        return (int) (value * millis * parts);
    }

    static void append(RouteOptions options, StringBuilder out) {
        for (RouteOptions.Metric metric : options.metrics()) {
            String word = metric.number() < WORDS.length ? WORDS[metric.number()] : "";
            if (word.isEmpty()) {
                continue;
            }
            out.append(' ').append(word);
            if (metric.number() == RTAX_FEATURES) {
                out.append((metric.value() & FEATURE_ECN) == 0 ? "" : " ecn");
                out.append((metric.value() & FEATURE_TCP_USEC_TS) == 0 ? "" : " tcp_usec_ts");
            } else {
                out.append(metric.locked() && metric.number() != RTAX_RTO_MIN ? " lock " : " ")
                        .append(Integer.toUnsignedString(metric.value()));
            }
        }
        if (options.congestionControl().isPresent()) {
            out.append(" congctl ").append(options.congestionControl().get());
        }
    }

    /// Empty when the route has none. Metrics are older than the flag that marks a nest, and ip(8) omits it
    /// here; so they are written as bytes.
    static Optional<byte[]> encoded(Route route) {
        RouteOptions options = route.options();
        if (route.mtu().isEmpty()
                && options.metrics().isEmpty()
                && options.congestionControl().isEmpty()) {
            return Optional.empty();
        }
        AttributeWriter out = AttributeWriter.inNativeOrder();
        int locks = 0;
        if (route.mtu().isPresent()) {
            out.u32(RTAX_MTU, route.mtu().get().bytes());
            locks |= route.mtu().get().locked() ? 1 << RTAX_MTU : 0;
        }
        for (RouteOptions.Metric metric : options.metrics()) {
            out.u32(metric.number(), metric.value());
            locks |= metric.locked() ? 1 << metric.number() : 0;
        }
        if (options.congestionControl().isPresent()) {
            // Without a closing NUL, as ip(8) sends it.
            out.bytes(RTAX_CC_ALGO, Latin1.bytes(options.congestionControl().get()));
        }
        if (locks != 0) {
            out.u32(RTAX_LOCK, locks);
        }
        byte[] nest = new byte[out.size()];
        out.payload().get(nest);
        return Optional.of(nest);
    }

    /// Sets the metrics of a message on `route`.
    static void decode(AttributeReader in, Route.Builder route) throws MalformedMessageException {
        int mtu = 0;
        int locks = 0;
        List<RouteOptions.Metric> metrics = new ArrayList<>();
        RouteOptions options = route.options();
        in.enter();
        while (in.next()) {
            int number = in.type();
            if (number == RTAX_LOCK) {
                locks = in.u32();
            } else if (number == RTAX_MTU) {
                mtu = in.u32();
            } else if (number == RTAX_CC_ALGO) {
                options = options.withCongestionControl(in.string());
            } else if (number < WORDS.length) {
                metrics.add(new RouteOptions.Metric(number, in.u32(), false));
            }
        }
        in.leave();
        if (mtu != 0) {
            route.mtu(new RouteMtu(mtu, (locks & 1 << RTAX_MTU) != 0));
        }
        for (RouteOptions.Metric metric : metrics) {
            boolean locked = (locks & 1 << metric.number()) != 0;
            options = options.with(new RouteOptions.Metric(metric.number(), metric.value(), locked));
        }
        route.options(options);
    }
}
