// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.SnapshotText;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannedHostTest {
    private static final InterfaceName WG0 = InterfaceName.parse("wg0").orElseThrow();

    private final List<String> healthy;

    PlannedHostTest() throws IOException {
        healthy = Files.readAllLines(Recording.FOLDER.resolve("healthy.txt"));
    }

    /// The recorded host before its tunnel was up.
    private HostSnapshot bare() {
        List<String> lines = new ArrayList<>(healthy);
        lines.removeIf(line -> line.contains("wg0"));
        return SnapshotText.read(lines);
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(IpAddress.parse(address).orElseThrow(), length);
    }

    @Test
    void aFileIsExplainedAsTheTunnelThatItMakes() {
        List<Step> steps = List.of(
                new Step.CreateLink(WG0),
                new Step.AddAddress(WG0, prefix("10.9.0.1", 24)),
                new Step.SetMtuAndUp(WG0, 1420),
                new Step.AddRoute(Route.onLink(prefix("10.1.0.0", 16), "wg0", TableNames.MAIN, Route.PROTOCOL_BOOT)));
        HostSnapshot planned = PlannedHost.after(bare(), "wg0", steps);
        Explainer explainer = new Explainer(new RouteLookup(planned), new Tunnels(TunnelText.read(healthy), Set.of()));
        Explanation explanation = explainer.packet(
                "wg0", FlowQuestion.to(IpAddress.parse("10.1.2.3").orElseThrow()));
        assertThat(ExplanationText.of(explanation, List.of()))
                .isEqualTo(Recording.texts(healthy).getFirst());
    }

    @Test
    void rulesWithoutAPriorityComeBeforeThoseThatAreThere() {
        Route defaultRoute = Route.onLink(IpPrefix.all(IpFamily.V4), "wg0", 51820, Route.PROTOCOL_BOOT);
        PolicyRule unmarked = new PolicyRule.Builder(IpFamily.V4)
                .inverted(true)
                .mark(51820)
                .table(51820)
                .build();
        PolicyRule main =
                new PolicyRule.Builder(IpFamily.V4).suppressPrefixLength(0).build();
        HostSnapshot planned = PlannedHost.after(
                bare(),
                "wg0",
                List.of(
                        new Step.AddAddress(WG0, prefix("10.9.0.1", 24)),
                        new Step.SetMtuAndUp(WG0, 1420),
                        new Step.AddRoute(defaultRoute),
                        new Step.AddRule(unmarked),
                        new Step.AddRule(main)));
        assertThat(planned.rules().stream()
                        .filter(rule -> rule.family() == IpFamily.V4)
                        .map(rule -> rule.priority().orElse(-1)))
                .containsExactly(0, 32764, 32765, 32766, 32767);
        FlowQuestion question = FlowQuestion.to(IpAddress.parse("1.1.1.1").orElseThrow());
        LookupResult plain = new RouteLookup(planned).find(question);
        assertThat(plain.device()).contains("wg0");
        assertThat(plain.source()).contains(IpAddress.parse("10.9.0.1").orElseThrow());
        assertThat(new RouteLookup(planned).find(question.withMark(51820)).device())
                .contains("eth0");
    }

    @Test
    void whatIsThereOfTheInterfaceCountsAsGone() {
        HostSnapshot up = SnapshotText.read(healthy);
        HostSnapshot planned = PlannedHost.after(up, "wg0", List.of(new Step.SetMtuAndUp(WG0, 1280)));
        assertThat(planned.device("wg0").orElseThrow().mtu()).isEqualTo(1280);
        assertThat(planned.routes()).noneMatch(route -> route.leavesThrough("wg0"));
    }
}
