// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.config.net.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A random host: devices, addresses, routes and rules of every kind, as lines of ip(8) for a [Network].
final class RandomSystem {
    private final Random random;
    private final Addresses addresses;
    private final boolean withVrf;
    /// What this system is about: many routes, reverse-path filters, failing links.
    private final boolean dense;

    private final boolean filters;
    private final boolean linksFail;
    private final List<String> devices = new ArrayList<>();
    private final List<String> vrfs = new ArrayList<>();
    private final List<String> local4 = new ArrayList<>();
    private final List<String> local6 = new ArrayList<>();
    private final List<String> prefixes4 = new ArrayList<>();
    private final List<String> prefixes6 = new ArrayList<>();
    private final List<Integer> objects4 = new ArrayList<>();
    private final List<Integer> objects6 = new ArrayList<>();

    RandomSystem(long seed, boolean withVrf) {
        this.random = new Random(seed);
        this.withVrf = withVrf;
        this.dense = random.nextDouble() < .15;
        this.filters = random.nextDouble() < .3;
        this.linksFail = random.nextDouble() < .3;
        this.addresses = new Addresses(random, random.nextDouble() < .5);
    }

    Random random() {
        return random;
    }

    Addresses addresses() {
        return addresses;
    }

    boolean isAboutFilters() {
        return filters;
    }

    /// Devices and VRFs.
    List<String> devicesAndVrfs() {
        List<String> all = new ArrayList<>(devices);
        all.addAll(vrfs);
        return all;
    }

    List<String> local(IpFamily family) {
        return family == IpFamily.V4 ? local4 : local6;
    }

    List<String> prefixes(IpFamily family) {
        return family == IpFamily.V4 ? prefixes4 : prefixes6;
    }

    void build(Network network) {
        List<String> lines = new ArrayList<>();
        forwarding(lines);
        links(lines);
        settings(lines);
        addressLines(lines);
        objects(lines);
        network.apply(lines);
        network.apply(routesAndRules());
        network.apply(lateChanges());
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void forwarding(List<String> lines) {
        if (chance(.6) || filters) {
            for (String key : new String[] {"ipv4/ip_forward", "ipv6/conf/all/forwarding"}) {
                if (chance(.7) || filters) {
                    lines.add("sysctl " + key + " 1");
                }
            }
        }
    }

    private void links(List<String> lines) {
        int pairs = 1 + random.nextInt(3);
        for (int i = 0; i < pairs; i++) {
            lines.add("link add v" + i + " type veth peer name p" + i);
            devices.addAll(List.of("v" + i, "p" + i));
        }
        if (chance(.4)) {
            lines.add("link add br0 type bridge");
            devices.add("br0");
        }
        int tuns = 1 + random.nextInt(2);
        for (int i = 0; i < tuns; i++) {
            lines.add("tun wg" + i);
            devices.add("wg" + i);
        }
        if (withVrf) {
            int count = 1 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                lines.add("link add vrf" + i + " type vrf table " + (1000 + i));
                lines.add("link set vrf" + i + " up");
                vrfs.add("vrf" + i);
            }
            for (String device : devices) {
                if (chance(.4)) {
                    lines.add("link set " + device + " master " + one(vrfs));
                }
            }
        }
        for (String device : devices) {
            if (chance(.3)) {
                lines.add("link set " + device + " group " + (1 + random.nextInt(2)));
            }
            if (chance(.92)) {
                lines.add("link set " + device + " up");
            }
        }
    }

    private void settings(List<String> lines) {
        List<String> all = new ArrayList<>(devices);
        all.add("all");
        for (String device : all) {
            setting(lines, device, "rp_filter", filters ? addresses.one(1, 1, 2) : addresses.one(0, 0, 1, 2));
            setting(lines, device, "src_valid_mark", filters ? addresses.one(0, 1) : addresses.one(0, 0, 1));
            setting(lines, device, "ignore_routes_with_linkdown", linksFail ? 1 : addresses.one(0, 0, 1));
            setting(lines, device, "accept_local", addresses.one(0, 0, 0, 1));
            setting(lines, device, "route_localnet", addresses.one(0, 0, 0, 0, 1));
            if (chance(.3) && !device.equals("all")) {
                lines.add("sysctl ipv6/conf/" + device + "/ignore_routes_with_linkdown 1");
            }
        }
    }

