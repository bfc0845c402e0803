// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `down` as commands; it leaves the host as `up` found it.
class DownPlanTest {
    private static final String BASE = "Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16;Endpoint = 192.0.2.1:5";
    private static final String ALL =
            "Address = 10.9.0.1/24;Address = fd09::1/64;[Peer];AllowedIPs = 0.0.0.0/0, ::/0, 10.5.0.0/16";

    private final Host host = new Host();

    @Test
    @Case("Q02")
    void deletesTheLinkAndNothingElse() throws PlanException {
        QuickText file = QuickText.of(BASE);
        assertThat(down(file, up(file))).containsExactly("ip link delete dev wg0");
    }

    @Test
    @Case("Q08")
    void deletesTheRulesOfADefaultRouteThenTheLinkThenTheFirewall() throws PlanException {
        QuickText file = QuickText.of(ALL);
        assertThat(down(file, up(file)))
                .containsExactly(
                        "ip -4 rule delete table 51820",
                        "ip -4 rule delete table main suppress_prefixlength 0",
                        "ip -6 rule delete table 51820",
                        "ip -6 rule delete table main suppress_prefixlength 0",
                        "ip link delete dev wg0",
                        "nft -f /dev/fd/63",
                        // wg-quick never sets it back.
                        "sysctl -q net.ipv4.conf.all.src_valid_mark=0");
    }

    @Test
    void leavesTheReversePathFilterToOtherTunnelsThatNeedIt() throws PlanException {
        QuickText file = QuickText.of(ALL);
        List<Step> done = up(file);
        host.srcValidMark = new SrcValidMark("1", true);
        assertThat(down(file, done)).noneMatch(line -> line.startsWith("sysctl"));
        host.srcValidMark = new SrcValidMark("0", false);
        assertThat(down(file, done)).noneMatch(line -> line.startsWith("sysctl"));
    }

