// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and writes routes in the syntax of `ip route add`. A word that ip(8) knows and wgj does not is
/// refused by name, never ignored.
public final class IpRouteSyntax {
    private static final String UNKNOWN =
            "not a word of routes that wgj knows (via, dev, src, table, metric, mtu, scope, protocol, onlink, tos,"
                    + " realms, pref, advmss, hoplimit, initcwnd, initrwnd, quickack, congctl, features, window, rtt,"
                    + " rttvar, rto_min, reordering, ssthresh, cwnd, fastopen_no_cookie)";
    private static final String USE_HOOKS = "; write the whole command into PostUp, and its opposite into PreDown";

    /// By their numbers in RFC 4191; one number is reserved.
    private static final List<String> PREFERENCES = List.of("medium", "high", "", "low");

    private final Words words;
    private final TableNames tables;
    private final WordFamily family;
    private RouteType type = RouteType.UNICAST;
    private @Nullable IpPrefix destination;
    private @Nullable IpAddress gateway;
    private @Nullable IpAddress source;
    private @Nullable String device;
    private @Nullable Integer table;
    private @Nullable Integer metric;
    private @Nullable RouteMtu mtu;
    private @Nullable Integer scope;
    private int protocol = Route.PROTOCOL_BOOT;
    private boolean onLink;
    private RouteOptions options = RouteOptions.NONE;

    private IpRouteSyntax(List<String> text, TableNames tables) {
        this.words = new Words(text);
        this.tables = tables;
        this.family = new WordFamily(words);
    }

    /// Reads `[-4|-6] [TYPE] PREFIX [via [inet|inet6] ADDRESS] [dev NAME] …`. The route is IPv4 unless `-6`
    /// or an address says otherwise. Everything else has ip(8)'s defaults.
    public static Route parse(List<String> text, TableNames tables) throws WordException {
        return new IpRouteSyntax(text, tables).read();
    }

    private Route read() throws WordException {
        family.takeOption();
        Optional<RouteType> named = RouteType.parse(words.peek());
        if (named.isPresent()) {
            type = named.get();
            words.take();
        }
        if (words.peek().equals("to")) {
            words.take();
        }
        destination(words.valueOf(named.isPresent() ? type.word() : "route add"));
        while (words.hasNext()) {
            attribute(words.take());
        }
        if (device == null && gateway == null && !type.needsNoDevice()) {
            throw words.missing("a route needs `dev' or `via'");
        }
        return build();
    }

    private void destination(String text) throws WordException {
        // Not `any`, which rules accept: ip(8) reads it here as the beginning of `anycast`.
        if (!text.equals("default") && !text.equals("all")) {
            destination = words.prefix(text);
            family.mustBe(destination.family());
            if (destination.hasHostBits()) {
                throw words.refuse("bits are set behind the prefix");
            }
        }
    }

    private void attribute(String keyword) throws WordException {
        switch (keyword) {
            case "via" -> gateway();
            case "dev", "oif" -> device = words.device(words.valueOf(keyword));
            case "src" -> {
                source = words.address(words.valueOf(keyword));
                family.mustBe(source.family());
            }
            case "table" -> table = words.table(words.valueOf(keyword), tables);
            case "metric", "priority", "preference" -> metric = words.u32(words.valueOf(keyword), "a metric");
            case "mtu" -> mtu();
            case "scope" -> scope = words.named(words.valueOf(keyword), NumberNames.SCOPES, "a scope");
            case "proto", "protocol" ->
                protocol = words.named(words.valueOf(keyword), NumberNames.PROTOCOLS, "a routing protocol");
            case "onlink" -> onLink = true;
            case "tos", "dsfield" -> options = options.withTypeOfService(words.typeOfService(words.valueOf(keyword)));
            case "realms", "realm" -> options = options.withRealms(words.realms(words.valueOf(keyword)));
            case "pref" -> options = options.withPreference(preference(words.valueOf(keyword)));
            case "congctl" -> options = options.withCongestionControl(words.valueOf(keyword));
            case "nexthop", "weight" -> throw words.refuse("routes of several ways are not made" + USE_HOOKS);
            case "nhid" -> throw words.refuse("objects of `ip nexthop' are not used" + USE_HOOKS);
            case "encap" -> throw words.refuse("packets are not wrapped by routes" + USE_HOOKS);
            case "expires" -> throw words.refuse("a route of a tunnel stays until the tunnel goes" + USE_HOOKS);
            case "ttl-propagate", "as", "pervasive" -> throw words.refuse("this word is not taken" + USE_HOOKS);
            case "vrf" -> throw words.refuse("write `table' and the number of the VRF's table");
            default -> metric(keyword);
        }
    }

