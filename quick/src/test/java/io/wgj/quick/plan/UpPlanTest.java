// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.config.net.Endpoint;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.RouteLookup;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.UpLink;
import io.wgj.quick.text.PlanRenderer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `up` as commands, in the form that wg-quick prints them.
class UpPlanTest {
    private static final String BASE = "Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16;Endpoint = 192.0.2.1:5";
    private static final String ALL =
            "Address = 10.9.0.1/24;Address = fd09::1/64;[Peer];AllowedIPs = 0.0.0.0/0, ::/0, 10.5.0.0/16";


    private final Host host = new Host();

    @Test
    @Case("Q01")
    void createsConfiguresAddressesUpsAndRoutes() throws PlanException {
        assertThat(trace(BASE))
                .containsExactly(
                        "ip link add dev wg0 type wireguard",
                        "wg addconf wg0 /dev/fd/63",
                        "ip -4 address add 10.9.0.1/24 dev wg0",
                        "ip link set mtu 1320 up dev wg0",
                        "ip -4 route add 10.77.0.0/16 dev wg0");
    }

    @Test
    @Case("Q03")
    void leavesOutWhatAnAddressAlreadyRoutes() throws PlanException {
        assertThat(routes("Address = 10.9.0.1/24;Address = fd09::1/64;[Peer];"
                        + "AllowedIPs = 10.9.0.2/32, 10.77.0.0/16, 10.78.0.0/16, fd09::2/128, fd77::/48"))
                .containsExactly(
                        "ip -6 route add fd77::/48 dev wg0",
                        "ip -4 route add 10.78.0.0/16 dev wg0",
                        "ip -4 route add 10.77.0.0/16 dev wg0");
    }

    @Test
    void routesALoneIpv4AddressButNotALoneIpv6One() throws PlanException {
        assertThat(routes("Address = 10.9.0.1/32;Address = fd09::1/128;[Peer];AllowedIPs = 10.9.0.1/32, fd09::1/128"))
                .containsExactly("ip -4 route add 10.9.0.1/32 dev wg0");
    }

    @Test
    @Case("Q04")
    void routesLongPrefixesFirstAndThoseOfOneLengthBackwards() throws PlanException {
        assertThat(routes(
                        "MTU = 1420;[Peer];AllowedIPs = 0.0.0.0/1, 128.0.0.0/1, ::/1, 8000::/1, 10.0.0.0/8, 1.2.3.4/32,"
                                + " fd00::1/128, 9.0.0.0/8"))
                .containsExactly(
                        "ip -6 route add fd00::1/128 dev wg0",
                        "ip -4 route add 1.2.3.4/32 dev wg0",
                        "ip -4 route add 9.0.0.0/8 dev wg0",
                        "ip -4 route add 10.0.0.0/8 dev wg0",
                        "ip -6 route add ::/1 dev wg0",
                        "ip -6 route add 8000::/1 dev wg0",
                        "ip -4 route add 128.0.0.0/1 dev wg0",
                        "ip -4 route add 0.0.0.0/1 dev wg0");
    }

    @Test
    @Case("Q05")
    void sendsEverythingButItsOwnPacketsIntoTheTunnel() throws PlanException {
        assertThat(trace(ALL))
                .containsExactly(
                        "ip link add dev wg0 type wireguard",
                        "wg addconf wg0 /dev/fd/63",
                        "ip -4 address add 10.9.0.1/24 dev wg0",
                        "ip -6 address add fd09::1/64 dev wg0",
                        "ip link set mtu 1320 up dev wg0",
                        "ip -4 route add 10.5.0.0/16 dev wg0",
                        "wg set wg0 fwmark 51820",
                        "ip -6 rule add not fwmark 51820 table 51820",
                        "ip -6 rule add table main suppress_prefixlength 0",
                        "ip -6 route add ::/0 dev wg0 table 51820",
                        "nft -f /dev/fd/63",
                        "ip -4 rule add not fwmark 51820 table 51820",
                        "ip -4 rule add table main suppress_prefixlength 0",
                        "ip -4 route add 0.0.0.0/0 dev wg0 table 51820",
                        "sysctl -q net.ipv4.conf.all.src_valid_mark=1",
                        "nft -f /dev/fd/63");
        host.srcValidMark = new SrcValidMark("1", false);
        assertThat(trace(ALL)).noneMatch(line -> line.startsWith("sysctl"));
    }

