// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads and writes rules in the syntax of `ip rule add`. A word that ip(8) knows and wgj does not is refused
/// by name, never ignored.
public final class IpRuleSyntax {
    /// The words that ip(8) accepts abbreviated, in the order in which it tries them.
    private static final String[] ABBREVIATED = {
        "preference",
        "order",
        "priority",
        "dsfield",
        "realms",
        "protocol",
        "tun_id",
        "table",
        "suppress_prefixlength",
        "suppress_ifgroup",
        "goto",
        "nop"
    };

    private static final String UNKNOWN =
            "not a word of rules that wgj knows (not, from, to, iif, oif, fwmark, tos, dscp, flowlabel, uidrange, ipproto, sport,"
                    + " dport, tun_id, priority, table, l3mdev, goto, nop, blackhole, unreachable, prohibit, realms,"
                    + " suppress_prefixlength, suppress_ifgroup, protocol)";
    private static final long U32 = 0xffff_ffffL;

    private final Words words;
    private final TableNames tables;
    private final WordFamily family;
    private final PolicyRule.Builder builder;
    private boolean l3mdev;
    private boolean action;

    private IpRuleSyntax(Words words, TableNames tables, IpFamily family) {
        this.words = words;
        this.tables = tables;
        this.family = new WordFamily(words);
        this.builder = new PolicyRule.Builder(family);
    }

    /// Reads `[-4|-6] [not] [from PREFIX] … [table TABLE]`. The rule is IPv4 unless `-6` or an address says
    /// otherwise. A rule without an action looks up the main table, as with ip(8).
    public static PolicyRule parse(List<String> text, TableNames tables) throws WordException {
        // The first pass finds the family, which the builder of the second pass needs from the start.
        IpFamily family = read(text, tables, IpFamily.V4).family.get();
        return read(text, tables, family).builder.build();
    }

    private static IpRuleSyntax read(List<String> text, TableNames tables, IpFamily family) throws WordException {
        Words words = new Words(text);
        IpRuleSyntax reader = new IpRuleSyntax(words, tables, family);
        reader.family.takeOption();
        if (!words.hasNext()) {
            throw words.missing("a rule has at least one word");
        }
        while (words.hasNext()) {
            reader.take(full(words.take()));
        }
        if (reader.l3mdev) {
            if (reader.action) {
                throw words.missing("an l3mdev rule looks up the table of the link's VRF: it has no table of its own");
            }
            reader.builder.l3mdev();
        }
        return reader;
    }

    /// The keyword that ip(8) takes `word` for.
    private static String full(String word) {
        if (isWhole(word)) {
            return word;
        }
        for (String keyword : ABBREVIATED) {
            if (keyword.startsWith(word)) {
                return keyword;
            }
        }
        return word;
    }

    /// Whether ip(8) compares the word whole before it looks for an abbreviation.
    private static boolean isWhole(String word) {
        return word.equals("not") || word.equals("to") || word.equals("from") || word.equals("tos");
    }

    private void take(String keyword) throws WordException {
        switch (keyword) {
            case "not" -> builder.inverted(true);
            case "from" -> prefix(keyword).ifPresent(builder::from);
            case "to" -> prefix(keyword).ifPresent(builder::to);
            case "iif", "dev" -> builder.inputDevice(words.device(words.valueOf(keyword)));
            case "oif" -> builder.outputDevice(words.device(words.valueOf(keyword)));
            case "fwmark" -> builder.mark(mark(words.valueOf(keyword)));
            case "priority", "pref", "preference", "order" ->
                builder.priority(words.u32(words.valueOf(keyword), "a priority"));
            case "table", "lookup" -> {
                builder.table(words.table(words.valueOf(keyword), tables));
                action = true;
            }
            case "l3mdev" -> l3mdev = true;
            case "suppress_prefixlength", "sup_pl" ->
                builder.suppressPrefixLength((int) words.number(words.valueOf(keyword), 128, "a prefix length"));
            case "uidrange" -> {
                long[] range = words.range(words.valueOf(keyword), U32, false, "a range of user ids");
                builder.userIds(new PolicyRule.UserIds((int) range[0], (int) range[1]));
            }
            case "ipproto" ->
                builder.ipProtocol(words.named(words.valueOf(keyword), NumberNames.IP_PROTOCOLS, "an IP protocol"));
            case "sport" -> builder.sourcePorts(ports(keyword));
            case "dport" -> builder.destinationPorts(ports(keyword));
            case "tos", "dsfield" -> builder.typeOfService(words.typeOfService(words.valueOf(keyword)));
            case "goto" -> {
                builder.gotoPriority(words.u32(words.valueOf(keyword), "a priority"));
                action = true;
            }
            case "type" -> action(words.valueOf(keyword));
            case "proto", "protocol" ->
                builder.protocol(words.named(words.valueOf(keyword), NumberNames.PROTOCOLS, "a routing protocol"));
            default -> takeRare(keyword);
        }
    }

