// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepTest {
    private static final InterfaceName WG0 = new InterfaceName("wg0");
    private static final Route ROUTE = Route.onLink(IpPrefix.all(IpFamily.V4), "wg0", 5, Route.PROTOCOL_WGJ);
    private static final FirewallTable CHAINS = new FirewallTable.MarkChains(IpFamily.V4, WG0, 5, List.of());
    private static final DnsSetup DNS =
            new DnsSetup(WG0, DnsSetup.Tool.RESOLVCONF, "wg0", List.of("1.1.1.1"), List.of());

    static Stream<Step> reversible() {
        return Stream.of(
                new Step.ReloadDevice(WG0, Optional.empty()),
                new Step.SetFwmark(WG0, 5, 0),
                new Step.AddAddress(WG0, Samples.prefix("10.0.0.1/24")),
                new Step.ReplaceAddress(WG0, Samples.prefix("fd07::1/48"), Samples.prefix("fd07::1/64")),
                new Step.SetMtu(WG0, 1400, 1300),
                new Step.AddRule(DefaultRouteRules.unmarked(IpFamily.V6, 5)),
                new Step.AddRoute(ROUTE),
                new Step.ReplaceRoute(ROUTE, ROUTE.withProtocol(3)),
                new Step.SetSysctl("a.b", "1", "0"),
                new Step.InstallFirewall(List.of(CHAINS)),
                new Step.ReplaceFirewall(List.of(CHAINS), List.of()),
                new Step.SetDns(DNS),
                new Step.ReplaceDns(
                        DNS, new DnsSetup(WG0, DnsSetup.Tool.RESOLVCONF, "wg0", List.of("::1"), List.of())));
    }

    @ParameterizedTest
    @MethodSource("reversible")
    void isTheInverseOfItsInverse(Step step) {
        Step back = step.inverse().orElseThrow();
        assertThat(back).isNotEqualTo(step);
        assertThat(back.inverse()).contains(step);
    }

    @ParameterizedTest
    @MethodSource("reversible")
    void isGoneFromTheEffectiveStepsWhenItWasUndone(Step step) {
        Step.Lasting kept = new Step.AddAddress(WG0, Samples.prefix("10.9.9.9/32"));
        boolean replaces = step instanceof Step.SetMtu
                || step instanceof Step.ReplaceRoute
                || step instanceof Step.ReplaceAddress
                || step instanceof Step.ReplaceFirewall
                || step instanceof Step.ReplaceDns;
        if (!replaces) {
            assertThat(NetSteps.of(List.of(kept, step, step.inverse().orElseThrow())))
                    .containsExactly(kept);
        }
    }

    @Test
    void isUndoneByDeletingTheLinkWhereItMadeOne() {
        assertThat(new Step.CreateLink(WG0).inverse()).contains(new Step.DeleteLink(WG0));
        assertThat(new Step.StartEngine(WG0, "wireguard-go").inverse()).contains(new Step.DeleteLink(WG0));
    }

    @Test
    void hasNoWayBackFromWhatNobodyCanUndo() {
        assertThat(new Step.RunHook(HookPhase.PRE_UP, 0, "rm -r /tmp/x").inverse())
                .isEmpty();
        assertThat(new Step.DeleteLink(WG0).inverse()).isEmpty();
        assertThat(new Step.RemoveFirewall(List.of(new FirewallTable.Found(CHAINS.table()))).inverse())
                .isEmpty();
    }

    /// A route of ours replaced the kernel's, whose address was about to be removed, and was replaced again.
    @Test
    void hasNothingOfTheKernelsInTheEffectiveSteps() {
        Step replace = new Step.ReplaceRoute(ROUTE, ROUTE.withProtocol(Route.PROTOCOL_KERNEL));
        assertThat(NetSteps.of(List.of(replace))).containsExactly(new Step.AddRoute(ROUTE));
        assertThat(NetSteps.of(List.of(replace, replace.inverse().orElseThrow())))
                .isEmpty();
    }

    @Test
    void leavesWhatIsEffectiveAfterReplacements() {
        Route other = ROUTE.withProtocol(3);
        assertThat(NetSteps.of(List.of(
                        new Step.SetMtuAndUp(WG0, 1400),
                        new Step.AddRoute(ROUTE),
                        new Step.SetDns(DNS),
                        new Step.ReplaceRoute(other, ROUTE),
                        new Step.SetMtu(WG0, 1300, 1400))))
                .containsExactly(new Step.SetMtuAndUp(WG0, 1300), new Step.AddRoute(other), new Step.SetDns(DNS));
    }

    /// Tests that try every step try every kind of step.
    @Test
    void isInTheSamplesOfEveryKind() {
        Set<Class<?>> kinds = new HashSet<>();
        addKinds(Step.class, kinds);
        Set<Class<?>> samples = new HashSet<>();
        Samples.everyStep().forEach(step -> samples.add(step.getClass()));
        assertThat(samples).isEqualTo(kinds);
    }

    private static void addKinds(Class<?> type, Set<Class<?>> kinds) {
        if (type.isRecord()) {
            kinds.add(type);
        } else {
            for (Class<?> kind : type.getPermittedSubclasses()) {
                addKinds(kind, kinds);
            }
        }
    }
}
