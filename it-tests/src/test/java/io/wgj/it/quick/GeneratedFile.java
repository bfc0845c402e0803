// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A configuration file of random lines: every key, spelled in every way, with values that meet each other.
final class GeneratedFile {
    static final String PRIVATE_KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    /// The first is the interface's own.
    private static final List<String> KEYS = List.of(
            "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=",
            "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
            "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=",
            "gN65BkIKy1eCE9pP1wdc8ROUtkHLF2PfAqYdyYBz6EA=");

    private static final String NO_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static final List<String> ADDRESSES_4 = List.of(
            "10.7.0.1/24", "10.7.0.2/24", "10.8.0.1", "10.8.0.2/32", "10.9.0.1/16", "172.16.0.1/12", "10.7.0.1/0");
    private static final List<String> ADDRESSES_6 =
            List.of("fd07::1/64", "fd07::2/64", "fd08::1", "fd09::1/48", "fd0a::1/128", "::ffff:0:1/96");

    private static final List<String> PREFIXES_4 = List.of(
            "10.7.0.0/24",
            "10.7.0.7",
            "10.7.0.0/16",
            "10.8.0.1/32",
            "10.9.0.0/16",
            "10.9.9.0/24",
            "10.0.0.0/8",
            "172.16.5.5/32",
            "192.0.2.99",
            "203.0.113.0/24",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "0.0.0.0/0");
    private static final List<String> PREFIXES_6 =
            List.of("fd07::/64", "fd07::9", "fd00::/8", "fd08::1/128", "2000::/3", "2001:db8::99", "fe80::/10", "::/0");

    private static final List<String> ENDPOINTS = List.of(
            "192.0.2.1:51820",
            "[2001:db8::1]:51820",
            "198.51.100.1:5",
            "10.9.0.9:77",
            "[fd07::9]:77",
            "localhost:51820",
            "127.1:9");

    private static final List<String> ROUTES = List.of(
            "10.55.0.0/16 dev %i",
            "10.7.7.0/24 dev %i metric 50",
            "10.56.0.0/16 via 192.0.2.1",
            "blackhole 10.57.0.0/16",
            "unreachable default metric 4000000000 table 51820",
            "10.58.0.0/16 dev up0 metric 7 table 100",
            "10.0.0.0/8 dev %i",
            "-6 fd55::/32 dev %i",
            "fd56::/32 dev up0 mtu 1300");
    private static final List<String> RULES = List.of(
            "fwmark 1 table 9",
            "to 203.0.113.7 table 8 priority 77",
            "-6 to fd77::/16 table 8",
            "iif lo to 203.0.113.9 table main",
            "not fwmark 5 table 12",
            "from 10.7.0.1 table 9 priority 30000");
    private static final List<String> UNDERLAYS =
            List.of("dev up0", "via 192.0.2.1", "src 192.0.2.2", "dev up0 via 192.0.2.1", "src 2001:db8::2");

    /// What people do there: most of it adds, some of it takes away or changes what is ours.
    private static final List<String> HOOKS = List.of(
            "ip route add 10.0.0.0/8 dev %i metric 300",
            "ip route add 10.64.0.0/10 dev %i",
            "ip address add 10.99.0.1/8 dev %i",
            "ip address del 10.7.0.1/24 dev %i; ip address add 10.7.0.1 peer 10.7.0.254 dev %i",
            "ip address add 10.66.0.1 peer 10.66.0.2 dev %i",
            "ip -6 address add fd66::1/64 dev %i nodad",
            "ip -6 address change fd07::1 peer fd07::fe dev %i || true",
            "ip link set %i mtu 1300",
            "ip rule add to 203.0.113.4 table main",
            "ip rule add to 203.0.113.5 table main priority 20",
            "ip route add blackhole default metric 999 table 51820",
            "ip -6 route add blackhole default metric 999 table 51920",
            "ip route del 10.9.0.0/16 dev %i || true",
            "ip route replace 10.9.9.0/24 dev %i mtu 1200",
            "ip route replace 203.0.113.0/24 via 192.0.2.1",
            "ip rule del table 8 || true",
            "ip route flush dev %i",
            "sysctl -q net.ipv4.conf.all.src_valid_mark=0");

    /// Their output does not matter here.
    private static final List<String> SILENT_HOOKS =
            HOOKS.stream().map(hook -> "{ " + hook + "; } 2>/dev/null").toList();

    private final Random random;
    private final boolean ipv6;
    private final List<String> lines = new ArrayList<>();

    private GeneratedFile(Random random) {
        this.random = random;
        this.ipv6 = chance(60);
    }

    /// @param hooks how likely it has hooks, in percent: each costs several processes
    static String of(Random random, int hooks) {
        return new GeneratedFile(random).text(hooks);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void line(int percent, String key, List<String> values) {
        if (chance(percent)) {
            lines.add(key + " = " + one(values));
        }
    }

    /// Some of them, each once, in any order, in one line or several.
    private void list(String key, List<String> values, int most) {
        List<String> left = new ArrayList<>(values);
        List<String> some = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0 && !left.isEmpty(); i--) {
            some.add(left.remove(random.nextInt(left.size())));
        }
        if (some.isEmpty()) {
            return;
        }
        if (chance(50)) {
            lines.add(key + " = " + String.join(", ", some));
        } else {
            some.forEach(value -> lines.add(key + " = " + value));
        }
    }

    private void each(int percent, String key, List<String> values, int most) {
        List<String> left = new ArrayList<>(values);
        for (int i = 0; i < most && chance(percent); i++) {
            lines.add(key + " = " + left.remove(random.nextInt(left.size())));
        }
    }

    private String text(int hooks) {
        lines.add("[Interface]");
        lines.add("PrivateKey = " + PRIVATE_KEY);
        list("Address", ADDRESSES_4, 3);
        if (ipv6) {
            list("Address", ADDRESSES_6, 3);
        }
        boolean port = chance(40);
        line(port ? 100 : 40, "ListenPort", port ? List.of("51820", "7", "65535") : List.of("0"));
        line(40, "FwMark", List.of("off", "0", "0x0", "0xca6c", "51820", "1", "0xffffffff"));
        line(30, "Table", List.of("auto", "off", "51", "1234", "0x64", "main", "default"));
        line(40, "MTU", ipv6 ? List.of("1280", "1400", "1420", "9000") : List.of("576", "1400", "0x500", "1420"));
        line(15, "SaveConfig", List.of("false"));
        each(15, "Route", ROUTES, 3);
        each(15, "Rule", RULES, 3);
        line(8, "Underlay", UNDERLAYS);
        if (port) {
            line(10, "AllowedSources", List.of("192.0.2.0/24", "192.0.2.0/24, 2001:db8::/32"));
        }
        if (chance(hooks)) {
            if (chance(20)) {
                lines.add("PreUp = ip link set %i up; ip route add 10.9.0.0/18 dev %i");
            }
            each(70, "PostUp", SILENT_HOOKS, 3);
            line(20, "PostDown", List.of("true"));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            peer();
        }
        return String.join("\n", lines) + "\n";
    }

    private void peer() {
        lines.add("[Peer]");
        lines.add("PublicKey = " + one(KEYS));
        line(30, "PresharedKey", List.of(NO_KEY, KEYS.get(1), KEYS.get(2)));
        line(50, "PersistentKeepalive", List.of("0", "off", "25", "1"));
        line(60, "Endpoint", ENDPOINTS);
        list("AllowedIPs", PREFIXES_4, 4);
        if (ipv6) {
            list("AllowedIPs", PREFIXES_6, 3);
        }
        line(5, "AllowedSources", List.of("192.0.2.0/24"));
    }
}