    private void takeRare(String keyword) throws WordException {
        RareSelectors rare = builder.rare();
        switch (keyword) {
            case "dscp" -> builder.rare(rare.withDscp(dscp(words.valueOf(keyword))));
            case "flowlabel" -> {
                builder.rare(rare.withFlowLabel(
                        masked(words.valueOf(keyword), RareSelectors.FLOW_LABEL_BITS, "a flow label")));
                family.mustBe(IpFamily.V6);
            }
            case "tun_id" -> {
                long id = words.u64(words.valueOf(keyword), "a tunnel's id");
                if (id != 0) {
                    builder.rare(rare.withTunnelId(id));
                }
            }
            case "realms" -> builder.rare(rare.withRealms(words.realms(words.valueOf(keyword))));
            case "suppress_ifgroup", "sup_group" -> {
                String group = words.valueOf(keyword);
                int number = group.equals("default") ? 0 : words.u32(group, "a device group, but for `default',");
                builder.rare(rare.withSuppressGroup(number));
            }
            default -> action(keyword);
        }
    }

    private void action(String word) throws WordException {
        if (word.equals("nat") || word.equals("map-to")) {
            throw words.refuse("Linux has no NAT in its rules since 2.6: use nftables");
        }
        action = true;
        if (word.equals("unicast")) {
            return;
        }
        Optional<RuleAction> parsed = RuleAction.parse(word);
        if (parsed.isEmpty()) {
            throw words.refuse(UNKNOWN);
        }
        builder.action(parsed.get());
    }

    /// A number from 0 to 63, or a name, which stands for all eight bits of the type of service.
    private RareSelectors.Masked dscp(String text) throws WordException {
        int named = NumberNames.TYPES_OF_SERVICE.named(text);
        return named >= 0
                ? new RareSelectors.Masked(named >> 2, RareSelectors.DSCP_BITS)
                : masked(text, RareSelectors.DSCP_BITS, "a DSCP");
    }

    /// `VALUE[/MASK]`; the mask covers all bits of the value.
    private RareSelectors.Masked masked(String text, int bits, String what) throws WordException {
        int slash = text.indexOf('/');
        int value = (int) words.number(slash < 0 ? text : text.substring(0, slash), bits, what);
        int mask = slash < 0 ? bits : (int) words.number(text.substring(slash + 1), bits, "its mask");
        if ((value & ~mask) != 0) {
            throw words.refuse("the value has bits that the mask has not");
        }
        return new RareSelectors.Masked(value, mask);
    }

    /// Empty for all addresses.
    private Optional<IpPrefix> prefix(String keyword) throws WordException {
        String text = words.valueOf(keyword);
        if (WordFamily.isAll(text)) {
            return Optional.empty();
        }
        IpPrefix prefix = words.prefix(text);
        family.mustBe(prefix.family());
        return Optional.of(prefix);
    }

    private PolicyRule.Mark mark(String text) throws WordException {
        int slash = text.indexOf('/');
        int value = words.u32(slash < 0 ? text : text.substring(0, slash), "a mark");
        return new PolicyRule.Mark(value, slash < 0 ? -1 : words.u32(text.substring(slash + 1), "a mask"));
    }

    /// `PORT`, `FIRST-LAST`, or `PORT/MASK`.
    private PolicyRule.Ports ports(String keyword) throws WordException {
        String text = words.valueOf(keyword);
        if (text.indexOf('/') >= 0) {
            RareSelectors.Masked port = masked(text, RareSelectors.PORT_BITS, "a port");
            if (port.mask() != RareSelectors.PORT_BITS) {
                RareSelectors rare = builder.rare();
                builder.rare(
                        keyword.equals("sport")
                                ? rare.withSourcePortMask(port.mask())
                                : rare.withDestinationPortMask(port.mask()));
            }
            return new PolicyRule.Ports(port.value(), port.value());
        }
        long[] range = words.range(text, 65535, true, "a port or a range of ports");
        return new PolicyRule.Ports((int) range[0], (int) range[1]);
    }

