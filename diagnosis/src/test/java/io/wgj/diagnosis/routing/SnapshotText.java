// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.AddressLabel;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.Neighbour;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A snapshot as text, a line for each thing: what recorded hosts of the tests are written in. Each line is a word
/// and values, `name=value` each; a value that is absent or 0 is left out.
public final class SnapshotText {
    private SnapshotText() {}

    /// The lines of a snapshot.
    public static List<String> write(HostSnapshot host) {
        List<String> lines = new ArrayList<>();
        lines.add("kernel " + host.kernel().major() + "." + host.kernel().minor());
        lines.add("all " + settings(host.forAll()));
        for (NetworkDevice device : host.devices()) {
            lines.add(device(device));
            for (DeviceAddress address : device.addresses()) {
                lines.add("address dev=" + device.name() + " own="
                        + address.address().text() + " subnet="
                        + address.subnet().text() + " scope=" + address.scope() + " flags=" + address.flags());
            }
        }
        host.rules()
                .forEach(rule -> lines.add(
                        "rule " + rule.family().version() + " " + IpRuleSyntax.format(rule, TableNames.STANDARD)));
        host.routes().forEach(route -> lines.add("route " + route(route)));
        for (Neighbour neighbour : host.neighbours()) {
            lines.add("neighbour address=" + neighbour.address().text() + " dev=" + neighbour.device() + " state="
                    + neighbour.state());
        }
        for (AddressLabel label : host.labels()) {
            lines.add(
                    "label prefix=" + label.prefix().text() + " label=" + label.label() + " link=" + label.linkIndex());
        }
        return lines;
    }

    private static String device(NetworkDevice device) {
        StringBuilder out = new StringBuilder("device index=" + device.index() + " name=" + device.name());
        device.kind().ifPresent(kind -> out.append(" kind=").append(kind));
        out.append(device.up() ? " up=1" : "")
                .append(device.carrier() ? " carrier=1" : "")
                .append(device.loopback() ? " loopback=1" : "");
        out.append(" mtu=").append(device.mtu()).append(" group=").append(device.group());
        device.master().ifPresent(master -> out.append(" master=").append(master));
        device.vrfTable().ifPresent(table -> out.append(" vrf=").append(table));
        return out.append(' ').append(settings(device.settings())).toString();
    }

    private static String settings(DeviceSettings it) {
        return "forwarding=" + number(it.forwarding()) + " rp_filter=" + it.rpFilter() + " src_valid_mark="
                + number(it.srcValidMark()) + " ignore_linkdown=" + number(it.ignoreLinkDown()) + " route_localnet="
                + number(it.routeLocalnet()) + " accept_local=" + number(it.acceptLocal()) + " forwarding6="
                + number(it.forwarding6()) + " ignore_linkdown6=" + number(it.ignoreLinkDown6()) + " use_tempaddr="
                + it.useTempAddress() + " own_only=" + number(it.onlyOwnAddresses());
    }

    private static int number(boolean value) {
        return value ? 1 : 0;
    }

    /// The values of a route, without a word in front.
    public static String route(FibRoute route) {
        StringBuilder out = new StringBuilder("table=" + Integer.toUnsignedString(route.table()) + " type="
                + route.type().word() + " to=" + route.destination().text());
        if (route.from().length() > 0) {
            out.append(" from=").append(route.from().text());
        }
        out.append(" metric=")
                .append(Integer.toUnsignedString(route.metric()))
                .append(" scope=")
                .append(route.scope());
        out.append(" proto=").append(route.protocol());
        if (route.typeOfService() != 0) {
            out.append(" tos=").append(route.typeOfService());
        }
        route.preferredSource().ifPresent(source -> out.append(" src=").append(source.text()));
        if (route.preference() != 0) {
            out.append(" pref=").append(route.preference());
        }
        if (route.nextHopId() != 0) {
            out.append(" nhid=").append(route.nextHopId());
        }
        out.append(route.multipath() ? " multipath=1" : "").append(route.encapsulated() ? " encap=1" : "");
        for (FibNextHop hop : route.nextHops()) {
            out.append(" hop=")
                    .append(hop.gateway().map(IpAddress::text).orElse("-"))
                    .append(',')
                    .append(hop.device().orElse("-"))
                    .append(hop.dead() ? ",dead" : "")
                    .append(hop.linkDown() ? ",linkdown" : "")
                    .append(hop.onLink() ? ",onlink" : "");
        }
        return out.toString();
    }

