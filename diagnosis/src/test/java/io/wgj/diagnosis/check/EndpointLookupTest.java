// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The loop check goes by rules, tables and metrics, not by the length of prefixes alone.
class EndpointLookupTest {
    private final List<FibRoute> routes = new ArrayList<>();
    private final List<PolicyRule> rules = new ArrayList<>();

    private void route(String network, int length, int table, int metric) {
        routes.add(new FibRoute(
                table,
                RouteType.UNICAST,
                new IpPrefix(IpAddress.parse(network).orElseThrow(), length),
                metric,
                Route.SCOPE_LINK,
                new FibNextHop(Optional.empty(), "eth0")));
    }

    private List<CheckCode> findings(String line) {
        rules.addAll(HostSnapshot.USUAL_RULES);
        HostSnapshot host =
                new HostSnapshot(List.of(new NetworkDevice(2, "eth0", 1500, List.of())), List.copyOf(rules), routes);
        HostFacts facts = new HostFacts() {
            @Override
            public Optional<HostSnapshot> routing() {
                return Optional.of(host);
            }
        };
        List<CheckCode> codes = new ArrayList<>();
        String file = """
            [Interface]
            PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
            Address = 10.7.0.1/32
            %s
            [Peer]
            PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
            AllowedIPs = 203.0.113.0/24
            Endpoint = 203.0.113.9:51820
            PersistentKeepalive = 25
            """.formatted(line);
        FileChecks.ofHost(List.of(CheckedFile.of("wg0.conf", file)), facts)
                .forEach(finding -> codes.add(finding.code()));
        return codes;
    }

    @Test
    void aRouteOfTheHostWithTheSamePrefixWins() {
        route("203.0.113.0", 24, TableNames.MAIN, 0);
        assertThat(findings("")).doesNotContain(CheckCode.ENDPOINT_IN_TUNNEL);
    }

    @Test
    void notWithAHigherMetric() {
        route("203.0.113.0", 24, TableNames.MAIN, 100);
        assertThat(findings("")).contains(CheckCode.ENDPOINT_IN_TUNNEL);
    }

    @Test
    void aTableThatARuleLeadsToFirstDecides() {
        route("0.0.0.0", 0, 77, 0);
        rules.add(new PolicyRule.Builder(IpFamily.V4).priority(5).table(77).build());
        assertThat(findings("")).doesNotContain(CheckCode.ENDPOINT_IN_TUNNEL);
    }

    @Test
    void aLongerPrefixInATableThatNoRuleNamesIsNoWay() {
        route("203.0.113.9", 32, 77, 0);
        assertThat(findings("")).contains(CheckCode.ENDPOINT_IN_TUNNEL);
    }

    @Test
    void aRouteLineLeadsAround() {
        assertThat(findings("Route = 203.0.113.9/32 dev eth0")).doesNotContain(CheckCode.ENDPOINT_IN_TUNNEL);
        assertThat(findings("Route = 203.0.0.0/16 dev eth0")).contains(CheckCode.ENDPOINT_IN_TUNNEL);
    }
}