    /// The words behind `ip -4 rule add` (or `-6`) that add this rule.
    public static String format(PolicyRule rule, TableNames tables) {
        RareSelectors rare = rule.rare();
        StringBuilder out = new StringBuilder();
        if (rule.inverted()) {
            out.append("not ");
        }
        rule.from()
                .ifPresent(prefix -> out.append("from ").append(prefix.text()).append(' '));
        rule.to().ifPresent(prefix -> out.append("to ").append(prefix.text()).append(' '));
        if (rule.typeOfService() != 0) {
            out.append("tos 0x")
                    .append(Integer.toHexString(rule.typeOfService()))
                    .append(' ');
        }
        rule.mark().ifPresent(mark -> out.append("fwmark ").append(text(mark)).append(' '));
        rule.inputDevice().ifPresent(name -> out.append("iif ").append(name).append(' '));
        rule.outputDevice().ifPresent(name -> out.append("oif ").append(name).append(' '));
        rule.userIds()
                .ifPresent(ids -> out.append("uidrange ")
                        .append(Integer.toUnsignedString(ids.first()))
                        .append('-')
                        .append(Integer.toUnsignedString(ids.last()))
                        .append(' '));
        rule.ipProtocol()
                .ifPresent(number -> out.append("ipproto ")
                        .append(NumberNames.IP_PROTOCOLS.text(number))
                        .append(' '));
        rule.sourcePorts()
                .ifPresent(ports -> out.append("sport ")
                        .append(text(ports, rare.sourcePortMask()))
                        .append(' '));
        rule.destinationPorts()
                .ifPresent(ports -> out.append("dport ")
                        .append(text(ports, rare.destinationPortMask()))
                        .append(' '));
        if (rule.mayBeCut()) {
            appendRare(rare, out);
        }
        rule.priority()
                .ifPresent(number -> out.append("priority ")
                        .append(Integer.toUnsignedString(number))
                        .append(' '));
        out.append(actionText(rule, tables));
        rule.suppressPrefixLength()
                .ifPresent(length -> out.append(" suppress_prefixlength ").append(length));
        rare.suppressGroup()
                .ifPresent(group -> out.append(" suppress_ifgroup ").append(Integer.toUnsignedString(group)));
        if (rare.realms() != 0) {
            out.append(" realms ").append(Words.realmsText(rare.realms()));
        }
        if (rule.protocol() != Route.PROTOCOL_UNSPECIFIED) {
            out.append(" protocol ").append(NumberNames.PROTOCOLS.text(rule.protocol()));
        }
        return out.toString();
    }

    private static void appendRare(RareSelectors rare, StringBuilder out) {
        rare.tunnelId()
                .ifPresent(id ->
                        out.append("tun_id ").append(Long.toUnsignedString(id)).append(' '));
        rare.dscp()
                .ifPresent(dscp -> out.append("dscp ")
                        .append(dscp.value())
                        .append(maskText(dscp.mask(), RareSelectors.DSCP_BITS))
                        .append(' '));
        rare.flowLabel()
                .ifPresent(label -> out.append("flowlabel 0x")
                        .append(Integer.toHexString(label.value()))
                        .append(maskText(label.mask(), RareSelectors.FLOW_LABEL_BITS))
                        .append(' '));
    }

    private static String maskText(int mask, int all) {
        return mask == all ? "" : "/0x" + Integer.toHexString(mask);
    }

    private static String actionText(PolicyRule rule, TableNames tables) {
        if (rule.l3mdev()) {
            return "l3mdev";
        }
        return switch (rule.action()) {
            case TO_TABLE -> "table " + tables.text(rule.table());
            case GOTO -> "goto " + Integer.toUnsignedString(rule.gotoPriority().orElse(0));
            case NOP, BLACKHOLE, UNREACHABLE, PROHIBIT -> rule.action().word();
        };
    }

    private static String text(PolicyRule.Mark mark) {
        String value = "0x" + Integer.toHexString(mark.value());
        return mark.mask() == -1 ? value : value + "/0x" + Integer.toHexString(mark.mask());
    }

    private static String text(PolicyRule.Ports ports, OptionalInt mask) {
        if (mask.isPresent()) {
            return ports.first() + "/0x" + Integer.toHexString(mask.getAsInt());
        }
        return ports.first() == ports.last() ? "" + ports.first() : ports.first() + "-" + ports.last();
    }
}