    @Test
    @Case("Q06")
    void placesItsRulesWhereTheKernelWould() throws PlanException {
        assertThat(plan(ALL))
                .contains(
                        "ip -6 rule add not fwmark 0xca6c priority 32765 table 51820 protocol 87",
                        "ip -6 rule add priority 32764 table main suppress_prefixlength 0 protocol 87",
                        "ip -4 rule add not fwmark 0xca6c priority 32765 table 51820 protocol 87",
                        "ip -4 rule add priority 32764 table main suppress_prefixlength 0 protocol 87");
        host.rule("-4 from 10.0.0.0/8 priority 100 table 9");
        assertThat(plan(ALL))
                .contains(
                        "ip -6 rule add not fwmark 0xca6c priority 32765 table 51820 protocol 87",
                        "ip -4 rule add not fwmark 0xca6c priority 99 table 51820 protocol 87",
                        "ip -4 rule add priority 98 table main suppress_prefixlength 0 protocol 87");
    }

    @Test
    @Case("Q07")
    void installsTheFirewallOfADefaultRoute() throws PlanException {
        host.link("eth0", 1400, true, "198.51.100.7/24");
        assertThat(plan(ALL))
                .containsSubsequence(
                        "nft -f /dev/fd/63",
                        "  table ip6 wg-quick-wg0 {",
                        "    chain preraw {",
                        "      type filter hook prerouting priority raw; policy accept;",
                        "      iifname != \"wg0\" ip6 daddr fd09::1 fib saddr type != local drop",
                        "    }",
                        "    chain premangle {",
                        "      type filter hook prerouting priority mangle; policy accept;",
                        "      meta l4proto udp meta mark set ct mark",
                        "    }",
                        "    chain postmangle {",
                        "      type filter hook postrouting priority mangle; policy accept;",
                        "      meta l4proto udp meta mark 0xca6c ct mark set meta mark",
                        "    }",
                        "  }",
                        "nft -f /dev/fd/63",
                        "  table ip wg-quick-wg0 {",
                        "      iifname != \"wg0\" ip daddr 10.9.0.1 fib saddr type != local drop");
    }

    @Test
    @Case("Q09")
    void takesTheNextTableWhenOneHasRoutes() throws PlanException {
        host.route("-6 fd00::/8 dev eth0 table 51820");
        assertThat(trace(ALL)).contains("wg set wg0 fwmark 51821", "ip -4 rule add not fwmark 51821 table 51821");
    }

    @Test
    void takesNoMarkThatAnotherDeviceHas() throws PlanException {
        host.otherMarks.add(51820);
        assertThat(trace(ALL)).contains("wg set wg0 fwmark 51821", "ip -4 rule add not fwmark 51821 table 51821");
    }

    @Test
    @Case("Q10")
    void usesAConfiguredMarkAsTheTableToo() throws PlanException {
        assertThat(trace("FwMark = 0x1234;[Peer];AllowedIPs = 0.0.0.0/0"))
                .contains("ip -4 rule add not fwmark 4660 table 4660", "ip -4 route add 0.0.0.0/0 dev wg0 table 4660")
                .noneMatch(line -> line.startsWith("wg set"));
    }

    /// Numbers and addresses as the original prints them: those of the file as written, those of the device by
    /// `inet_ntop`.
    @Test
    void writesNumbersAsTheFileHasThem() throws PlanException {
        assertThat(trace("MTU = 0x514;Table = 0x64;Address = ::102:304/128;[Peer];AllowedIPs = ::102:305/128"))
                .endsWith(
                        "ip -6 address add ::102:304/128 dev wg0",
                        "ip link set mtu 0x514 up dev wg0",
                        "ip -6 route add ::1.2.3.5/128 dev wg0 table 0x64");
    }

    @Test
    @Case("Q12")
    void routesNothingWhenTableIsOff() throws PlanException {
        assertThat(trace("Table = off;[Peer];AllowedIPs = 0.0.0.0/0"))
                .containsExactly(
                        "ip link add dev wg0 type wireguard",
                        "wg addconf wg0 /dev/fd/63",
                        "ip link set mtu 1320 up dev wg0");
    }

