// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.List;
import java.util.Optional;

/// Reads and writes rules in the words of `ip rule add`. A word that ip(8) knows and this does not is refused by name,
/// never passed over.
public final class RuleWords {
    private static final String UNKNOWN =
            "not a word of rules that wgj knows (not, from, to, iif, oif, fwmark, priority,"
                    + " table, suppress_prefixlength, uidrange, ipproto, sport, dport, tos, goto, protocol)";
    private static final long U32 = 0xffff_ffffL;

    private final Words words;
    private final TableNames tables;
    private final WordFamily family;
    private final PolicyRule.Builder builder;

    private RuleWords(Words words, TableNames tables, WordFamily family, boolean v6) {
        this.words = words;
        this.tables = tables;
        this.family = family;
        this.builder = new PolicyRule.Builder(v6);
    }

    /// Reads `[-4|-6] [not] [from PREFIX] … [table TABLE]`. IPv4, unless `-6` or an address says otherwise. Without an
    /// action it looks up the main table, as ip(8) does.
    public static PolicyRule parse(List<String> text, TableNames tables) throws WordException {
        // The family is only known at the end, when the builder has long been asked for it: read once to find out.
        boolean v6 = read(text, tables, false).family.v6();
        return read(text, tables, v6).builder.build();
    }

    private static RuleWords read(List<String> text, TableNames tables, boolean v6) throws WordException {
        Words words = new Words(text);
        RuleWords reader = new RuleWords(words, tables, new WordFamily(words), v6);
        reader.family.takeOption();
        if (!words.hasNext()) {
            throw words.missing("a rule has at least one word");
        }
        while (words.hasNext()) {
            reader.take(words.take());
        }
        return reader;
    }

    private void take(String keyword) throws WordException {
        switch (keyword) {
            case "not" -> builder.inverted(true);
            case "from" -> prefix(keyword).ifPresent(builder::from);
            case "to" -> prefix(keyword).ifPresent(builder::to);
            case "iif", "dev" -> builder.inputDevice(words.valueOf(keyword));
            case "oif" -> builder.outputDevice(words.valueOf(keyword));
            case "fwmark" -> builder.mark(mark(words.valueOf(keyword)));
            case "priority", "pref", "preference", "order" ->
                builder.priority(words.u32(words.valueOf(keyword), "a priority"));
            case "table", "lookup" -> builder.table(words.table(words.valueOf(keyword), tables));
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
            case "tos", "dsfield" ->
                builder.typeOfService((int) words.number(words.valueOf(keyword), 255, "a type of service"));
            case "goto" -> builder.gotoPriority(words.u32(words.valueOf(keyword), "a priority"));
            case "proto", "protocol" ->
                builder.protocol(words.named(words.valueOf(keyword), NumberNames.PROTOCOLS, "a routing protocol"));
            default -> action(keyword);
        }
    }

    private void action(String word) throws WordException {
        Optional<RuleAction> action = RuleAction.parse(word);
        if (action.isEmpty()) {
            throw words.refuse(UNKNOWN);
        }
        builder.action(action.get());
    }

    /// Empty for all addresses.
    private Optional<NetworkPrefix> prefix(String keyword) throws WordException {
        String text = words.valueOf(keyword);
        if (WordFamily.isAll(text)) {
            return Optional.empty();
        }
        NetworkPrefix prefix = words.prefix(text);
        family.mustBe(prefix.v6());
        return Optional.of(prefix);
    }

    private PolicyRule.Mark mark(String text) throws WordException {
        int slash = text.indexOf('/');
        int value = words.u32(slash < 0 ? text : text.substring(0, slash), "a mark");
        return new PolicyRule.Mark(value, slash < 0 ? -1 : words.u32(text.substring(slash + 1), "a mask"));
    }

    private PolicyRule.Ports ports(String keyword) throws WordException {
        long[] range = words.range(words.valueOf(keyword), 65535, true, "a port or a range of ports");
        return new PolicyRule.Ports((int) range[0], (int) range[1]);
    }

    /// The words behind `ip -4 rule add` (or `-6`) that make this rule. Throws `IllegalArgumentException` for a VRF's
    /// rule, which is only read.
    public static String format(PolicyRule rule, TableNames tables) {
        if (rule.l3mdev()) {
            throw new IllegalArgumentException("a VRF's rules are only read");
        }
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
                .ifPresent(ports -> out.append("sport ").append(text(ports)).append(' '));
        rule.destinationPorts()
                .ifPresent(ports -> out.append("dport ").append(text(ports)).append(' '));
        rule.priority()
                .ifPresent(number -> out.append("priority ")
                        .append(Integer.toUnsignedString(number))
                        .append(' '));
        out.append(actionText(rule, tables));
        rule.suppressPrefixLength()
                .ifPresent(length -> out.append(" suppress_prefixlength ").append(length));
        if (rule.protocol() != Route.PROTOCOL_UNSPECIFIED) {
            out.append(" protocol ").append(NumberNames.PROTOCOLS.text(rule.protocol()));
        }
        return out.toString();
    }

    private static String actionText(PolicyRule rule, TableNames tables) {
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

    private static String text(PolicyRule.Ports ports) {
        return ports.first() == ports.last() ? "" + ports.first() : ports.first() + "-" + ports.last();
    }
}
