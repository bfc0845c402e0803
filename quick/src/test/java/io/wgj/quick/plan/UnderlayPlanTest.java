// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.quick.model.HostSupport;
import io.wgj.quick.text.PlanRenderer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `Underlay` and `AllowedSources`: routes for encrypted packets, and filters for their senders.
class UnderlayPlanTest {
    /// The far end's address lies inside a network that is routed through the tunnel.
    private static final String RECURSIVE =
            "Address = 10.9.0.1/24;[Peer];" + "Endpoint = 203.0.113.9:51820;AllowedIPs = 203.0.113.0/24";

    private final Host host = new Host()
            .link("ppp0", 1492, false, "192.0.2.77/32")
            .route("default dev ppp0 metric 50")
            .way("203.0.113.9", "ppp0");

    @Test
    void leavesByAnotherTableInTheExplicitForm() throws PlanException {
        assertThat(lines("FwMark = 0x5151;Route = default dev ppp0 table 11;"
                        + "Rule = fwmark 0x5151 iif lo priority 4999 table 11;" + RECURSIVE))
                .containsExactly(
                        "ip link add dev wg0 type wireguard",
                        "wg addconf wg0 /dev/fd/63",
                        "ip -4 address add 10.9.0.1/24 dev wg0",
                        "ip link set mtu 1412 up dev wg0",
                        "ip -4 route add default dev ppp0 table 11",
                        "ip -4 rule add fwmark 0x5151 iif lo priority 4999 table 11",
                        "ip -4 route add 203.0.113.0/24 dev wg0");
    }

    @Test
    void leavesByAnotherTableInTheOneLineForm() throws PlanException {
        assertThat(lines("Underlay = dev ppp0;" + RECURSIVE))
                .containsExactly(
                        "ip link add dev wg0 type wireguard",
                        "wg addconf wg0 /dev/fd/63",
                        "ip -4 address add 10.9.0.1/24 dev wg0",
                        "ip link set mtu 1412 up dev wg0",
                        "wg set wg0 fwmark 51820",
                        "ip -4 route add default dev ppp0 table 51920",
                        "ip -4 rule add fwmark 0xca6c iif lo priority 4999 table 51920",
                        "sysctl -q net.ipv4.conf.all.src_valid_mark=1",
                        "nft -f /dev/fd/63",
                        "ip -4 route add 203.0.113.0/24 dev wg0");
    }