    @ParameterizedTest
    @CsvSource({"1234, 1234", "main, main", "0x10, 0x10", "254, 254", "253, 253", "default, default"})
    @Case("Q13")
    void putsAllRoutesIntoANamedTable(String table, String printed) throws PlanException {
        assertThat(routes("Table = " + table + ";[Peer];AllowedIPs = 0.0.0.0/0, 10.77.0.0/16"))
                .containsExactly(
                        "ip -4 route add 10.77.0.0/16 dev wg0 table " + printed,
                        "ip -4 route add 0.0.0.0/0 dev wg0 table " + printed);
    }

    @Test
    void tellsAddressesAsTheFileHasThem() throws PlanException {
        assertThat(trace("Address = 10.9.0.1, 10.9.0.2/32, fd09:0::1/64,FD09::2"))
                .containsSubsequence(
                        "ip -4 address add 10.9.0.1 dev wg0",
                        "ip -4 address add 10.9.0.2/32 dev wg0",
                        "ip -6 address add fd09:0::1/64 dev wg0",
                        "ip -6 address add FD09::2 dev wg0");
    }

    @ParameterizedTest
    @CsvSource({"OFF", "Auto", "nobody"})
    @Case("Q14")
    void refusesATableThatNobodyKnowsAsIpDoes(String table) {
        refused(
                "Table = " + table + ";[Peer];AllowedIPs = 10.77.0.0/16",
                255,
                "Error: argument \"" + table + "\" is wrong: \"table\" value is invalid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MTU = 1280 ; MtU = 1300                                                | 1300
            [Peer] ; Endpoint = 127.0.0.1:5                                        | 65456
            [Peer] ; Endpoint = 192.0.2.36:5                                       | 1280
            [Peer] ; Endpoint = 192.0.2.35:5                                       | 1320
            [Peer] ; AllowedIPs = 10.0.0.0/8                                       | 1320
            [Peer] ; Endpoint = [fe80::1%eth0]:5                                   | 1320
            [Peer] ; Endpoint = 203.0.113.9:5                                      | 1320
            """)
    @Case({"Q16", "Q17", "Q18", "Q19", "Q22"})
    void findsTheMtu(String file, int mtu) throws PlanException {
        host.way("127.0.0.1", "lo")
                .way("192.0.2.36", new RouteLookup(Optional.of("eth0"), OptionalInt.of(1360), ""))
                // A locked MTU of a route is not told: wg-quick does not see it.
                .way("192.0.2.35", "eth0")
                .way("203.0.113.9", new RouteLookup(Optional.empty(), OptionalInt.empty(), "Network is unreachable"));
        assertThat(trace(file)).contains("ip link set mtu " + mtu + " up dev wg0");
    }

    @Test
    @Case("Q21")
    void takesTheLeastMtuOfAllPeers() throws PlanException {
        host.way("127.0.0.1", "lo");
        QuickText twoPeers = QuickText.ofFile(
                "wg0",
                "[Interface]\n[Peer]\nPublicKey = " + QuickText.K1 + "\nEndpoint = 127.0.0.1:5\n"
                        + "[Peer]\nPublicKey = " + QuickText.PRIV + "\nEndpoint = 192.0.2.1:5\n");
        assertThat(traceOf(twoPeers)).contains("ip link set mtu 1320 up dev wg0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default via 198.51.100.1 dev eth0 mtu 1360      | 1280
            default via 198.51.100.1 dev eth0 mtu lock 1350 | 1320
            default via 198.51.100.1 dev eth0 table 9       | 1420
            -6 default via fe80::1 dev eth0                 | 1420
            10.0.0.0/8 dev eth0                             | 1420
            """)
    @Case("Q19")
    void asksTheDefaultRouteOfIpv4WhenNoPeerHasAnEndpoint(String route, int mtu) throws PlanException {
        host.noRoutes().route(route);
        assertThat(trace("[Peer];AllowedIPs = 10.0.0.0/8")).contains("ip link set mtu " + mtu + " up dev wg0");
    }

    @Test
    @Case("Q20")
    void goesOnWithoutAWayToThePeerAndSaysSo() throws PlanException {
        host.noRoutes()
                .way("192.0.2.1", new RouteLookup(Optional.empty(), OptionalInt.empty(), "Network is unreachable"));
        Plan plan = QuickText.of(BASE).up(host);
        assertThat(QuickText.of(BASE).trace(plan.steps(), host)).contains("ip link set mtu 1420 up dev wg0");
        assertThat(plan.notes()).containsExactly("no route to 192.0.2.1: Network is unreachable");
    }

    @Test
    @Case("Q23")
    void registersNameServersBetweenMtuAndRoutes() throws PlanException {
        String file = "DNS = 1.1.1.1, 2606:4700::1111,example.com;DNS=corp.local;" + BASE;
        assertThat(trace(file))
                .containsSubsequence(
                        "ip link set mtu 1320 up dev wg0",
                        "resolvconf -a wg0 -m 0 -x",
                        "ip -4 route add 10.77.0.0/16 dev wg0");
        DnsSetup dns = QuickText.of(file).up(host).steps().stream()
                .filter(Step.SetDns.class::isInstance)
                .map(step -> ((Step.SetDns) step).dns())
                .findFirst()
                .orElseThrow();
        assertThat(dns.servers()).containsExactly("1.1.1.1", "2606:4700::1111");
        assertThat(dns.searchDomains()).containsExactly("example.com", "corp.local");
    }

    @Test
    void asksResolvectlWhereThereIsNoResolvconf() throws PlanException {
        host.support(new HostSupport(true, Optional.empty(), true, Optional.of(DnsSetup.Tool.RESOLVECTL), ""));
        assertThat(trace("DNS = 1.1.1.1, ::1, example.com;" + BASE))
                .contains("resolvectl dns wg0 1.1.1.1 ::1", "resolvectl domain wg0 example.com");
    }

    @Test
    @Case("Q25")
    void registersNothingForSearchDomainsAlone() throws PlanException {
        assertThat(trace("DNS = example.com;" + BASE)).noneMatch(line -> line.startsWith("resolv"));
    }

    @Test
    void putsThePrefixOfResolvconfBeforeTheName() throws PlanException {
        host.support(new HostSupport(true, Optional.empty(), true, Optional.of(DnsSetup.Tool.RESOLVCONF), "tun."));
        assertThat(trace("DNS = 1.1.1.1;" + BASE)).contains("resolvconf -a tun.wg0 -m 0 -x");
    }

    @Test
    @Case("Q27")
    void refusesNameServersWhenNobodyKeepsThem() {
        host.support(new HostSupport(true, Optional.empty(), true, Optional.empty(), ""));
        refused("DNS = 1.1.1.1;" + BASE, 127, "DNS needs resolvconf or resolvectl, and neither is there");
    }

    @Test
    void runsHooksInTheirPlacesWithTheInterfacesName() throws PlanException {
        assertThat(trace("PostUp = echo %i %i $INTERFACE # c;PreUp = one;PreUp = two %i;PostUp =;PreDown = no;" + BASE))
                .containsExactly(
                        "ip link add dev wg0 type wireguard",
                        "one",
                        "two wg0",
                        "wg addconf wg0 /dev/fd/63",
                        "ip -4 address add 10.9.0.1/24 dev wg0",
                        "ip link set mtu 1320 up dev wg0",
                        "ip -4 route add 10.77.0.0/16 dev wg0",
                        "echo wg0 wg0 $INTERFACE # c",
                        "");
    }

    @Test
    @Case("Q40")
    void takesEmptyValuesForUnset() throws PlanException {
        assertThat(trace("MTU =;Table =;Address =;DNS =;" + BASE)).isEqualTo(trace(BASE));
    }

    @Test
    @Case("Q41")
    void routesNothingForAPeerWithoutAllowedIps() throws PlanException {
        assertThat(routes("Address = 10.9.0.1/24;[Peer];Endpoint = 192.0.2.1:5"))
                .isEmpty();
    }

    @Test
    @Case("O12")
    void refusesALinkThatIsThere() {
        host.link("wg0", 1420, false);
        refused(BASE, 1, "`wg0' already exists");
    }

    @Test
    void fallsBackToAUserspaceImplementationOrGivesUp() throws PlanException {
        host.support(new HostSupport(false, Optional.of("wireguard-go"), true, Optional.empty(), ""));
        assertThat(trace(BASE))
                .startsWith(
                        "ip link add dev wg0 type wireguard",
                        "Error: Unknown device type.",
                        "[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.",
                        "wireguard-go wg0",
                        "wg addconf wg0 /dev/fd/63");
        host.support(new HostSupport(false, Optional.empty(), true, Optional.empty(), ""));
        refused(BASE, 1, "this kernel has no WireGuard, and there is no userspace implementation to fall back to");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Peer];AllowedIPs = 0.0.0.0/0                                  | a default route in AllowedIPs needs nf_tables, which this kernel lacks; run `modprobe nf_tables' (for a container: on its host), or write `Table = off' and add routes by Route or a hook
            [Peer];AllowedIPs = ::/0                                       | a default route in AllowedIPs needs
            Underlay = dev eth0;[Peer];AllowedIPs = 10.0.0.0/8             | wg0.conf:3:12: [Interface] Underlay: the mark of encrypted packets needs
            Underlay = src 198.51.100.7;[Peer];AllowedIPs = 10.0.0.0/8     | the mark of encrypted packets needs
            PreUp = true;[Peer];AllowedIPs = ::/0                          | a default route in AllowedIPs needs
            ListenPort = 5;AllowedSources = 10.0.0.0/8;[Peer]              | AllowedSources needs
            """)
    void refusesBeforeAnyStepWhatNeedsNftablesWhereThereIsNone(String file, String message) {
        host.support(new HostSupport(true, Optional.empty(), false, Optional.empty(), ""));
        assertThatThrownBy(() -> QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty()))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Peer];AllowedIPs = 0.0.0.0/1, 128.0.0.0/1, ::/1, 8000::/1",
                "Table = off;[Peer];AllowedIPs = 0.0.0.0/0, ::/0",
                "Table = 7;[Peer];AllowedIPs = 0.0.0.0/0, ::/0",
                // A hook may load it.
                "PreUp = insmod nf_tables.ko;[Peer];AllowedIPs = 0.0.0.0/0"
            })
    void needsNoNftablesForOtherFiles(String file) throws PlanException {
        host.support(new HostSupport(true, Optional.empty(), false, Optional.empty(), ""));
        assertThat(QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty())
                        .steps())
                .isNotEmpty();
    }

    /// What the kernel makes of an address is its own affair; a plan presumes it and says so.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Address = 10.7.0.1/0   | 10.9.0.0/16   | ip -4 route add 10.9.0.0/16 dev wg0
            Address = 0.7.0.1/8    | 0.9.0.0/16    | ip -4 route add 0.9.0.0/16 dev wg0
            Address = fd07::1/0    | fd09::/64     |
            Address = 10.7.0.1/8   | 10.9.0.0/16   |
            """)
    void presumesTheRoutesThatTheKernelMakesOfAddresses(String address, String prefix, String route) throws Exception {
        QuickText file = QuickText.of(address + ";[Peer];AllowedIPs = " + prefix);
        Plan plan = file.up(host);
        List<String> added = file.trace(plan.steps(), host).stream()
                .filter(line -> line.contains(" route add "))
                .toList();
        if (route != null) {
            assertThat(added).containsExactly(route);
            assertThat(plan.notes()).isEmpty();
        } else {
            assertThat(added).isEmpty();
            assertThat(plan.notes())
                    .containsExactly(prefix + " gets no route of its own: the kernel is presumed to route it for an"
                            + " Address line; `up' asks the kernel and adds what is missing");
        }
    }

