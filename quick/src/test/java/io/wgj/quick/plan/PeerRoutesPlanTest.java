// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.UpLink;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The routes that peers' allowed IPs get.
class PeerRoutesPlanTest extends UpPlanCase {
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
    @Case("Q41")
    void routesNothingForAPeerWithoutAllowedIps() throws PlanException {
        assertThat(routes("Address = 10.9.0.1/24;[Peer];Endpoint = 192.0.2.1:5"))
                .isEmpty();
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

    @ParameterizedTest
    @CsvSource({"OFF", "Auto", "unknown"})
    @Case("Q14")
    void refusesAnUnknownTableAsIpDoes(String table) {
        refused(
                "Table = " + table + ";[Peer];AllowedIPs = 10.77.0.0/16",
                255,
                "Error: argument \"" + table + "\" is wrong: \"table\" value is invalid");
    }

    /// The kernel adds routes for addresses. A plan assumes them and says so.
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

    /// The routes of a link that is up are read from the kernel, and not inferred from the file.
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
}
