// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `up` as commands, in the form that wg-quick prints them: the order of its steps.
class UpPlanTest extends UpPlanCase {
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

    /// wg-quick prints values of the file as written, and values of the device as `inet_ntop` formats them.
    @Test
    void writesNumbersAsTheFileHasThem() throws PlanException {
        assertThat(trace("MTU = 0x514;Table = 0x64;Address = ::102:304/128;[Peer];AllowedIPs = ::102:305/128"))
                .endsWith(
                        "ip -6 address add ::102:304/128 dev wg0",
                        "ip link set mtu 0x514 up dev wg0",
                        "ip -6 route add ::1.2.3.5/128 dev wg0 table 0x64");
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
}