    /// The snapshot in the lines that are of one; others are passed over.
    public static HostSnapshot read(List<String> lines) {
        KernelVersion kernel = KernelVersion.CURRENT;
        DeviceSettings all = DeviceSettings.DEFAULT;
        Map<String, Values> devices = new LinkedHashMap<>();
        Map<String, List<DeviceAddress>> addresses = new HashMap<>();
        List<PolicyRule> rules = new ArrayList<>();
        List<FibRoute> routes = new ArrayList<>();
        List<Neighbour> neighbours = new ArrayList<>();
        List<AddressLabel> labels = new ArrayList<>();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            String word = blank < 0 ? line : line.substring(0, blank);
            String rest = line.substring(blank + 1);
            switch (word) {
                case "kernel" -> kernel = KernelVersion.parse(rest);
                case "all" -> all = new Values(rest).settings();
                case "device" -> devices.put(new Values(rest).text("name"), new Values(rest));
                case "address" -> {
                    Values values = new Values(rest);
                    addresses
                            .computeIfAbsent(values.text("dev"), name -> new ArrayList<>())
                            .add(new DeviceAddress(
                                    address(values.text("own")),
                                    prefix(values.text("subnet")),
                                    values.number("scope"),
                                    values.number("flags")));
                }
                case "rule" -> rules.add(rule(rest));
                case "route" -> routes.add(readRoute(rest));
                case "neighbour" -> {
                    Values values = new Values(rest);
                    neighbours.add(new Neighbour(
                            address(values.text("address")),
                            values.text("dev"),
                            values.number("state"),
                            Optional.empty()));
                }
                case "label" -> {
                    Values values = new Values(rest);
                    labels.add(new AddressLabel(
                            prefix(values.text("prefix")), values.number("label"), values.number("link")));
                }
                default -> {}
            }
        }
        List<NetworkDevice> built = new ArrayList<>();
        devices.forEach((name, values) -> built.add(values.device(addresses.getOrDefault(name, List.of()))));
        return new HostSnapshot(kernel, built, all, rules, routes, neighbours, labels, List.of());
    }

    private static PolicyRule rule(String text) {
        String family = text.startsWith("6") ? "-6" : "-4";
        List<String> words = new ArrayList<>(List.of(family));
        words.addAll(List.of(text.substring(2).split(" ", -1)));
        try {
            return IpRuleSyntax.parse(words, TableNames.STANDARD);
        } catch (WordException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /// The route that [#route] wrote.
    public static FibRoute readRoute(String text) {
        Values values = new Values(text);
        IpPrefix to = prefix(values.text("to"));
        List<FibNextHop> hops = new ArrayList<>();
        for (String hop : values.hops) {
            List<String> parts = List.of(hop.split(",", -1));
            hops.add(new FibNextHop(
                    parts.get(0).equals("-") ? Optional.empty() : Optional.of(address(parts.get(0))),
                    parts.get(1).equals("-") ? Optional.empty() : Optional.of(parts.get(1)),
                    parts.contains("dead"),
                    parts.contains("linkdown"),
                    parts.contains("onlink")));
        }
        return new FibRoute(
                values.number("table"),
                RouteType.parse(values.text("type")).orElseThrow(),
                to,
                values.has("from") ? prefix(values.text("from")) : IpPrefix.all(to.family()),
                values.number("metric"),
                values.number("tos"),
                values.number("scope"),
                values.has("src") ? Optional.of(address(values.text("src"))) : Optional.empty(),
                values.number("pref"),
                values.number("proto"),
                values.number("nhid"),
                values.number("multipath") != 0,
                values.number("encap") != 0,
                hops);
    }

    /// The question of a command that [FlowQuestion#command] wrote.
    public static FlowQuestion readQuestion(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.remove("-6");
        FlowQuestion question = FlowQuestion.to(address(words.get(3)));
        for (int i = 4; i + 1 < words.size(); i += 2) {
            String value = words.get(i + 1);
            question = switch (words.get(i)) {
                case "from" -> question.from(address(value));
                case "iif" -> question.comingInBy(value);
                case "oif" -> question.boundTo(value);
                case "mark" -> question.withMark(Integer.decode(value));
                case "tos" -> question.withTos(Integer.decode(value));
                case "uid" -> question.withUid(Integer.parseUnsignedInt(value));
                case "sport" -> question.withPorts(Integer.parseInt(value), question.destinationPort());
                case "dport" -> question.withPorts(question.sourcePort(), Integer.parseInt(value));
                default ->
                    question.withProtocol(
                            switch (value) {
                                case "tcp" -> FlowQuestion.TCP;
                                case "udp" -> FlowQuestion.UDP;
                                case "icmp" -> FlowQuestion.ICMP;
                                default -> FlowQuestion.ICMPV6;
                            });
            };
        }
        return question;
    }

    /// The line of a kernel's answer.
    public static String answer(KernelAnswer answer) {
        return answer.way().isEmpty()
                ? "error " + answer.error().orElse(0)
                : "way " + route(answer.way().get())
                        + answer.matched().map(route -> " | " + route(route)).orElse("");
    }

    /// The answer that [#answer] wrote.
    public static KernelAnswer readAnswer(String text) {
        if (text.startsWith("error ")) {
            return new KernelAnswer(
                    OptionalInt.of(Integer.parseInt(text.substring(6))), Optional.empty(), Optional.empty());
        }
        String[] routes = text.substring(4).split(" \\| ", -1);
        return new KernelAnswer(
                OptionalInt.empty(),
                Optional.of(readRoute(routes[0])),
                routes.length > 1 ? Optional.of(readRoute(routes[1])) : Optional.empty());
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static IpPrefix prefix(String text) {
        int slash = text.indexOf('/');
        return new IpPrefix(address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /// The values of one line.
    private static final class Values {
        private final Map<String, String> texts = new HashMap<>();
        private final List<String> hops = new ArrayList<>();

        Values(String line) {
            for (String pair : line.split(" ", -1)) {
                int equals = pair.indexOf('=');
                String name = pair.substring(0, equals);
                if (name.equals("hop")) {
                    hops.add(pair.substring(equals + 1));
                } else {
                    texts.put(name, pair.substring(equals + 1));
                }
            }
        }

        boolean has(String name) {
            return texts.containsKey(name);
        }

        String text(String name) {
            return texts.getOrDefault(name, "");
        }

        int number(String name) {
            String text = text(name);
            return text.isEmpty() ? 0 : (int) Long.parseLong(text);
        }

        private boolean flag(String name) {
            return number(name) != 0;
        }

        DeviceSettings settings() {
            return new DeviceSettings(
                    flag("forwarding"),
                    number("rp_filter"),
                    flag("src_valid_mark"),
                    flag("ignore_linkdown"),
                    flag("route_localnet"),
                    flag("accept_local"),
                    flag("forwarding6"),
                    flag("ignore_linkdown6"),
                    number("use_tempaddr"),
                    flag("own_only"));
        }

        NetworkDevice device(List<DeviceAddress> addresses) {
            return new NetworkDevice(
                    number("index"),
                    text("name"),
                    has("kind") ? Optional.of(text("kind")) : Optional.empty(),
                    flag("up"),
                    flag("carrier"),
                    flag("loopback"),
                    number("mtu"),
                    number("group"),
                    has("master") ? Optional.of(text("master")) : Optional.empty(),
                    has("vrf") ? OptionalInt.of(number("vrf")) : OptionalInt.empty(),
                    addresses,
                    settings());
        }
    }
}
