// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpFamily;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.WithdrawnRoute;
import io.wgj.quick.model.WithdrawnRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `reload` as commands: what changed in the file, and no more.
class ReloadPlanTest {
    private static final DeviceUpdate NOTHING = DeviceUpdate.ofPeers(List.of());
    private static final DeviceUpdate SOMETHING =
            new DeviceUpdate(Change.keep(), Change.set(5), Change.keep(), false, List.of());

    private final Host host =
            new Host().link("ppp0", 1492, false, "192.0.2.77/32").route("default dev ppp0 metric 50");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16, fd00::/8
            Address = 10.9.0.1/24;Address = fd09::1/64;DNS = 1.1.1.1;[Peer];AllowedIPs = 0.0.0.0/0, ::/0
            Underlay = dev ppp0;FwMark = 7;Route = 10.0.0.0/8 dev %i;Rule = fwmark 1 table 9;[Peer];AllowedIPs = 10.1.0.0/16
            Underlay = src 192.0.2.77;ListenPort = 5;AllowedSources = 192.0.2.0/24;[Peer];AllowedIPs = 10.1.0.0/16
            """)
    void doesNothingWhenNothingChanged(String text) throws PlanException {
        QuickText file = QuickText.of(text);
        List<Step> done = up(file);
        assertThat(reload(file, done, NOTHING)).isEmpty();
    }

    /// Hooks have added something to the host since.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16 | 10.0.0.0/8 dev wg0 metric 300
            Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16 | 10.0.0.0/8 dev wg0 proto kernel scope link src 10.99.0.1
            [Peer];AllowedIPs = fd77::/16 | fd00::/8 dev wg0
            [Peer];AllowedIPs = 0.0.0.0/0 | blackhole default metric 999 table 51820
            Underlay = dev ppp0;[Peer];AllowedIPs = ::/0 | blackhole default metric 999 table 51920
            Route = 10.77.0.0/16 dev wg0 metric 5;[Peer];AllowedIPs = 10.77.0.0/16 | 10.64.0.0/10 dev wg0
            """)
    void doesNothingForRoutesOfHooks(String text, String route) throws PlanException {
        QuickText file = QuickText.of(text);
        List<Step> done = up(file);
        host.route(route);
        assertThat(reload(file, done, NOTHING)).isEmpty();
    }

    @Test
    void doesNothingForAddressesRulesAndTheMtuOfHooks() throws PlanException {
        QuickText file = QuickText.of("MTU = 1400;Address = 10.9.0.1/24;Address = fd09::1/64;Rule = fwmark 1 table 9;"
                + "[Peer];AllowedIPs = 0.0.0.0/0, ::/0");
        List<Step> done = up(file);
        host.link("wg0", 1300, false, "10.9.0.1/32", "fd09::1/128", "10.99.0.1/8", "fd66::1/64");
        host.rule("-4 to 203.0.113.1 table main priority 32700");
        assertThat(reload(file, done, NOTHING)).isEmpty();
    }

    /// A hook added a route before ours were planned, so `up` relied on it.
    @Test
    void takesOnlyRoutesThatUpSawForRouted() throws PlanException {
        QuickText file = QuickText.of("[Peer];AllowedIPs = 10.77.0.0/16");
        List<Step> done = up(file);
        host.route("10.0.0.0/8 dev wg0 metric 300");
        QuickText more = QuickText.of("[Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16");
        assertThat(reload(more, done, NOTHING)).containsExactly("ip -4 route add 10.78.0.0/16 dev wg0");
        EarlierRuns seen = new EarlierRuns(done, true, List.of(host.routes.getLast()), false, HookChanges.none());
        assertThat(reload(more, seen, NOTHING)).isEmpty();
    }

    @Test
    void leavesWhatHooksHaveUndone() throws PlanException {
        QuickText file = QuickText.of("Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16");
        List<Step> done = up(file);
        host.routes.removeIf(route -> route.toString().contains("10.77"));
        HookChanges hooks = new HookChanges(
                SurvivingSteps.undone(file.tunnel(), done, host.snapshot().routingState(file.tunnel())), Set.of());
        assertThat(reload(file, new EarlierRuns(done, true, List.of(), false, hooks), NOTHING))
                .isEmpty();
        assertThat(hooks.stepsInUse()).hasSize(1);
        assertThat(reload(file, done, NOTHING)).containsExactly("ip -4 route add 10.77.0.0/16 dev wg0");
    }

    /// Neither the removed route nor the one with a stand-in returns. What the file has changed does.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16 | [Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16 | ''
            [Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16 | [Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16, 10.79.0.0/16 | ip -4 route add 10.79.0.0/16 dev wg0
            [Peer];AllowedIPs = 10.77.0.0/16, 10.78.0.0/16 | [Peer];AllowedIPs = 10.77.0.0/16 | ip -4 route delete unreachable 10.78.0.0/16
            Table = off;Route = 10.77.0.0/16 dev wg0 metric 5;Route = 10.78.0.0/16 dev wg0 metric 5;[Peer];AllowedIPs = 10.77.0.0/16 | Table = off;Route = 10.77.0.0/16 dev wg0 metric 6;Route = 10.78.0.0/16 dev wg0 metric 5;[Peer];AllowedIPs = 10.77.0.0/16 | ip -4 route add 10.77.0.0/16 dev wg0 metric 6
            """)
    void leavesWhatTheMonitorHasWithdrawn(String before, String after, String lines) throws PlanException {
        List<Step> done = new ArrayList<>(up(QuickText.of(before)));
        List<WithdrawnRoute> withdrawn = new ArrayList<>();
        for (Step.AddRoute add : Step.select(List.copyOf(done), Step.AddRoute.class)) {
            withdrawn.add(new WithdrawnRoute(7, add.route()));
            host.routes.remove(add.route());
            done.add(new Step.DeleteRoute(add.route()));
        }
        assertThat(withdrawn).hasSize(2);
        Step.AddRoute standIn = new Step.AddRoute(WithdrawalPlanner.standIn(
                withdrawn.get(0).route().destination().text().contains("10.78")
                        ? withdrawn.get(0).route()
                        : withdrawn.get(1).route()));
        host.routes.add(standIn.route());
        done.add(standIn);
        WithdrawnRoutes routes = new WithdrawnRoutes(withdrawn);
        EarlierRuns earlier = new EarlierRuns(done, true, List.of(), false, HookChanges.none(), routes);
        assertThat(reload(QuickText.of(after), earlier, NOTHING))
                .isEqualTo(lines.isEmpty() ? List.of() : QuickText.lines(lines));
        assertThat(routes.wanted()).hasSize(before.equals(after) || after.contains("10.79") ? 2 : 1);
    }

    @Test
    void givesARouteTheNameOfTheKernelsThatGoes() throws PlanException {
        List<Step> done = up(QuickText.of("Address = 10.9.0.1/16;[Peer];AllowedIPs = 10.9.0.0/16"));
        host.route("10.9.0.0/16 dev wg0 proto kernel scope link src 10.9.0.1");
        QuickText file = QuickText.of("Address = 10.7.0.1/24;[Peer];AllowedIPs = 10.9.0.0/16");
        assertThat(reload(file, done, NOTHING))
                .containsExactly(
                        "ip -4 address add 10.7.0.1/24 dev wg0",
                        "ip -4 route replace 10.9.0.0/16 dev wg0",
                        "ip -4 address delete 10.9.0.1/16 dev wg0");
    }

    /// The kernel has found the route's device.
    @Test
    void removesARouteThatNamesAGatewayAlone() throws PlanException {
        QuickText file = QuickText.of("Route = 10.55.0.0/16 via 198.51.100.1;MTU = 1400");
        List<Step> done = up(file);
        host.routes.removeIf(route -> route.toString().contains("10.55"));
        host.route("10.55.0.0/16 via 198.51.100.1 dev eth0 proto 87");
        assertThat(reload(file, done, NOTHING)).isEmpty();
        assertThat(reload(QuickText.of("MTU = 1400"), done, NOTHING))
                .containsExactly("ip -4 route delete 10.55.0.0/16 via 198.51.100.1");
    }

    /// A hook has replaced it, and would do so again.
    @Test
    void leavesARouteOfAHookInThePlaceOfOurs() throws PlanException {
        List<Step> done = up(QuickText.of("[Peer];AllowedIPs = 10.77.0.0/16"));
        host.routes.removeIf(route -> route.toString().contains("10.77"));
        host.route("10.77.0.0/16 via 198.51.100.1 dev eth0");
        assertThat(reload(QuickText.of("[Peer];AllowedIPs = 10.78.0.0/16"), done, NOTHING))
                .containsExactly("ip -4 route add 10.78.0.0/16 dev wg0");
    }

    @Test
    void growsALinkThatHasLostIPv6AndBringsItBack() throws PlanException {
        QuickText file = QuickText.of("MTU = 1400;Address = fd09::1/64;[Peer];AllowedIPs = fd77::/16");
        List<Step> done = up(file);
        host.link("wg0", 1200, false);
        host.routes.removeIf(
                route -> route.family() == IpFamily.V6 && route.toString().contains("wg0"));
        assertThat(reload(file, done, NOTHING))
                .containsExactly(
                        "ip link set mtu 1400 dev wg0",
                        "ip -6 address add fd09::1/64 dev wg0",
                        "ip -6 route add fd77::/16 dev wg0");
    }

    @Test
    void brokenHistoryHasNothingTwice() throws PlanException {
        QuickText file = QuickText.of("[Peer];AllowedIPs = 10.77.0.0/16");
        List<Step> history = new ArrayList<>(up(file));
        history.add(history.getLast());
        assertThat(reload(QuickText.of("[Peer];AllowedIPs = fd00::/8"), history, NOTHING))
                .containsExactly("ip -6 route add fd00::/8 dev wg0", "ip -4 route delete 10.77.0.0/16 dev wg0");
    }

    @Test
    void keepsAMarkThatTheFileNamesByNow() throws PlanException {
        List<Step> done = up(QuickText.of("[Peer];AllowedIPs = 0.0.0.0/0"));
        assertThat(reload(QuickText.of("FwMark = 51820;[Peer];AllowedIPs = 0.0.0.0/0"), done, NOTHING))
                .isEmpty();
    }

    @Test
    void leavesAnAutomaticMtuWhereItIs() throws PlanException {
        QuickText file = QuickText.of("[Peer];Endpoint = 192.0.2.1:5;AllowedIPs = 192.0.2.0/24");
        List<Step> done = up(file);
        host.link("eth0", 1300, true);
        assertThat(reload(file, new EarlierRuns(done, true, List.of(), true, HookChanges.none()), NOTHING))
                .isEmpty();
        assertThat(reload(file, done, NOTHING)).containsExactly("ip link set mtu 1220 dev wg0");
        // By now the route to the endpoint leads into the tunnel itself, so its MTU does not count.
        host.way("192.0.2.1", "wg0");
        assertThat(reload(file, done, NOTHING)).containsExactly("ip link set mtu 1220 dev wg0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16, fd00::/8
            Address = 10.9.0.1/24;Address = fd09::1/64;FwMark = 7;[Peer];AllowedIPs = 0.0.0.0/0
            Address = 10.9.0.1/24;Address = fd09::1/64;[Peer];AllowedIPs = 0.0.0.0/0, ::/0
            Address = 10.9.0.1/24;MTU = 1400;FwMark = off;[Peer];AllowedIPs = 0.0.0.0/0, 10.77.0.0/16
            """)
    void findsNothingToDoWithoutAJournalEither(String text) throws PlanException {
        QuickText file = QuickText.of(text);
        up(file);
        assertThat(reload(file, found(file), NOTHING)).isEmpty();
    }

    private EarlierRuns found(QuickText file) {
        List<Step> found = DownPlanner.found(file.tunnel(), host.snapshot());
        return new EarlierRuns(found, false, List.of(), false, HookChanges.none());
    }

    /// The tables of both families are replaced, each by its own.
    @Test
    void replacesAFirewallThatWasFoundWhenTheAddressesChange() throws PlanException {
        up(QuickText.of("Address = 10.9.0.1/24;Address = fd09::1/64;[Peer];AllowedIPs = 0.0.0.0/0, ::/0"));
        QuickText file = QuickText.of("Address = 10.9.0.2/24;Address = fd09::1/64;[Peer];AllowedIPs = 0.0.0.0/0, ::/0");
        assertThat(reload(file, found(file), NOTHING))
                .containsExactly(
                        "ip -4 address add 10.9.0.2/24 dev wg0",
                        "nft -f /dev/fd/63",
                        "ip -4 address delete 10.9.0.1/24 dev wg0");
    }

    @Test
    void takesRoutesOfHooksForNoneOfOursWithoutAJournal() throws PlanException {
        QuickText file = QuickText.of("[Peer];AllowedIPs = 10.77.0.0/16");
        up(file);
        host.route("10.0.0.0/8 dev wg0 metric 300");
        assertThat(reload(file, found(file), NOTHING)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MTU = 1400 | MTU = 1300 | ip link set mtu 1300 dev wg0
            Address = fd07::1/64 | Address = fd07::1/48 | ip -6 address delete fd07::1/64 dev wg0 ; ip -6 address add fd07::1/48 dev wg0
            Address = 10.7.0.1/24 | Address = 10.7.0.1/16 | ip -4 address add 10.7.0.1/16 dev wg0 ; ip -4 address delete 10.7.0.1/24 dev wg0
            MTU = 1200 | MTU = 1400;Address = fd07::1/64 | ip link set mtu 1400 dev wg0 ; ip -6 address add fd07::1/64 dev wg0
            MTU = 1400;Address = fd07::1/64 | MTU = 1200 | ip -6 address delete fd07::1/64 dev wg0 ; ip link set mtu 1200 dev wg0
            MTU = 1400;Address = 10.9.0.1/24 | MTU = 1400;Address = 10.9.0.2/24 | ip -4 address add 10.9.0.2/24 dev wg0 ; ip -4 address delete 10.9.0.1/24 dev wg0
            [Peer];AllowedIPs = 10.1.0.0/16 | [Peer];AllowedIPs = 10.2.0.0/16 | wg syncconf wg0 /dev/fd/63 ; ip -4 route add 10.2.0.0/16 dev wg0 ; ip -4 route delete 10.1.0.0/16 dev wg0
            [Peer];AllowedIPs = 10.1.0.0/16 | Table = 9;[Peer];AllowedIPs = 10.1.0.0/16 | ip -4 route add 10.1.0.0/16 dev wg0 table 9 ; ip -4 route delete 10.1.0.0/16 dev wg0 table main
            DNS = 1.1.1.1 | DNS = 9.9.9.9 | resolvconf -a wg0 -m 0 -x
            DNS = 1.1.1.1 | MTU = 1320 | resolvconf -d wg0 -f
            Route = 10.0.0.0/8 dev ppp0 | Route = 10.0.0.0/8 dev eth0 | ip -4 route replace 10.0.0.0/8 dev eth0
            Route = 10.0.0.0/8 dev ppp0 | Route = 10.0.0.0/8 dev ppp0 metric 5 | ip -4 route add 10.0.0.0/8 dev ppp0 metric 5 ; ip -4 route delete 10.0.0.0/8 dev ppp0
            Rule = fwmark 1 priority 9 table 5 | Rule = fwmark 1 priority 8 table 5 | ip -4 rule add fwmark 0x1 priority 8 table 5 ; ip -4 rule delete fwmark 0x1 priority 9 table 5
            Address = 10.9.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0 | Address = 10.9.0.1/24;Address = 10.8.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0 | ip -4 address add 10.8.0.1/24 dev wg0 ; nft -f /dev/fd/63
            [Peer];AllowedIPs = 10.1.0.0/16 | [Peer];AllowedIPs = 10.1.0.0/16, 0.0.0.0/0 | wg syncconf wg0 /dev/fd/63 ; wg set wg0 fwmark 51820 ; ip -4 rule add not fwmark 51820 table 51820 ; ip -4 rule add table main suppress_prefixlength 0 ; ip -4 route add 0.0.0.0/0 dev wg0 table 51820 ; sysctl -q net.ipv4.conf.all.src_valid_mark=1 ; nft -f /dev/fd/63
            [Peer];AllowedIPs = 10.1.0.0/16, 0.0.0.0/0 | [Peer];AllowedIPs = 10.1.0.0/16 | wg syncconf wg0 /dev/fd/63 ; nft -f /dev/fd/63 ; sysctl -q net.ipv4.conf.all.src_valid_mark=0 ; ip -4 route delete 0.0.0.0/0 dev wg0 table 51820 ; ip -4 rule delete table main suppress_prefixlength 0 ; ip -4 rule delete table 51820 ; wg set wg0 fwmark 0
            """)
    void changesWhatChangedAndNoMore(String before, String after, String lines) throws PlanException {
        List<Step> done = up(QuickText.of(before));
        QuickText file = QuickText.of(after);
        boolean device = lines.contains("wg syncconf");
        assertThat(reload(file, done, device ? SOMETHING : NOTHING)).isEqualTo(QuickText.lines(lines));
    }

    @Test
    void keepsTheTableItChoseThoughALowerOneBecameFree() throws PlanException {
        host.route("10.0.0.0/8 dev eth0 table 51820");
        QuickText file = QuickText.of("[Peer];AllowedIPs = 0.0.0.0/0");
        List<Step> done = up(file);
        host.routes.removeIf(route -> route.table() == 51820);
        assertThat(reload(file, done, NOTHING)).isEmpty();
    }

    @Test
    void bringsBackWhatSomebodyTookAway() throws PlanException {
        QuickText file = QuickText.of("Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.1.0.0/16");
        List<Step> done = up(file);
        host.routes.removeIf(route -> route.device().toString().contains("wg0"));
        assertThat(reload(file, done, NOTHING)).containsExactly("ip -4 route add 10.1.0.0/16 dev wg0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MTU = 1300;Address = fd07::1/64 | MTU = 1400;Address = fd07::1/48
            MTU = 1400;Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.1.0.0/16 | Address = 10.9.0.2/24;[Peer];AllowedIPs = 0.0.0.0/0
            Underlay = dev ppp0;DNS = 1.1.1.1;[Peer];AllowedIPs = 0.0.0.0/0 | [Peer];AllowedIPs = ::/0
            Route = 10.0.0.0/8 dev ppp0;[Peer];AllowedIPs = ::/0 | Route = 10.0.0.0/8 dev eth0;FwMark = 5;[Peer];AllowedIPs = ::/0
            """)
    void isUndoneByTheInversesBackwards(String before, String after) throws PlanException {
        List<Step> done = up(QuickText.of(before));
        SystemSnapshot was = host.snapshot();
        QuickText file = QuickText.of(after);
        List<Step> steps = ReloadPlanner.reload(
                        file.tunnel(), was, EarlierRuns.of(done), file.replacing(), change(NOTHING, false))
                .steps();
        steps.forEach(step -> host.take(step, file.adding()));
        assertThat(host.snapshot()).isNotEqualTo(was);
        for (Step step : steps.reversed()) {
            host.take(step.inverse().orElseThrow(), file.adding());
        }
        assertThat(host.snapshot())
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(was);
    }

    @Test
    void endsWhereUpWouldHaveAndDownGoesAllTheWayBack() throws PlanException {
        SystemSnapshot before = host.snapshot();
        List<Step> history = new ArrayList<>(up(QuickText.of("Address = 10.9.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0")));
        QuickText file = QuickText.of("Underlay = dev ppp0;MTU = 1300;Address = 10.9.0.2/24;[Peer];AllowedIPs = ::/0");
        List<Step> steps = ReloadPlanner.reload(
                        file.tunnel(),
                        host.snapshot(),
                        EarlierRuns.of(history),
                        file.replacing(),
                        change(SOMETHING, false))
                .steps();
        steps.forEach(step -> host.take(step, file.adding()));
        history.addAll(steps);
        assertThat(reload(file, history, NOTHING)).isEmpty();
        DownPlanner.down(file.tunnel(), host.snapshot(), history)
                .steps()
                .forEach(step -> host.take(step, file.adding()));
        assertThat(host.snapshot()).isEqualTo(before);
    }

    @Test
    void reachesADeviceThatIsOnlyToldWhatOurEngineUnderstands() throws PlanException {
        QuickText file = QuickText.of("Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.1.0.0/16");
        List<Step> done = up(file);
        DeviceChange told = change(NOTHING, true);
        assertThat(ReloadPlanner.reload(file.tunnel(), host.snapshot(), EarlierRuns.of(done), file.replacing(), told)
                        .steps())
                .containsExactly(new Step.ReloadDevice(file.tunnel().link(), Optional.of(told)));
    }

    @Test
    void refusesWhatIsNotUp() {
        QuickText file = QuickText.of("MTU = 1400");
        assertThatThrownBy(() -> reload(file, List.of(), NOTHING)).hasMessage("`wg0' is not a WireGuard interface");
    }

    @Test
    void refusesAFileWithoutAnInterface() throws PlanException {
        up(QuickText.of("MTU = 1400"));
        assertThatThrownBy(() -> reload(QuickText.ofFile("wg0", ""), List.of(), NOTHING))
                .hasMessage("the file has no [Interface] section");
    }

    private List<Step> up(QuickText file) throws PlanException {
        List<Step> steps = file.up(host).steps();
        steps.forEach(step -> host.take(step, file.adding()));
        return steps;
    }

    private List<String> reload(QuickText file, List<Step> done, DeviceUpdate changes) throws PlanException {
        return reload(file, EarlierRuns.of(done), changes);
    }

    private List<String> reload(QuickText file, EarlierRuns earlier, DeviceUpdate changes) throws PlanException {
        Plan plan =
                ReloadPlanner.reload(file.tunnel(), host.snapshot(), earlier, file.replacing(), change(changes, false));
        return file.trace(plan.steps(), host);
    }

    private static DeviceChange change(DeviceUpdate update, boolean tellsEngine) {
        DeviceState before =
                new DeviceState(new DeviceName("wg0"), Optional.empty(), Optional.empty(), 0, 0, List.of());
        return new DeviceChange(update, before, tellsEngine);
    }
}
