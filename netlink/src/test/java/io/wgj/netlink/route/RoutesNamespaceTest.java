// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.route.FreshNetwork.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.ReferenceTool;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes real routes in a network namespace of its own and compares with ip(8).
@Tag("namespace")
class RoutesNamespaceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4 10.9.0.0/16 dev b0",
                "-4 default dev b0 table 51820",
                "-4 10.8.0.0/16 dev b0 table 11 proto 87",
                "-4 default via 10.0.0.2 dev b0 table 300 metric 7 src 10.0.0.1 mtu lock 1300 proto 87",
                "-4 10.2.0.0/16 dev b0 mtu 1400 scope global proto static",
                "-4 10.3.0.0/16 via inet6 fe80::1 dev b0",
                "-4 10.4.0.0/16 via 192.0.2.1 dev b0 onlink",
                "-4 10.4.0.0/16 via 10.0.0.9",
                "-4 local 10.5.0.1/32 dev lo",
                "-4 blackhole 10.6.0.0/16",
                "-4 unreachable 10.7.0.0/16 metric 3",
                "-4 prohibit 10.10.0.0/16 table 4294967295",
                "-4 throw 10.11.0.0/16 table 11",
                "-6 fd01::/64 dev b0",
                "-6 default dev b0 table 51820",
                "-6 fd02::/64 via fd00::2 dev b0 metric 5 mtu 1280 proto 87",
                "-6 fd02::/64 via fd00::2 dev b0 src fd00::1",
                "-6 unreachable fd03::/48 metric 4278198272",
                "-6 blackhole fd04::/48 table 9",
                "-4 10.9.0.0/16 tos 0x10 dev b0 proto 87",
                "-4 10.9.0.0/16 dev b0 realms 1/2",
                "-4 10.9.0.0/16 dev b0 advmss lock 1300 initcwnd 7 initrwnd 8 quickack 1 hoplimit 3 window 9",
                "-4 10.9.0.0/16 dev b0 mtu lock 1300 congctl reno features ecn rtt 100ms rttvar 1s rto_min 5ms",
                "-4 10.9.0.0/16 dev b0 reordering 4 ssthresh 5 cwnd lock 6 fastopen_no_cookie 1",
                "-6 fd01::/64 dev b0 pref high",
                "-6 fd01::/64 dev b0 pref low advmss 1200 congctl reno hoplimit 9 proto 87",
            })
    void makesWhatIpMakes(String words) throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            String family = words.substring(0, 2);
            List<Route> before = network.routes().list();
            String empty = shown(family);
            Route route = IpRouteSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);

            ReferenceTool.output("ip " + family + " route add " + words.substring(3));
            String expected = shown(family);
            assertThat(network.routes().list()).as("ip's route, read by us").hasSize(before.size() + 1);
            ReferenceTool.output("ip " + family + " route del " + words.substring(3));
            assertThat(shown(family)).isEqualTo(empty);

            network.routes().add(route);
            assertThat(shown(family)).isEqualTo(expected);
            List<Route> added = new ArrayList<>(network.routes().list());
            added.removeAll(before);
            assertThat(added)
                    .singleElement()
                    .satisfies(one -> assertThat(one.destination()).isEqualTo(route.destination()));
            assertErrno(Errno.EEXIST, () -> network.routes().add(route));

            // A route that was read back can be deleted, like the requested one.
            network.routes().delete(added.getFirst());
            assertThat(shown(family)).isEqualTo(empty);
            network.routes().add(route);
            network.routes().delete(route);
            assertThat(shown(family)).isEqualTo(empty);
            assertErrno(Errno.ESRCH, () -> network.routes().delete(route));
        });
    }

    @Test
    void leavesTheRouteOfAnotherProtocolAlone() throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            Route theirs = route("10.9.0.0/16 dev b0");
            network.routes().add(theirs);

            assertErrno(Errno.ESRCH, () -> network.routes().delete(theirs.withProtocol(Route.PROTOCOL_WGJ)));
            assertThat(network.routes().list(IpFamily.V4, TableNames.MAIN)).contains(theirs);
        });
    }

    @Test
    void replacesARoute() throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            FreshNetwork.bridge(network, "b1", "10.1.0.1", 24);
            for (String destination : List.of("10.9.0.0/16", "fd09::/64")) {
                String family = destination.contains(":") ? "-6" : "-4";
                network.routes().add(route(destination + " dev b0"));
                network.routes().replace(route(destination + " dev b1"));
                assertThat(ReferenceTool.output(List.of("ip", family, "route", "show", destination)))
                        .contains(destination + " dev b1")
                        .doesNotContain("b0");
                network.routes().delete(route(destination + " dev b1"));
                network.routes().replace(route(destination + " dev b0"));
                assertThat(ReferenceTool.output(List.of("ip", family, "route", "show", destination)))
                        .contains(destination + " dev b0");
            }
        });
    }

    @Test
    void listsOneTable() throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            network.routes().add(route("10.9.0.0/16 dev b0 table 300"));
            network.routes().add(route("fd09::/64 dev b0 table 300"));

            assertThat(network.routes().list(IpFamily.V4, 300)).containsExactly(route("10.9.0.0/16 dev b0 table 300"));
            assertThat(network.routes().list(IpFamily.V6, 300))
                    .containsExactly(route("fd09::/64 dev b0 table 300 metric 1024"));
            assertThat(network.routes().list(IpFamily.V4, 301)).isEmpty();
            assertThat(network.routes().list(IpFamily.V6, 301)).isEmpty();
        });
    }

    @Test
    void readsRoutesOfSeveralWays() throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            ReferenceTool.output(
                    "ip route add 10.12.0.0/16 nexthop via 10.0.0.3 dev b0 weight 2 nexthop via 10.0.0.4 dev b0");

            assertThat(network.routes().list(IpFamily.V4, TableNames.MAIN))
                    .anySatisfy(route -> assertThat(route.nextHops())
                            .containsExactly(
                                    new NextHop(IpAddress.parse("10.0.0.3"), Optional.of("b0"), 2),
                                    new NextHop(IpAddress.parse("10.0.0.4"), Optional.of("b0"), 1)));
        });
    }

    @Test
    void looksUpWays() throws Exception {
        FreshNetwork.with(network -> {
            Link bridge = prepare(network);
            network.setMtu(bridge.index(), 1_400);
            network.routes().add(route("192.0.2.0/24 via 10.0.0.2 dev b0 src 10.0.0.1 mtu 1300"));
            network.routes().add(route("default dev b0 table 300"));
            network.rules().add(rule("fwmark 5 table 300 priority 9"));

            Route way = network.routes().get(new RouteQuery(address("192.0.2.9")));
            assertThat(way.destination()).isEqualTo(IpPrefix.host(address("192.0.2.9")));
            assertThat(way.gateway()).contains(address("10.0.0.2"));
            assertThat(way.device()).contains("b0");
            assertThat(way.preferredSource()).contains(address("10.0.0.1"));
            assertThat(way.mtu()).contains(new RouteMtu(1_300, false));
            assertThat(way.table()).isEqualTo(TableNames.MAIN);

            Route marked = network.routes()
                    .get(new RouteQuery(address("192.0.2.9"), OptionalInt.of(5), Optional.of(address("10.0.0.1"))));
            assertThat(marked.table()).isEqualTo(300);
            assertThat(marked.gateway()).isEmpty();
            assertThat(marked.mtu()).isEmpty();

            Route v6 = network.routes().get(new RouteQuery(address("fd00::5")));
            assertThat(v6.device()).contains("b0");
            assertErrno(Errno.ENETUNREACH, () -> network.routes().get(new RouteQuery(address("198.51.100.1"))));
            assertErrno(Errno.ENETUNREACH, () -> network.routes().get(new RouteQuery(address("2001:db8::1"))));
        });
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            assertErrno(Errno.ENODEV, () -> network.routes().add(route("10.9.0.0/16 dev b9")));
            assertThat(catchMessage(() -> network.routes().add(route("10.9.0.0/16 dev b9"))))
                    .contains("b9");
        });
    }

    @Test
    void findsADeviceThatWasMadeAnew() throws Exception {
        FreshNetwork.with(network -> {
            Link first = prepare(network);
            network.routes().add(route("10.9.0.0/16 dev b0"));
            network.deleteLink(first.index());
            Link second = FreshNetwork.bridge(network, "b0", "10.0.0.1", 24);
            assertThat(second.index()).isNotEqualTo(first.index());

            network.routes().add(route("10.9.0.0/16 dev b0"));
            assertThat(network.routes().list(IpFamily.V4, TableNames.MAIN)).contains(route("10.9.0.0/16 dev b0"));
        });
    }

    @Test
    void listsThousandsOfRoutes() throws Exception {
        FreshNetwork.with(network -> {
            prepare(network);
            for (int i = 0; i < 5_000; i++) {
                network.routes().add(route("10." + (64 + (i >> 8)) + "." + (i & 255) + ".0/24 dev b0 table 300"));
            }
            assertThat(network.routes().list(IpFamily.V4, 300)).hasSize(5_000);
            assertThat(ReferenceTool.output("ip -4 route show table 300").lines())
                    .hasSize(5_000);
        });
    }

    private static Link prepare(RouteNetlink network) throws Exception {
        network.setUp(network.link("lo").orElseThrow().index());
        Link bridge = FreshNetwork.bridge(network, "b0", "10.0.0.1", 24);
        // Without duplicate detection, which would keep the address from being a source for a second or two.
        ReferenceTool.output("ip -6 address add fd00::1/64 dev b0 nodad");
        // The kernel adds the address's own route a little later.
        IpPrefix own = IpPrefix.host(address("fd00::1"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (network.routes().list(IpFamily.V6, TableNames.LOCAL).stream()
                        .noneMatch(route -> route.destination().equals(own))
                && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        return bridge;
    }

    private static String shown(String family) {
        return ReferenceTool.output("ip -json -details " + family + " route show table all");
    }

    private static String catchMessage(ThrowingCallable call) {
        return String.valueOf(catchThrowable(call).getMessage());
    }

    private static Route route(String words) throws WordException {
        return IpRouteSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
    }

    private static PolicyRule rule(String words) throws WordException {
        return IpRuleSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
