// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.UpLink;
import io.wgj.quick.text.PlanRenderer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules, the mark and the firewall of a default route into the tunnel.
class DefaultRoutePlanTest extends UpPlanCase {
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
                // A hook may load the module.
                "PreUp = insmod nf_tables.ko;[Peer];AllowedIPs = 0.0.0.0/0"
            })
    void needsNoNftablesForOtherFiles(String file) throws PlanException {
        host.support(new HostSupport(true, Optional.empty(), false, Optional.empty(), ""));
        assertThat(QuickPlanner.create(QuickText.unresolved(file), host.snapshot(), Optional.empty())
                        .steps())
                .isNotEmpty();
    }

    /// The firewall protects the addresses that the link has, not those of the file.
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
}