    private void setting(List<String> lines, String device, String key, int value) {
        if (value != 0 && chance(device.equals("all") ? .2 : .6)) {
            lines.add("sysctl ipv4/conf/" + device + "/" + key + " " + value);
        }
    }

    private void addressLines(List<String> lines) {
        List<String> all = new ArrayList<>(devices);
        all.add("lo");
        all.addAll(vrfs);
        for (String device : all) {
            int count = device.equals("lo") ? addresses.one(0, 0, 1) : addresses.one(0, 1, 1, 2, 3);
            for (int i = 0; i < count; i++) {
                lines.add(address4(device));
            }
        }
        for (String device : all) {
            int count = device.equals("lo") ? addresses.one(0, 0, 1) : addresses.one(0, 1, 1, 2, 3);
            for (int i = 0; i < count; i++) {
                String address = addresses.address(IpFamily.V6);
                local6.add(address);
                lines.add("-6 addr add " + address + "/" + addresses.one(48, 64, 64, 64, 128) + " dev " + device
                        + " nodad" + addresses.one("", "", "", " noprefixroute", " preferred_lft 0 valid_lft 9999"));
            }
        }
    }

    private String address4(String device) {
        String address = addresses.address(IpFamily.V4);
        local4.add(address);
        if (chance(.12)) {
            return "addr add " + address + " peer " + addresses.address(IpFamily.V4) + addresses.one("", "/24")
                    + " dev " + device;
        }
        return "addr add " + address + "/" + addresses.one(8, 16, 24, 24, 24, 25, 32) + " dev " + device
                + addresses.one("", "", "", " scope link", " scope host", " noprefixroute");
    }

