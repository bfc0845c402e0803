// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LargeTablesTest {
    private static final int ROUTES = 100_000;
    private static final int QUESTIONS = 2_000;

    private static PolicyRule rule(int priority, int table) {
        return new PolicyRule.Builder(IpFamily.V4)
                .priority(priority)
                .table(table)
                .build();
    }

    /// A full routing table is searched by prefix, not from end to end: a search of all routes for each question
    /// would compare 200 million prefixes.
    @Test
    void aHundredThousandRoutesAndTwoThousandQuestions() {
        List<FibRoute> routes = new ArrayList<>();
        for (int i = 0; i < ROUTES; i++) {
            routes.add(new FibRoute(
                    TableNames.MAIN,
                    RouteType.UNICAST,
                    new IpPrefix(IpAddress.ofV4(0x0b00_0000 + (i << 8)), 24),
                    0,
                    Route.SCOPE_LINK,
                    new FibNextHop(Optional.empty(), "eth" + i % 7)));
        }
        List<NetworkDevice> devices = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            devices.add(new NetworkDevice(
                    i + 2,
                    "eth" + i,
                    1500,
                    List.of(new DeviceAddress(new IpPrefix(IpAddress.ofV4(0x0a00_0001 + i), 32)))));
        }
        List<PolicyRule> rules = List.of(
                rule(0, TableNames.LOCAL),
                rule(100, 77),
                rule(32766, TableNames.MAIN),
                rule(32767, TableNames.DEFAULT));
        HostSnapshot host = new HostSnapshot(devices, rules, routes);
        long start = System.nanoTime();
        RouteLookup lookup = new RouteLookup(host);
        for (int i = 0; i < QUESTIONS; i++) {
            int network = i * 37;
            LookupResult result = lookup.find(FlowQuestion.to(IpAddress.ofV4(0x0b00_0005 + (network << 8))));
            assertThat(result.device()).contains("eth" + network % 7);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void jumpsThatNeverEndAreNotFollowed() {
        PolicyRule back = new PolicyRule.Builder(IpFamily.V4)
                .priority(200)
                .gotoPriority(100)
                .build();
        PolicyRule self = new PolicyRule.Builder(IpFamily.V4)
                .priority(100)
                .gotoPriority(100)
                .build();
        HostSnapshot host = new HostSnapshot(List.of(), List.of(self, back, rule(300, 77)), List.of());
        LookupResult result = new RouteLookup(host).find(FlowQuestion.to(IpAddress.ofV4(0x0808_0808)));
        assertThat(result.refusal()).isPresent();
        assertThat(result.steps()).hasSize(3);
    }

    @Test
    void aRuleWithASelectorThatIsNotComparedIsTold() {
        PolicyRule inverted = new PolicyRule.Builder(IpFamily.V4)
                .priority(10)
                .inverted(true)
                .l3mdev()
                .build();
        HostSnapshot host = new HostSnapshot(List.of(), List.of(inverted), List.of());
        LookupResult result = new RouteLookup(host).find(FlowQuestion.to(IpAddress.ofV4(0x0808_0808)));
        assertThat(result.unsure()).anyMatch(reason -> reason.startsWith("rule 10 has a selector that is not judged"));
    }

    @Test
    void aDeviceThatIsMissingIsToldBeforeAForeignSource() {
        HostSnapshot host = new HostSnapshot(List.of(), HostSnapshot.USUAL_RULES, List.of());
        FlowQuestion question = FlowQuestion.to(IpAddress.ofV4(0x0808_0808)).from(IpAddress.ofV4(0x0a01_0209));
        RouteLookup lookup = new RouteLookup(host);
        assertThat(lookup.find(question).refusal().orElseThrow().error()).isEqualTo(RouteError.ENETUNREACH);
        assertThat(lookup.find(question.boundTo("vrf0")).refusal().orElseThrow().error())
                .isEqualTo(RouteError.ENODEV);
    }

    @Test
    void numbersOfKernels() {
        assertThat(KernelVersion.parse("6.1.0-44-amd64").isAtLeast(6, 14)).isFalse();
        assertThat(KernelVersion.parse("6.18.44-fc").isAtLeast(6, 14)).isTrue();
        assertThat(KernelVersion.parse("")).isEqualTo(new KernelVersion(0, 0));
    }
}
