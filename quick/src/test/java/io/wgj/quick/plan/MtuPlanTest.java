// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.RouteLookup;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The MTU that a tunnel gets, and files that are refused for a small one.
class MtuPlanTest extends UpPlanCase {
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
                // A locked MTU of a route does not count: wg-quick does not see it.
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

    /// A link with an MTU below 1280 has no IPv6.
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

    /// The route to a name is known only once the name is looked up.
    @Test
    void doesNotJudgeTheMtuOfANameByTheDefaultRoute() throws PlanException {
        host.link("eth0", 1340, true, "198.51.100.7/24");
        String file = "Address = fd07::1/64;[Peer];Endpoint = vpn.example.com:5";
        assertThat(QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty())
                        .steps())
                .isNotEmpty();
    }
}