    @Test
    void findsItsOwnWithoutAJournal() throws PlanException {
        QuickText file = QuickText.of(ALL);
        up(file);
        assertThat(down(file, DownPlanner.found(file.tunnel(), host.snapshot())))
                .containsExactly(
                        "ip -4 rule delete table 51820",
                        "ip -4 rule delete table main suppress_prefixlength 0",
                        "ip -6 rule delete table 51820",
                        "ip -6 rule delete table main suppress_prefixlength 0",
                        "ip link delete dev wg0",
                        "nft -f /dev/fd/63");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    @Case("Q11")
    void takesOnlyItsOwnRulesOfTwoTunnelsInEitherOrder(boolean journal, boolean secondGoesFirst) throws PlanException {
        QuickText first = QuickText.of(ALL);
        QuickText second = QuickText.ofFile(
                "wg1", "[Interface]\n[Peer]\nPublicKey = " + QuickText.K1 + "\nAllowedIPs = ::/0, 0.0.0.0/0\n");
        List<String> before = rules();
        List<Step> firstDone = up(first);
        DeviceView firstDevice = host.device.orElseThrow();
        List<String> withFirst = rules();
        List<Step> secondDone = up(second);
        DeviceView secondDevice = host.device.orElseThrow();
        List<String> withBoth = rules();

        host.device = Optional.of(secondGoesFirst ? secondDevice : firstDevice);
        QuickText goes = secondGoesFirst ? second : first;
        List<Step> done = secondGoesFirst ? secondDone : firstDone;
        takeDown(goes, journal ? done : DownPlanner.found(goes.tunnel(), host.snapshot()));
        if (secondGoesFirst) {
            assertThat(rules()).isEqualTo(withFirst);
        } else {
            withBoth.removeAll(withFirst.subList(before.size(), withFirst.size()));
            assertThat(rules()).isEqualTo(withBoth);
        }

        host.device = Optional.of(secondGoesFirst ? firstDevice : secondDevice);
        QuickText stays = secondGoesFirst ? first : second;
        List<Step> rest = secondGoesFirst ? firstDone : secondDone;
        takeDown(stays, journal ? rest : DownPlanner.found(stays.tunnel(), host.snapshot()));
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void leavesAUsersRulesAlone() throws PlanException {
        host.rule("-4 table main suppress_prefixlength 0 priority 50");
        QuickText file = QuickText.of(ALL);
        up(file);
        takeDown(file, DownPlanner.found(file.tunnel(), host.snapshot()));
        assertThat(rules())
                .contains("priority 50 table main suppress_prefixlength 0")
                .hasSize(6);
    }

    @Test
    @Case("Q24")
    void takesNameServersBackAfterTheLink() throws PlanException {
        QuickText file = QuickText.of("DNS = 1.1.1.1;" + BASE);
        assertThat(down(file, up(file))).containsExactly("ip link delete dev wg0", "resolvconf -d wg0 -f");
        assertThat(down(file, up(QuickText.of(BASE))))
                .as("the file of today names them")
                .containsExactly("ip link delete dev wg0", "resolvconf -d wg0 -f");
    }

    @Test
    @Case("R04")
    void asksHooksFirstAndSavesBeforeAnythingGoes() throws PlanException {
        QuickText file = QuickText.of("PreDown = a %i;PreDown = b;PostDown = c;PostDown = d;SaveConfig = true;" + BASE);
        assertThat(down(file, up(file)))
                .containsExactly("a wg0", "b", "wg showconf wg0", "ip link delete dev wg0", "c", "d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16, 0.0.0.0/0, ::/0
            FwMark = 7;Address = 10.9.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0
            Table = 77;DNS = 1.1.1.1;[Peer];AllowedIPs = 10.77.0.0/16
            Underlay = dev eth0;Address = 10.9.0.1/24;[Peer];AllowedIPs = 0.0.0.0/0
            Underlay = src 198.51.100.7;ListenPort = 5;AllowedSources = 192.0.2.0/24;[Peer];AllowedIPs = 0.0.0.0/0
            Route = blackhole 10.0.0.0/8;Rule = fwmark 1 table 5;Rule = -6 from fd00::/8 blackhole
            """)
    void isTheWayBackFromEveryStep(String text) throws PlanException {
        QuickText file = QuickText.of(text);
        SystemSnapshot before = host.snapshot();
        List<Step> all = file.up(host).steps();
        for (int k = 0; k <= all.size(); k++) {
            List<Step> done = all.subList(0, k);
            done.forEach(step -> host.take(step, file.adding()));
            DownPlanner.rollBack(file.tunnel(), done, host.srcValidMark)
                    .forEach(step -> host.take(step, file.adding()));
            assertThat(host.snapshot())
                    .as("after %d of %d steps", k, all.size())
                    .isEqualTo(before);

            done.forEach(step -> host.take(step, file.adding()));
            takeDown(file, done);
            assertThat(host.snapshot())
                    .as("down after %d of %d steps", k, all.size())
                    .isEqualTo(before);
        }
    }

    @Test
    void rollsAFailedUpBackInTheOrderOfTheOriginal() throws PlanException {
        QuickText file = QuickText.of("DNS = 1.1.1.1;PreDown = no;PostDown = no;" + ALL);
        List<Step> done = up(file);
        assertThat(file.trace(DownPlanner.rollBack(file.tunnel(), done, host.srcValidMark), host))
                .startsWith("resolvconf -d wg0 -f", "nft -f /dev/fd/63", "ip -4 rule delete table 51820")
                .contains("ip link delete dev wg0")
                .doesNotContain("no");
    }

    private List<Step> up(QuickText file) throws PlanException {
        List<Step> steps = file.up(host).steps();
        steps.forEach(step -> host.take(step, file.adding()));
        return steps;
    }

    private List<String> down(QuickText file, List<Step> done) {
        List<String> lines = file.trace(
                DownPlanner.down(file.tunnel(), host.snapshot(), done).steps(), host);
        host.links.removeIf(link -> link.name().equals("wg0"));
        return lines;
    }

    private void takeDown(QuickText file, List<Step> done) {
        DownPlanner.down(file.tunnel(), host.snapshot(), done).steps().forEach(step -> host.take(step, file.adding()));
    }

    private List<String> rules() {
        List<String> words = new ArrayList<>();
        host.rules.forEach(rule -> words.add(IpRuleSyntax.format(rule, TableNames.STANDARD)));
        return words;
    }
}
