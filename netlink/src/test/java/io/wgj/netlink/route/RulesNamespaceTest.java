// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.route.FreshNetwork.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.ReferenceTool;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes real rules in a network namespace of its own and compares with ip(8).
@Tag("namespace")
class RulesNamespaceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4 not fwmark 51820 table 51820",
                "-6 not fwmark 51820 table 51820",
                "-4 table main suppress_prefixlength 0",
                "-4 from 10.0.0.0/8 to 192.0.2.1/32 fwmark 0x10/0xf0 iif b0 oif b1 priority 1000 table 300 protocol 87",
                "-4 fwmark 0x5151 iif lo priority 4999 table 11",
                "-4 uidrange 1000-2000 ipproto udp sport 5 dport 6-7 priority 1001 table 12",
                "-4 tos 0x10 priority 1002 goto 1003",
                "-4 priority 1003 blackhole",
                "-4 priority 1004 nop",
                "-6 priority 1005 unreachable",
                "-6 priority 1006 prohibit",
                "-6 from fd00::/8 to fd00::1/128 priority 7 table 255 protocol 87",
                "-4 priority 2000 l3mdev",
                "-6 priority 2000 l3mdev protocol 87",
                "-4 priority 9 realms 1/2 table 9",
                "-4 priority 9 suppress_ifgroup 5 suppress_prefixlength 0 table 9 protocol 87",
                "-6 priority 9 suppress_ifgroup 0 table 9",
                "-4 priority 9 tun_id 18446744073709551615 table 9",
                "-4 priority 9 tos 10 table 9",
                "-6 ipproto tcp dport 443 suppress_prefixlength 64 priority 8 table 4294967295"
            })
    void makesWhatIpMakes(String words) throws Exception {
        FreshNetwork.with(network -> {
            String family = words.substring(0, 2);
            List<PolicyRule> before = network.rules().list();
            String empty = shown(family);
            PolicyRule rule = rule(words);

            ReferenceTool.output("ip " + family + " rule add " + words.substring(3));
            String expected = shown(family);
            List<PolicyRule> added = new ArrayList<>(network.rules().list());
            added.removeAll(before);
            assertThat(added)
                    .containsExactly(
                            rule.withPriority(added.getFirst().priority().orElseThrow()));
            ReferenceTool.output("ip " + family + " rule del " + words.substring(3));
            assertThat(shown(family)).isEqualTo(empty);

            network.rules().add(rule);
            assertThat(shown(family)).isEqualTo(expected);
            if (rule.priority().isPresent()) {
                assertErrno(Errno.EEXIST, () -> network.rules().add(rule));
            }

            network.rules().delete(added.getFirst());
            assertThat(shown(family)).isEqualTo(empty);
            network.rules().add(rule);
            network.rules().delete(rule);
            assertThat(shown(family)).isEqualTo(empty);
            assertErrno(Errno.ENOENT, () -> network.rules().delete(rule));
        });
    }

    @Test
    void leavesTheRuleOfAnotherProtocolAlone() throws Exception {
        FreshNetwork.with(network -> {
            PolicyRule theirs = rule("fwmark 5 priority 9 table 300");
            network.rules().add(theirs);

            assertErrno(Errno.ENOENT, () -> network.rules().delete(theirs.withProtocol(Route.PROTOCOL_WGJ)));
            assertThat(network.rules().list(IpFamily.V4)).contains(theirs);
        });
    }

    @Test
    void withoutAPriorityARuleComesBeforeTheSecond() throws Exception {
        FreshNetwork.with(network -> {
            network.rules().add(rule("not fwmark 51820 table 51820"));
            network.rules().add(rule("table main suppress_prefixlength 0"));

            assertThat(network.rules().list(IpFamily.V4))
                    .extracting(PolicyRule::priority)
                    .containsExactly(
                            OptionalInt.of(0),
                            OptionalInt.of(32_764),
                            OptionalInt.of(32_765),
                            OptionalInt.of(32_766),
                            OptionalInt.of(32_767));
        });
    }

    @Test
    void replacesARuleOrLeavesAllAsItWas() throws Exception {
        FreshNetwork.with(network -> {
            PolicyRule old = rule("fwmark 5 priority 9 table 300");
            PolicyRule changed = rule("fwmark 5 priority 9 table 301");
            network.rules().add(old);

            network.rules().replace(old, changed);
            assertThat(network.rules().list(IpFamily.V4)).contains(changed).doesNotContain(old);

            List<PolicyRule> before = network.rules().list();
            assertErrno(Errno.ENOENT, () -> network.rules().replace(old, rule("fwmark 5 priority 9 table 302")));
            assertThat(network.rules().list()).isEqualTo(before);
        });
    }

    /// A kernel refuses an unknown selector, or wgj does when an older kernel ignores it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4 priority 9 dscp 46 table 9 protocol 87",
                "-6 priority 9 dscp 32/0x38 table 9 protocol 87",
                "-6 priority 9 flowlabel 0x12345 table 9 protocol 87",
                "-6 priority 9 flowlabel 0x12000/0xff000 table 9 protocol 87",
                "-4 priority 9 ipproto udp sport 80/0xfff0 dport 256/0xff00 table 9 protocol 87",
            })
    void isWhatItSaysOrIsNotThere(String words) throws Exception {
        FreshNetwork.with(network -> {
            List<PolicyRule> before = network.rules().list();
            PolicyRule rule = rule(words);
            try {
                network.rules().add(rule);
            } catch (NetlinkException refused) {
                assertThat(refused.errno().number()).isIn(Errno.EINVAL, Errno.EOPNOTSUPP);
                assertThat(network.rules().list()).isEqualTo(before);
                return;
            }
            assertThat(network.rules().list(rule.family())).contains(rule);
            assertErrno(Errno.ENOENT, () -> network.rules().delete(rule.withProtocol(5)));
            network.rules().delete(rule);
            assertThat(network.rules().list()).isEqualTo(before);
        });
    }

    private static String shown(String family) {
        return ReferenceTool.output("ip -json -details " + family + " rule show");
    }

    private static PolicyRule rule(String words) throws WordException {
        return IpRuleSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
    }
}