    /// A host with two IPv6 default routes, one announced by a router and one that an administrator set.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -6 default via fe80::1 dev eth0 metric 1024 ; -6 default via fe80::2 dev wlan0 metric 600         | wlan0 | fe80::2
            -6 default via fe80::1 dev eth0 metric 1024 ; -6 default via fe80::2 dev wlan0 metric 600         | eth0  | fe80::1
            -6 default via fe80::1 dev eth0 metric 1024 ; -6 default via fe80::3 dev eth0 metric 512          | eth0  | fe80::3
            """)
    void takesTheGatewayBehindTheNamedDeviceOfSeveral(String routes, String device, String gateway)
            throws PlanException {
        host.noRoutes().link("wlan0", 1500, true, "2001:db8:2::2/64");
        for (String route : routes.split(" ; ", -1)) {
            host.route(route);
        }
        assertThat(lines("Underlay = dev " + device + ";Address = fd09::1/64;[Peer];AllowedIPs = fd77::/48"))
                .contains("ip -6 route add default via " + gateway + " dev " + device + " table 51920");
    }

    @Test
    void marksWhatItAddsAsOurs() throws PlanException {
        assertThat(plan("Underlay = dev ppp0;Route = 10.0.0.0/8 dev %i;Rule = fwmark 1 table 9;" + RECURSIVE))
                .contains(
                        "ip -4 route add 10.0.0.0/8 dev wg0 proto 87",
                        "ip -4 rule add fwmark 0x1 priority 32765 table 9 protocol 87",
                        "ip -4 route add default dev ppp0 table 51920 proto 87",
                        "ip -4 rule add fwmark 0xca6c iif lo priority 4999 table 51920 protocol 87",
                        "ip -4 route add 203.0.113.0/24 dev wg0 proto 87");
    }

    @Test
    void sharesTheMarkOfADefaultRouteAndDoesNotPushItsRulesUp() throws PlanException {
        assertThat(plan("Underlay = dev ppp0;[Peer];Endpoint = 203.0.113.9:5;AllowedIPs = 0.0.0.0/0"))
                .containsSubsequence(
                        "ip -4 rule add fwmark 0xca6c iif lo priority 4999 table 51920 protocol 87",
                        "ip -4 rule add not fwmark 0xca6c priority 32765 table 51820 protocol 87",
                        "ip -4 rule add priority 32764 table main suppress_prefixlength 0 protocol 87",
                        "nft -f /dev/fd/63")
                .satisfiesOnlyOnce(line -> assertThat(line).isEqualTo("  table ip wg-quick-wg0 {"));
    }

    @Test
    void keepsOutOfTheWayOfAnotherTunnelsUnderlay() throws PlanException {
        host.rule("-4 fwmark 0x9 iif lo priority 4999 table 51920 proto 87").route("default dev ppp0 table 51920");
        assertThat(plan("Underlay = dev ppp0;[Peer];AllowedIPs = 0.0.0.0/0"))
                .contains(
                        "ip -4 rule add fwmark 0xca6c iif lo priority 4999 table 51921 protocol 87",
                        "ip -4 rule add not fwmark 0xca6c priority 32765 table 51820 protocol 87");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dev eth0                       | ip -4 route add default via 198.51.100.1 dev eth0 table 51920
            dev eth0 via 198.51.100.9      | ip -4 route add default via 198.51.100.9 dev eth0 table 51920
            dev eth0 src 198.51.100.7      | ip -4 route add default via 198.51.100.1 dev eth0 src 198.51.100.7 table 51920
            via 198.51.100.9               | ip -4 route add default via 198.51.100.9 table 51920
            dev eth0 via 2001:db8::1       | ip -6 route add default via 2001:db8::1 dev eth0 table 51920
            """)
    void findsTheWayOfAnUnderlay(String underlay, String route) throws PlanException {
        host.link("eth0", 1400, true, "198.51.100.7/24");
        assertThat(lines("Underlay = " + underlay + ";" + RECURSIVE)).contains(route);
    }

    /// The device's own default route is copied with all its parts.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default dev br0 metric 9                                             | default dev br0 table 51920
            default via 198.51.100.1 dev br0 onlink                              | default via 198.51.100.1 dev br0 onlink table 51920
            default via 10.0.0.9 dev br0 src 10.0.0.1 metric 3                   | default via 10.0.0.9 dev br0 src 10.0.0.1 table 51920
            default via 10.0.0.9 dev br0 mtu 1400                                | default via 10.0.0.9 dev br0 mtu 1400 table 51920
            default via inet6 fe80::1 dev br0                                    | default via inet6 fe80::1 dev br0 table 51920
            default dev br0 table 51820                                          | default dev br0 table 51920
            default via 10.0.0.9 dev br0 metric 7 ; default via 10.0.0.8 dev br0 | default via 10.0.0.8 dev br0 table 51920
            default via 10.0.0.9 dev br0 metric 7 ; default dev br0 table 7      | default via 10.0.0.9 dev br0 table 51920
            """)
    void copiesTheDefaultRouteOfTheDevice(String routes, String copy) throws PlanException {
        host.link("br0", 1500, true, "10.0.0.1/24");
        for (String route : routes.split(" ; ", -1)) {
            host.route(route);
        }
        List<String> words = List.of(copy.split(" "));
        assertThat(lines("Underlay = dev br0;" + RECURSIVE))
                .filteredOn(line -> line.startsWith("ip -4 route add default"))
                .singleElement()
                .satisfies(line -> assertThat(List.of(
                                line.substring("ip -4 route add ".length()).split(" ")))
                        .containsExactlyInAnyOrderElementsOf(words));
    }

    /// The route of another tunnel's `Underlay` is not the device's default route.
    @Test
    void doesNotTakeAnotherTunnelsUnderlayForTheDevicesDefaultRoute() {
        host.link("br0", 1500, true, "10.0.0.1/24")
                .rule("-4 fwmark 0x9 iif lo priority 4999 table 51920 proto 87")
                .route("default via 10.0.0.7 dev br0 table 51920");
        assertThatThrownBy(() -> lines("Underlay = dev br0;" + RECURSIVE))
                .hasMessageContaining("br0 has no default route of IPv4");
    }

    /// A default route of the other family does not make up for a missing one.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [2001:db8::9]:5           | false | ppp0 has no default route of IPv6, which the endpoint [2001:db8::9]:5 needs; add one, or name the gateway with via
            [2001:db8::9]:5           | true  | ppp0 has no default route of IPv6, which the endpoint [2001:db8::9]:5 needs; add one, or name the gateway with via
            vpn.example.com:5         | true  | ppp0 has no default route of IPv6, which the endpoint vpn.example.com:5 may need; add one, or name a gateway of IPv4 with via to leave IPv6 to the main table
            """)
    void refusesADeviceWithoutADefaultRouteOfAnEndpointsFamily(String endpoint, boolean hostHasIpv6, String reason) {
        if (hostHasIpv6) {
            host.route("-6 default via fe80::1 dev eth0");
        }
        assertThatThrownBy(() -> created("Underlay = dev ppp0;[Peer];AllowedIPs = 10.0.0.0/8;Endpoint = " + endpoint))
                .isInstanceOf(PlanException.class)
                .hasMessage("wg0.conf:3:12: [Interface] Underlay: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dev ppp0                  | vpn.example.com:5   | false
            dev ppp0 via 192.0.2.78   | vpn.example.com:5   | true
            dev ppp0                  | 203.0.113.9:5       | true
            dev ppp0                  | '[fe80::1%eth0]:5'  | true
            """)
    void needsNoFamilyThatNoEndpointCanBeOf(String underlay, String endpoint, boolean hostHasIpv6) throws Exception {
        if (hostHasIpv6) {
            host.route("-6 default via fe80::1 dev eth0");
        }
        created("Underlay = " + underlay + ";[Peer];AllowedIPs = 10.0.0.0/8;Endpoint = " + endpoint);
    }

    /// The first stage alone, with endpoints that are not looked up.
    private void created(String file) throws PlanException {
        QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty());
    }

    @Test
    void coversTheFamiliesThatTheDeviceHas() throws PlanException {
        host.route("-6 default via fe80::1 dev eth0").link("eth0", 1400, true, "198.51.100.7/24", "fe80::7/64");
        assertThat(lines("Underlay = dev eth0;" + RECURSIVE))
                .contains(
                        "ip -4 route add default via 198.51.100.1 dev eth0 table 51920",
                        "ip -6 route add default via fe80::1 dev eth0 table 51920",
                        "ip -6 rule add fwmark 0xca6c iif lo priority 4999 table 51920");
        assertThat(lines("Underlay = dev ppp0;" + RECURSIVE)).noneMatch(line -> line.startsWith("ip -6"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dev eth9          | there is no device eth9
            dev wg0           | encrypted packets of wg0 cannot leave by wg0
            src 192.0.2.200   | 192.0.2.200 is not an address of this host
            dev tun9          | tun9 has no default route of IPv4, which the endpoint 203.0.113.9:51820 needs; add one, or name the gateway with via
            src 10.0.0.1 dev br0 | no default gateway is known behind br0; name it with via
            dev br0           | br0 has no default route of IPv4, which the endpoint 203.0.113.9:51820 needs; add one, or name the gateway with via
            """)
    void refusesAnUnderlayThatCannotBe(String underlay, String reason) {
        host.link("br0", 1500, true, "10.0.0.1/24").link("tun9", 1500, false, "fe80::9/64");
        assertThatThrownBy(() -> lines("Underlay = " + underlay + ";" + RECURSIVE))
                .isInstanceOf(PlanException.class)
                .hasMessage("wg0.conf:3:12: [Interface] Underlay: " + reason);
    }

    @Test
    void rewritesTheSourceWithoutATable() throws PlanException {
        assertThat(plan("Underlay = src 192.0.2.77;" + RECURSIVE))
                .containsSubsequence(
                        "wg set wg0 fwmark 51820",
                        "nft -f /dev/fd/63",
                        "  table inet wgj-wg0 {",
                        "    chain source {",
                        "      type route hook output priority raw; policy accept;",
                        "      meta l4proto udp meta mark 0xca6c ip saddr set 192.0.2.77",
                        "ip link set mtu 1412 up dev wg0",
                        "sysctl -q net.ipv4.conf.all.src_valid_mark=1",
                        "  table ip wg-quick-wg0 {")
                .noneMatch(line -> line.contains(" rule add ") || line.contains("51920"));
    }

    @Test
    void leavesSourcesAndSendersToOurOwnEngine() throws PlanException {
        host.support(new HostSupport(false, Optional.of(HostSupport.OWN_ENGINE), true, Optional.empty(), ""));
        assertThat(plan("Underlay = src 192.0.2.77;AllowedSources = 192.0.2.0/24;" + RECURSIVE))
                .contains("wg set wg0 fwmark 51820", "  table ip wg-quick-wg0 {")
                .noneMatch(line -> line.contains("table inet"));
    }

    @Test
    void letsOnlySomeSendersInBeforeTheLinkIsUp() throws PlanException {
        assertThat(plan("ListenPort = 51820;AllowedSources = 192.0.2.0/24, 2001:db8::/32;" + RECURSIVE))
                .containsSubsequence(
                        "nft -f /dev/fd/63",
                        "  table inet wgj-wg0 {",
                        "    chain sources0 {",
                        "      type filter hook input priority raw; policy accept;",
                        "      meta l4proto != udp accept",
                        "      udp dport != 51820 accept",
                        "      ip saddr 192.0.2.0/24 accept",
                        "      ip6 saddr 2001:db8::/32 accept",
                        "      drop",
                        "ip link set mtu 1412 up dev wg0");
    }

    @Test
    void filtersForPeersOnlyWhenEachOfThemHasSources() throws PlanException {
        String one = "[Peer]\nPublicKey = " + QuickText.K1 + "\n";
        String two = "[Peer]\nPublicKey = " + QuickText.PRIV + "\n";
        String head = "[Interface]\nListenPort = 5\n";
        String first = "AllowedSources = 192.0.2.0/24\n";
        String second = "AllowedSources = 10.0.0.0/8\n";
        assertThat(planOf(QuickText.ofFile("wg0", head + one + first + two))).noneMatch(line -> line.contains("saddr"));
        assertThat(planOf(QuickText.ofFile("wg0", head + one + first + two + second)))
                .containsSubsequence("      ip saddr 192.0.2.0/24 accept", "      ip saddr 10.0.0.0/8 accept");
    }

    @Test
    void wantsAPortForItsFilter() {
        assertThatThrownBy(() -> lines("AllowedSources = 192.0.2.0/24;" + RECURSIVE))
                .hasMessage("AllowedSources needs a ListenPort: the filter has to know it beforehand");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Route = default dev ppp0 table vpn | wg0.conf:3:9: [Interface] Route: `vpn': neither a number nor the name of a routing table
            Rule = fwmark x                    | wg0.conf:3:8: [Interface] Rule: `x': a mark is a number from 0 to 4294967295
            Route = default                    | wg0.conf:3:9: [Interface] Route: a route needs `dev' or `via'
            """)
    void namesTheWordOfARouteOrRuleThatIsWrong(String line, String message) {
        assertThatThrownBy(() -> lines(line + ";" + RECURSIVE)).hasMessage(message);
    }

    private List<String> lines(String file) throws PlanException {
        QuickText text = QuickText.of(file);
        return text.trace(text.up(host).steps(), host);
    }

    private List<String> plan(String file) throws PlanException {
        return planOf(QuickText.of(file));
    }

    private List<String> planOf(QuickText text) throws PlanException {
        return new PlanRenderer(text.tunnel(), host.snapshot().tables()).plan(text.up(host));
    }
}