    private void objects(List<String> lines) {
        int count = addresses.one(0, 0, 4);
        List<String> lines6 = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String device = one(devices);
            lines.add("nexthop add id " + i + " "
                    + addresses.one(
                            "via " + addresses.address(IpFamily.V4) + " dev " + device,
                            "dev " + device,
                            "via " + addresses.address(IpFamily.V4) + " dev " + device + " onlink"));
            lines6.add("-6 nexthop add id " + (i + 10) + " "
                    + addresses.one(
                            "via " + addresses.address(IpFamily.V6) + " dev " + device,
                            "dev " + device,
                            "via fe80::" + i + " dev " + device));
            objects4.add(i);
            objects6.add(i + 10);
        }
        if (count > 0) {
            lines.addAll(List.of("nexthop add id 8 blackhole", "nexthop add id 9 group 1/2,3"));
            lines6.addAll(List.of("-6 nexthop add id 18 blackhole", "-6 nexthop add id 19 group 11/12"));
            objects4.addAll(List.of(8, 9));
            objects6.addAll(List.of(18, 19));
        }
        lines.addAll(lines6);
    }

    private List<String> routesAndRules() {
        List<String> lines = new ArrayList<>();
        int routes = dense ? addresses.one(40, 80) : addresses.one(3, 8, 14, 25);
        for (int i = 0; i < routes; i++) {
            lines.add(route4());
            lines.add(route6());
        }
        if (chance(.8)) {
            int rules = dense ? addresses.one(10, 25) : addresses.one(0, 1, 3, 6, 10);
            for (int i = 0; i < rules; i++) {
                lines.add(rule(IpFamily.V4));
                lines.add(rule(IpFamily.V6));
            }
        }
        if (chance(.5)) {
            wgQuick(lines);
        }
        Collections.shuffle(lines, random);
        // One call of ip(8) for each family.
        List<String> sorted = new ArrayList<>();
        lines.stream().filter(line -> !line.startsWith("-6 ")).forEach(sorted::add);
        lines.stream().filter(line -> line.startsWith("-6 ")).forEach(sorted::add);
        return sorted;
    }

    private String table() {
        return withVrf
                ? addresses.one(
                        "main", "main", "main", "100", "101", "102", "51820", "default", "local", "1000", "1001",
                        "1000")
                : addresses.one("main", "main", "main", "100", "101", "102", "51820", "default", "local");
    }

    private String route4() {
        String prefix = addresses.prefix(IpFamily.V4);
        prefixes4.add(prefix);
        String verb = addresses.one("route add ", "route append ", "route append ", "route prepend ");
        double kind = random.nextDouble();
        String hops = "";
        String line;
        if (kind < .1) {
            line = verb + addresses.one("unreachable ", "blackhole ", "prohibit ", "throw ") + prefix;
        } else if (kind < .14) {
            line = verb + "local " + prefix + " dev " + one(devices);
        } else if (kind < .2 && !objects4.isEmpty()) {
            line = verb + prefix + " nhid " + one(objects4);
        } else if (kind < (dense ? .5 : .3)) {
            line = verb + prefix;
            hops = hops(IpFamily.V4);
        } else {
            line = verb + prefix + " " + hop(IpFamily.V4)
                    + (chance(.2) ? " scope " + addresses.one("link", "host", "global") : "");
        }
        if (chance(.15) && !local4.isEmpty()) {
            line += " src " + one(local4);
        }
        line += " table " + table();
        if (chance(.4)) {
            line += " metric " + addresses.one(1, 5, 5, 100);
        }
        if (chance(.12)) {
            line += " tos " + addresses.one("0x08", "0x10", "0x04");
        }
        return line + hops;
    }

    private String route6() {
        String prefix = addresses.prefix(IpFamily.V6);
        prefixes6.add(prefix);
        String verb = addresses.one("-6 route add ", "-6 route append ", "-6 route append ");
        double kind = random.nextDouble();
        String hops = "";
        String line;
        boolean object = false;
        if (kind < .1) {
            line = verb + addresses.one("unreachable ", "blackhole ", "prohibit ", "throw ") + prefix;
        } else if (kind < .14) {
            line = verb + "local " + prefix + " dev " + one(devices);
        } else if (kind < .2 && !objects6.isEmpty()) {
            line = verb + prefix + " nhid " + one(objects6);
            object = true;
        } else if (kind < (dense ? .5 : .3)) {
            line = verb + prefix;
            hops = hops(IpFamily.V6);
        } else {
            line = verb + prefix + " " + hop(IpFamily.V6)
                    + (chance(.2) ? " pref " + addresses.one("low", "medium", "high") : "");
        }
        if (chance(.25) && !object) {
            line += " from " + addresses.prefix(IpFamily.V6).replace("default", "::/0");
        }
        if (chance(.1) && !local6.isEmpty()) {
            line += " src " + one(local6);
        }
        line += " table " + table();
        if (chance(.4)) {
            line += " metric " + addresses.one(1, 5, 5, 100, 1024);
        }
        return line + hops;
    }

    /// Next hops must come last.
    private String hops(IpFamily family) {
        StringBuilder out = new StringBuilder();
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            out.append(" nexthop ").append(hop(family)).append(" weight ").append(1 + random.nextInt(3));
        }
        return out.toString();
    }

    private String hop(IpFamily family) {
        String device = " dev " + one(devices);
        return switch (random.nextInt(4)) {
            case 0 -> device.strip();
            case 1 -> "via " + addresses.address(family) + device + " onlink";
            case 2 -> "via " + addresses.address(family) + device;
            default ->
                family == IpFamily.V4 ? "via inet6 fe80::9" + device : "via fe80::" + addresses.one(7, 8, 9) + device;
        };
    }

    private String rule(IpFamily family) {
        StringBuilder out = new StringBuilder(family == IpFamily.V6 ? "-6 rule add" : "rule add");
        boolean l3mdev = withVrf && chance(.06);
        if (chance(.12) && !l3mdev) {
            out.append(" not");
        }
        selectors(out, family);
        if (chance(.7)) {
            out.append(" pref ").append(addresses.one(5, 50, 51, 52, 100, 200, 32000, 32766, 40000));
        }
        if (l3mdev) {
            return out.append(" l3mdev").toString();
        }
        double what = random.nextDouble();
        if (what < .16) {
            return out.append(' ')
                    .append(addresses.one("unreachable", "prohibit", "blackhole"))
                    .toString();
        }
        if (what < .22) {
            return out.append(" goto ")
                    .append(addresses.one(51, 100, 200, 32766, 33000, 40000))
                    .toString();
        }
        if (what < .24) {
            return out.append(" nop").toString();
        }
        out.append(" table ").append(table());
        if (chance(.25)) {
            out.append(" suppress_prefixlength ").append(addresses.one(0, 0, 8, 24));
        }
        if (chance(.12)) {
            out.append(" suppress_ifgroup ").append(addresses.one(0, 1, 2));
        }
        return out.toString();
    }

    private void selectors(StringBuilder out, IpFamily family) {
        if (chance(.3)) {
            out.append(" from ").append(addresses.prefix(family).replace("default", "all"));
        }
        if (chance(.25)) {
            out.append(" to ").append(addresses.prefix(family).replace("default", "all"));
        }
        if (chance(.35)) {
            out.append(" fwmark ").append(addresses.one("0x1", "0x2", "0xca6c", "0x10/0xf0", "0x0/0xff", "0x2/0x2"));
        }
        List<String> names = devicesAndVrfs();
        names.add("gone");
        if (chance(.12)) {
            out.append(" oif ").append(one(names));
        }
        names.addAll(List.of("lo", "lo"));
        if (chance(.15)) {
            out.append(" iif ").append(one(names));
        }
        if (chance(.08)) {
            out.append(" tos ").append(addresses.one("0x08", "0x10", "0x04"));
        }
        if (chance(.1)) {
            out.append(" ipproto ").append(addresses.one("tcp", "udp"));
        }
        if (chance(.08)) {
            out.append(" sport ").append(addresses.one("1000-2000", "53"));
        }
        if (chance(.1)) {
            out.append(" dport ").append(addresses.one("1000-2000", "53"));
        }
        if (chance(.08)) {
            out.append(" uidrange ").append(addresses.one("0-0", "100-200"));
        }
    }

    private void wgQuick(List<String> lines) {
        for (String family : new String[] {"", "-6 "}) {
            int tunnels = addresses.one(1, 1, 2);
            for (int i = 0; i < tunnels; i++) {
                lines.add(family + "route add " + (family.isEmpty() ? "0.0.0.0/0" : "::/0") + " dev wg" + i + " table "
                        + (51820 + i));
                lines.add(
                        family + "rule add not fwmark 0x" + Integer.toHexString(0xca6c + i) + " table " + (51820 + i));
                lines.add(family + "rule add table main suppress_prefixlength 0");
            }
        }
    }

    /// What happens to routes when a link goes away later, and gateways that do not answer.
    private List<String> lateChanges() {
        List<String> lines = new ArrayList<>();
        for (String device : devices) {
            boolean wire = device.startsWith("v") || device.startsWith("p");
            if (chance(linksFail && wire ? .3 : .08)) {
                lines.add("link set " + device + " down");
            }
            if (chance(.1) && device.startsWith("wg")) {
                lines.add("link set " + device + " down");
                lines.add("link set " + device + " up");
            }
        }
        for (String device : devices) {
            if (chance(.3)) {
                lines.add("-6 neigh replace fe80::" + addresses.one(7, 8, 9) + " dev " + device + " nud failed");
            }
        }
        return lines;
    }
}