    private void metric(String keyword) throws WordException {
        int number = RouteMetrics.number(keyword);
        if (number == 0) {
            throw words.refuse(UNKNOWN);
        }
        options = options.with(RouteMetrics.read(number, words));
    }

    private int preference(String text) throws WordException {
        int preference = PREFERENCES.indexOf(text);
        if (preference < 0 || text.isEmpty()) {
            throw words.refuse("a preference is low, medium or high");
        }
        return preference;
    }

    /// An IPv6 gateway of an IPv4 route needs `inet6` before it, as in ip(8).
    private void gateway() throws WordException {
        String text = words.valueOf("via");
        boolean explicit = text.equals("inet") || text.equals("inet6");
        IpAddress address = words.address(explicit ? words.valueOf(text) : text);
        if (explicit && (address.family() == IpFamily.V6) != text.equals("inet6")) {
            throw words.refuse("an address of family " + text + " is expected");
        }
        if (!explicit) {
            family.mustBe(address.family());
        }
        gateway = address;
    }

    private void mtu() throws WordException {
        String text = words.valueOf("mtu");
        boolean locked = text.equals("lock");
        mtu = new RouteMtu(words.u32(locked ? words.valueOf("lock") : text, "an MTU"), locked);
    }

    private Route build() {
        Route.Builder builder = new Route.Builder(destination == null ? IpPrefix.all(family.get()) : destination)
                .type(type)
                .table(table == null ? usualTable(type) : table)
                .protocol(protocol)
                .options(options)
                .onLink(onLink);
        if (gateway != null) {
            builder.gateway(gateway);
        }
        if (device != null) {
            builder.device(device);
        }
        if (source != null) {
            builder.preferredSource(source);
        }
        if (metric != null) {
            builder.metric(metric);
        }
        if (mtu != null) {
            builder.mtu(mtu);
        }
        if (scope != null) {
            builder.scope(scope);
        }
        return builder.build();
    }

    private static int usualTable(RouteType type) {
        return switch (type) {
            case LOCAL, BROADCAST, ANYCAST, NAT -> TableNames.LOCAL;
            case UNICAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> TableNames.MAIN;
        };
    }

    /// The words behind `ip -4 route add` (or `-6`) that add this route. Throws `IllegalArgumentException`
    /// for a route with several next hops, which is read only.
    public static String format(Route route, TableNames tables) {
        if (!route.nextHops().isEmpty()) {
            throw new IllegalArgumentException("routes of several ways are only read");
        }
        StringBuilder out = new StringBuilder();
        if (route.type() != RouteType.UNICAST) {
            out.append(route.type().word()).append(' ');
        }
        out.append(
                route.destination().length() == 0
                        ? "default"
                        : route.destination().text());
        if (route.gateway().isPresent()) {
            IpAddress gateway = route.gateway().get();
            out.append(gateway.family() == IpFamily.V6 && route.family() == IpFamily.V4 ? " via inet6 " : " via ")
                    .append(gateway.text());
        }
        if (route.device().isPresent()) {
            out.append(" dev ").append(route.device().get());
        }
        if (route.onLink()) {
            out.append(" onlink");
        }
        if (route.preferredSource().isPresent()) {
            out.append(" src ").append(route.preferredSource().get().text());
        }
        if (route.table() != usualTable(route.type())) {
            out.append(" table ").append(tables.text(route.table()));
        }
        if (route.metric().isPresent()) {
            out.append(" metric ")
                    .append(Integer.toUnsignedString(route.metric().getAsInt()));
        }
        if (route.mtu().isPresent()) {
            RouteMtu mtu = route.mtu().get();
            out.append(mtu.locked() ? " mtu lock " : " mtu ").append(Integer.toUnsignedString(mtu.bytes()));
        }
        appendOptions(route.options(), out);
        if (route.scope()
                != Route.usualScope(
                        route.destination(), route.type(), route.gateway().isPresent())) {
            out.append(" scope ").append(NumberNames.SCOPES.text(route.scope()));
        }
        if (route.protocol() != Route.PROTOCOL_BOOT) {
            out.append(" proto ").append(NumberNames.PROTOCOLS.text(route.protocol()));
        }
        return out.toString();
    }

    private static void appendOptions(RouteOptions options, StringBuilder out) {
        if (options.equals(RouteOptions.NONE)) {
            return;
        }
        if (options.typeOfService() != 0) {
            out.append(" tos 0x").append(Integer.toHexString(options.typeOfService()));
        }
        if (options.realms() != 0) {
            out.append(" realms ").append(Words.realmsText(options.realms()));
        }
        if (options.preference() != 0 && options.preference() < PREFERENCES.size()) {
            out.append(" pref ").append(PREFERENCES.get(options.preference()));
        }
        RouteMetrics.append(options, out);
    }
}