    /// The routes of a link that is up are read, whatever its file lets one expect.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.7.0.0/24 dev wg0 proto kernel scope link src 10.7.0.1          | ip -6 route add fd07::/64 dev wg0
            fd07::/64 dev wg0 proto kernel metric 256                         | ip -4 route add 10.7.0.0/24 dev wg0
            10.7.0.0/24 dev eth0                                              | ip -6 route add fd07::/64 dev wg0 ; ip -4 route add 10.7.0.0/24 dev wg0
            10.7.0.0/24 dev wg0 table 7                                       | ip -6 route add fd07::/64 dev wg0 ; ip -4 route add 10.7.0.0/24 dev wg0
            10.7.0.0/25 dev wg0                                               | ip -6 route add fd07::/64 dev wg0 ; ip -4 route add 10.7.0.0/24 dev wg0
            default dev wg0                                                   | ip -6 route add fd07::/64 dev wg0
            """)
    void routesWhatTheLinkDoesNotRouteOnceItIsUp(String shown, String added) throws PlanException {
        QuickText file = QuickText.of("Address = 10.7.0.1/24, fd07::1/64;[Peer];AllowedIPs = 10.7.0.0/24, fd07::/64");
        QuickPlanner.create(file.tunnel(), host.snapshot(), Optional.of(file.adding()))
                .steps()
                .forEach(step -> host.take(step, file.adding()));
        SecondStage stage = new SecondStage(file.tunnel(), host.snapshot());
        stage.link().forEach(step -> host.take(step, file.adding()));
        Plan rest = stage.rest(new UpLink(List.of(), new Host().noRoutes().route(shown).routes));
        assertThat(file.trace(rest.steps(), host)).isEqualTo(QuickText.lines(added));
        assertThat(rest.notes()).isEmpty();
    }

    /// The firewall drops foreign packets to the addresses that the link has, not to those of the file.
    @Test
    void protectsTheAddressesThatTheLinkHas() throws PlanException {
        QuickText file = QuickText.of("Address = 10.7.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0");
        QuickPlanner.create(file.tunnel(), host.snapshot(), Optional.of(file.adding()))
                .steps()
                .forEach(step -> host.take(step, file.adding()));
        SecondStage stage = new SecondStage(file.tunnel(), host.snapshot());
        stage.link().forEach(step -> host.take(step, file.adding()));
        Plan rest = stage.rest(new UpLink(List.of(Host.prefix("10.7.0.9/24"), Host.prefix("fe80::5/64")), List.of()));
        assertThat(new PlanRenderer(file.tunnel(), host.snapshot().tables()).plan(rest))
                .anyMatch(line -> line.contains("ip daddr 10.7.0.9 "))
                .noneMatch(line -> line.contains("10.7.0.1 "));
    }

    @ParameterizedTest
    @CsvSource({"off, false", "7, false", "auto, true"})
    void asksForTheLinksRoutesWherePrefixesGoToTheMainTable(String table, boolean asks) throws PlanException {
        QuickText file = QuickText.of("Table = " + table + ";[Peer];AllowedIPs = 10.1.0.0/16");
        QuickPlanner.create(file.tunnel(), host.snapshot(), Optional.of(file.adding()))
                .steps()
                .forEach(step -> host.take(step, file.adding()));
        assertThat(new SecondStage(file.tunnel(), host.snapshot()).dependsOnRoutes())
                .isEqualTo(asks);
    }

    /// IPv6 does not live on a link of less than 1280 bytes.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1359 | Address = fd07::1/64;[Peer];Endpoint = 192.0.2.1:5                          | MTU 1279 (80 less than that of the way to 192.0.2.1 by eth0) is too small: Address fd07::1/64 (wg0.conf:3:11) is IPv6, which needs 1280; write `MTU = 1280' (or more), or take the IPv6 out
            1359 | Address = 10.7.0.1/24;[Peer];AllowedIPs = ::/0;Endpoint = 192.0.2.1:5       | MTU 1279 (80 less than that of the way to 192.0.2.1 by eth0) is too small: AllowedIPs ::/0 (of the peer at wg0.conf:4:1) is IPv6
            1340 | Address = 10.7.0.1/24;[Peer];AllowedIPs = fd08::/64                         | MTU 1260 (80 less than that of the default route by eth0) is too small: AllowedIPs fd08::/64
            1340 | Address = 10.7.0.1/24;Route = -6 fd01::/64 dev %i table 7;[Peer]            | MTU 1260 (80 less than that of the default route by eth0) is too small: Route fd01::/64 (wg0.conf:4:9) is IPv6
            1500 | MTU = 1279;Route = fd01::/64 dev wg0;[Peer]                                 | MTU 1279 is too small: Route fd01::/64 (wg0.conf:4:9) is IPv6
            """)
    void refusesBeforeAnyStepAnMtuThatIsTooSmallForIpv6(int path, String file, String message) {
        host.link("eth0", path, true, "198.51.100.7/24");
        assertThatThrownBy(() -> QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty()))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1360 | Address = fd07::1/64;[Peer];Endpoint = 192.0.2.1:5
            1359 | Address = 10.7.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0;Endpoint = 192.0.2.1:5
            1359 | Table = off;Address = 10.7.0.1/24;[Peer];AllowedIPs = ::/0;Endpoint = 192.0.2.1:5
            1359 | MTU = 1280;Address = fd07::1/64;[Peer];Endpoint = 192.0.2.1:5
            1359 | Route = fd01::/64 dev eth0;[Peer];Endpoint = 192.0.2.1:5
            """)
    void takesAnMtuThatIsLargeEnough(int path, String file) throws PlanException {
        host.link("eth0", path, true, "198.51.100.7/24");
        assertThat(traceOf(QuickText.of(file))).contains("wg addconf wg0 /dev/fd/63");
    }

    /// The way to a name is only known once it has been looked up.
    @Test
    void doesNotJudgeTheMtuOfANameByTheDefaultRoute() throws PlanException {
        host.link("eth0", 1340, true, "198.51.100.7/24");
        String file = "Address = fd07::1/64;[Peer];Endpoint = vpn.example.com:5";
        assertThat(QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty())
                        .steps())
                .isNotEmpty();
    }

    @Test
    void plansTheSecondStageFromWhatPreUpLeftBehind() throws PlanException {
        QuickText file = QuickText.of(ALL);
        Plan first = QuickPlanner.create(file.tunnel(), host.snapshot(), Optional.of(file.adding()));
        first.steps().forEach(step -> host.take(step, file.adding()));
        host.take(new Step.SetFwmark(file.tunnel().link(), 7, 0), file.adding());
        Plan second = QuickPlanner.configure(file.tunnel(), host.snapshot());
        assertThat(file.trace(second.steps(), host))
                .contains("ip -4 rule add not fwmark 7 table 7")
                .noneMatch(line -> line.startsWith("wg set"));
    }

    @Test
    void foreseesTheSecondStageWhenPreUpChangesNothing() throws PlanException {
        QuickText file = QuickText.of(ALL);
        List<Step> foreseen = file.up(host).steps();
        Plan first = QuickPlanner.create(file.tunnel(), host.snapshot(), Optional.of(file.adding()));
        first.steps().forEach(step -> host.take(step, file.adding()));
        Plan second = QuickPlanner.configure(file.tunnel(), host.snapshot());
        assertThat(foreseen)
                .endsWith(second.steps().toArray(new Step[0]))
                .hasSize(first.steps().size() + second.steps().size());
    }

    @Test
    void hidesSecretsInAPlan() throws PlanException {
        assertThat(plan("PreUp = true;" + BASE))
                .startsWith(
                        "ip link add dev wg0 type wireguard",
                        "true",
                        "wg set wg0 private-key (hidden)",
                        "wg set wg0 peer " + QuickText.K1 + " endpoint 192.0.2.1:5 allowed-ips 10.77.0.0/16")
                .noneMatch(line -> line.contains(QuickText.PRIV));
    }

    private List<String> trace(String file) throws PlanException {
        return traceOf(QuickText.of(file));
    }

    private List<String> traceOf(QuickText file) throws PlanException {
        return file.trace(file.up(host).steps(), host);
    }

    private List<String> routes(String file) throws PlanException {
        return trace(file).stream().filter(line -> line.contains(" route add ")).toList();
    }

    private List<String> plan(String file) throws PlanException {
        QuickText text = QuickText.of(file);
        return new PlanRenderer(text.tunnel(), host.snapshot().tables()).plan(text.up(host));
    }

    private void refused(String file, int exitCode, String message) {
        assertThatThrownBy(() -> QuickText.of(file).up(host))
                .isInstanceOfSatisfying(
                        PlanException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessage(message);
    }
}
