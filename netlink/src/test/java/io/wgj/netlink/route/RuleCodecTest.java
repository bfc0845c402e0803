// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.Golden;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares with messages that ip(8) sent and that a kernel sent.
class RuleCodecTest {
    private static final int RTM_NEWRULE = 32;

    static List<Golden.Command> added() {
        return Golden.commands("ip-rule-add");
    }

    @ParameterizedTest
    @MethodSource("added")
    void writesWhatIpAdds(Golden.Command command) throws Exception {
        NetlinkMessage message = RecordedMessages.only(command.datagram());
        AttributeWriter out = AttributeWriter.inNativeOrder();

        RuleCodec.encode(out, IpRuleSyntax.parse(wordsOf(command), TableNames.STANDARD));

        assertThat(message.flags()).isEqualTo(0x605);
        assertThat(RecordedMessages.hex(out)).isEqualTo(RecordedMessages.hex(message));
    }

    @ParameterizedTest
    @MethodSource("added")
    void readsWhatIpAdds(Golden.Command command) throws Exception {
        PolicyRule rule =
                RuleCodec.decode(RecordedMessages.only(command.datagram())).orElseThrow();

        PolicyRule expected = IpRuleSyntax.parse(wordsOf(command), TableNames.STANDARD);
        // The kernel omits a priority of 0 from its messages.
        assertThat(rule).isEqualTo(expected.priority().isPresent() ? expected : expected.withPriority(0));
    }

    @Test
    void readsTheRulesOfAKernel() throws Exception {
        assertThat(dumped("dump-rules-4"))
                .containsExactly(
                        rule("priority 0 table local proto kernel"),
                        rule("priority 1000 from 10.0.0.0/8 to 192.0.2.1 fwmark 0x10/0xf0 iif b0 oif b1 table 300"
                                + " protocol 87"),
                        rule("priority 1001 uidrange 1000-2000 ipproto udp sport 5 dport 6-7 table 12"),
                        rule("priority 1002 tos 0x10 goto 1003"),
                        rule("priority 1003 blackhole"),
                        rule("priority 1004 nop"),
                        rule("priority 1005 unreachable"),
                        rule("priority 1006 prohibit"),
                        rule("priority 2000 l3mdev"),
                        rule("priority 2001 table 9 suppress_ifgroup 4"),
                        rule("priority 4999 fwmark 0x5151 iif lo table 11"),
                        rule("priority 32764 table main suppress_prefixlength 0"),
                        rule("priority 32765 not fwmark 51820 table 51820"),
                        rule("priority 32766 table main proto kernel"),
                        rule("priority 32767 table default proto kernel"));
        assertThat(dumped("dump-rules-6"))
                .containsExactly(
                        rule("-6 priority 0 table local proto kernel"),
                        rule("from fd00::/8 to fd00::1 priority 7 table local"),
                        rule("-6 priority 32765 not fwmark 51820 table 51820"),
                        rule("-6 priority 32766 table main proto kernel"));
    }

    /// The tool that made the recordings is older than these selectors, so the test follows
    /// linux/fib_rules.h.
    @Test
    void writesAndReadsWhatIsNew() throws Exception {
        for (String words : new String[] {
            "priority 1 l3mdev",
            "priority 1 dscp 46 table 9",
            "priority 1 dscp 32/0x38 table 9",
            "-6 priority 1 flowlabel 0x12345 table 9",
            "-6 priority 1 flowlabel 0x12000/0xff000 table 9",
            "priority 1 sport 80/0xfff0 dport 256/0xff00 table 9",
            "priority 1 tun_id 18446744073709551615 table 9",
            "priority 1 realms 1/2 table 9",
            "priority 1 suppress_ifgroup 0 table 9",
        }) {
            AttributeWriter out = AttributeWriter.inNativeOrder();
            RuleCodec.encode(out, rule(words));
            assertThat(RuleCodec.decode(new NetlinkMessage(RTM_NEWRULE, 0, 0, 0, out.payload())))
                    .contains(rule(words));
        }
        AttributeWriter out = AttributeWriter.inNativeOrder();
        RuleCodec.encode(out, rule("-6 flowlabel 0x12345/0xfffff dscp 46 tun_id 7 table 9"));
        assertThat(RecordedMessages.hex(out))
                .contains("0c000c000000000000000007", "05001900" + "2e000000", "08001a0000012345");
    }

    @Test
    void noBytesEscapeTheDeclaredException() throws Exception {
        List<NetlinkMessage> seeds = RecordedMessages.of(Golden.datagrams("dump-rules-4"));
        Random random = new Random(1);
        int malformed = 0;
        for (int round = 0; round < 40_000; round++) {
            NetlinkMessage seed = seeds.get(random.nextInt(seeds.size()));
            byte[] bytes = new byte[seed.payload().remaining()];
            seed.payload().duplicate().get(bytes);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ByteBuffer cut =
                    ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1)).slice();
            try {
                RuleCodec.decode(new NetlinkMessage(RTM_NEWRULE, 0, 0, 0, cut.order(ByteOrder.nativeOrder())));
            } catch (MalformedMessageException _) {
                malformed++;
            }
        }
        assertThat(malformed).isBetween(1_000, 39_999);
    }

    private static List<String> wordsOf(Golden.Command command) {
        List<String> words = new ArrayList<>(command.wordsAfter("ip "));
        assertThat(words.remove(1)).isEqualTo("rule");
        assertThat(words.remove(1)).isEqualTo("add");
        return words;
    }

    private static PolicyRule rule(String words) throws WordException {
        return IpRuleSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
    }

    private static List<PolicyRule> dumped(String golden) throws MalformedMessageException {
        List<PolicyRule> rules = new ArrayList<>();
        for (NetlinkMessage message : RecordedMessages.of(Golden.datagrams(golden))) {
            if (message.type() == RTM_NEWRULE) {
                rules.add(RuleCodec.decode(message).orElseThrow());
            }
        }
        return rules;
    }
}
