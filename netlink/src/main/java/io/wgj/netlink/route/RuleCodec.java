// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Encodes and decodes rules (linux/fib_rules.h), byte for byte as ip(8) writes them.
final class RuleCodec {
    /// `struct fib_rule_hdr`, 12 bytes, native order.
    ///
    ///     0 u8 family   1 u8 dst_len   2 u8 src_len   3 u8 tos
    ///     4 u8 table    5 u8 res1      6 u8 res2      7 u8 action    8 u32 flags
    static final int HEADER_SIZE = 12;

    private static final int FIB_RULE_INVERT = 2;

    private static final int FRA_DST = 1;
    private static final int FRA_SRC = 2;
    private static final int FRA_IIFNAME = 3;
    private static final int FRA_GOTO = 4;
    private static final int FRA_PRIORITY = 6;
    private static final int FRA_FWMARK = 10;
    private static final int FRA_FLOW = 11;
    private static final int FRA_TUN_ID = 12;
    private static final int FRA_SUPPRESS_IFGROUP = 13;
    private static final int FRA_SUPPRESS_PREFIXLEN = 14;
    private static final int FRA_TABLE = 15;
    private static final int FRA_FWMASK = 16;
    private static final int FRA_OIFNAME = 17;
    private static final int FRA_L3MDEV = 19;
    private static final int FRA_UID_RANGE = 20;
    private static final int FRA_PROTOCOL = 21;
    private static final int FRA_IP_PROTO = 22;
    private static final int FRA_SPORT_RANGE = 23;
    private static final int FRA_DPORT_RANGE = 24;
    private static final int FRA_DSCP = 25;
    private static final int FRA_FLOWLABEL = 26;
    private static final int FRA_FLOWLABEL_MASK = 27;
    private static final int FRA_SPORT_MASK = 28;
    private static final int FRA_DPORT_MASK = 29;
    private static final int FRA_DSCP_MASK = 30;
    private static final int LAST_KNOWN_ATTRIBUTE = FRA_DSCP_MASK;

    /// Tables from this number on do not fit into the header.
    private static final int FIRST_WIDE_TABLE = 256;
    private static final int ALL_BITS = -1;

    private RuleCodec() {}

    /// The header that asks for the rules of a family.
    static byte[] header(int family) {
        byte[] header = new byte[HEADER_SIZE];
        header[0] = (byte) family;
        return header;
    }

    /// The payload that adds or deletes a rule. It has everything in the record.
    static void encode(AttributeWriter out, PolicyRule rule) {
        boolean wide = Integer.compareUnsigned(rule.table(), FIRST_WIDE_TABLE) >= 0;
        out.header(ByteBuffer.allocate(HEADER_SIZE)
                .order(ByteOrder.nativeOrder())
                .put((byte) rule.family().number())
                .put((byte) rule.to().map(IpPrefix::length).orElse(0).intValue())
                .put((byte) rule.from().map(IpPrefix::length).orElse(0).intValue())
                .put((byte) rule.typeOfService())
                .put((byte) (wide ? 0 : rule.table()))
                .putShort((short) 0)
                .put((byte) rule.action().number())
                .putInt(rule.inverted() ? FIB_RULE_INVERT : 0)
                .array());
        encodeSelectors(out, rule);
        if (rule.mayBeCut()) {
            encodeRare(out, rule);
        }
        rule.priority().ifPresent(value -> out.u32(FRA_PRIORITY, value));
        if (wide) {
            out.u32(FRA_TABLE, rule.table());
        }
        rule.gotoPriority().ifPresent(value -> out.u32(FRA_GOTO, value));
        rule.suppressPrefixLength().ifPresent(length -> out.u32(FRA_SUPPRESS_PREFIXLEN, length));
        if (rule.protocol() != Route.PROTOCOL_UNSPECIFIED) {
            out.u8(FRA_PROTOCOL, rule.protocol());
        }
    }

    private static void encodeSelectors(AttributeWriter out, PolicyRule rule) {
        rule.from().ifPresent(prefix -> out.address(FRA_SRC, prefix.address()));
        rule.to().ifPresent(prefix -> out.address(FRA_DST, prefix.address()));
        rule.mark().ifPresent(mark -> {
            out.u32(FRA_FWMARK, mark.value());
            if (mark.mask() != ALL_BITS) {
                out.u32(FRA_FWMASK, mark.mask());
            }
        });
        rule.inputDevice().ifPresent(name -> out.string(FRA_IIFNAME, name));
        rule.outputDevice().ifPresent(name -> out.string(FRA_OIFNAME, name));
        // struct fib_rule_uid_range: two u32; struct fib_rule_port_range: two u16; native order, ends included.
        rule.userIds().ifPresent(ids -> out.bytes(FRA_UID_RANGE, range(ids.first(), ids.last(), Integer.BYTES)));
        rule.ipProtocol().ifPresent(number -> out.u8(FRA_IP_PROTO, number));
        rule.sourcePorts().ifPresent(ports -> out.bytes(FRA_SPORT_RANGE, range(ports.first(), ports.last(), 2)));
        rule.destinationPorts().ifPresent(ports -> out.bytes(FRA_DPORT_RANGE, range(ports.first(), ports.last(), 2)));
    }

    private static void encodeRare(AttributeWriter out, PolicyRule rule) {
        RareSelectors rare = rule.rare();
        if (rule.l3mdev()) {
            out.u8(FRA_L3MDEV, 1);
        }
        if (rare.realms() != 0) {
            out.u32(FRA_FLOW, rare.realms());
        }
        rare.tunnelId()
                .ifPresent(id -> out.bytes(
                        FRA_TUN_ID, ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
        rare.suppressGroup().ifPresent(group -> out.u32(FRA_SUPPRESS_IFGROUP, group));
        rare.dscp().ifPresent(dscp -> {
            out.u8(FRA_DSCP, dscp.value());
            if (dscp.mask() != RareSelectors.DSCP_BITS) {
                out.u8(FRA_DSCP_MASK, dscp.mask());
            }
        });
        rare.flowLabel().ifPresent(label -> {
            out.network32(FRA_FLOWLABEL, label.value());
            if (label.mask() != RareSelectors.FLOW_LABEL_BITS) {
                out.network32(FRA_FLOWLABEL_MASK, label.mask());
            }
        });
        rare.sourcePortMask().ifPresent(mask -> out.u16(FRA_SPORT_MASK, mask));
        rare.destinationPortMask().ifPresent(mask -> out.u16(FRA_DPORT_MASK, mask));
    }

    private static byte[] range(int first, int last, int size) {
        ByteBuffer range = ByteBuffer.allocate(2 * size).order(ByteOrder.nativeOrder());
        return size == Integer.BYTES
                ? range.putInt(first).putInt(last).array()
                : range.putShort((short) first).putShort((short) last).array();
    }

    /// The priority of a rule with an action that [RuleAction] lacks, or with an attribute newer than this class;
    /// empty for any other.
    static Optional<Long> strange(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, HEADER_SIZE, "rule");
        boolean strange = RuleAction.of(in.get(in.position() + 7) & 0xff).isEmpty();
        long priority = 0;
        while (attributes.next()) {
            strange |= attributes.type() > LAST_KNOWN_ATTRIBUTE;
            if (attributes.type() == FRA_PRIORITY) {
                priority = Integer.toUnsignedLong(attributes.u32());
            }
        }
        return strange ? Optional.of(priority) : Optional.empty();
    }

    /// Empty for a family other than IPv4 and IPv6, and for an action that [RuleAction] lacks. Selectors that
    /// [PolicyRule] lacks are ignored.
    static Optional<PolicyRule> decode(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, HEADER_SIZE, "rule");
        int at = in.position();
        Optional<IpFamily> family = IpFamily.of(in.get(at) & 0xff);
        Optional<RuleAction> action = RuleAction.of(in.get(at + 7) & 0xff);
        if (action.isEmpty() || family.isEmpty()) {
            return Optional.empty();
        }
        Selectors selectors = new Selectors(family.get());
        selectors.table = in.get(at + 4) & 0xff;
        while (attributes.next()) {
            selectors.take(attributes);
        }
        return Optional.of(selectors.finish(
                action.get(),
                RouteCodec.prefix(family.get(), selectors.from, in.get(at + 2) & 0xff, "rule"),
                RouteCodec.prefix(family.get(), selectors.to, in.get(at + 1) & 0xff, "rule"),
                in.get(at + 3) & 0xff,
                (in.getInt(at + 8) & FIB_RULE_INVERT) != 0));
    }

    /// The values of one rule's attributes.
    private static final class Selectors {
        private final PolicyRule.Builder rule;
        private final IpFamily family;
        private @Nullable IpAddress from;
        private @Nullable IpAddress to;
        private int table;
        private int priority;
        private int gotoPriority;
        private @Nullable Integer mark;
        private @Nullable Integer mask;
        private @Nullable Integer dscp;
        private int dscpMask = RareSelectors.DSCP_BITS;
        private @Nullable Integer flowLabel;
        private int flowLabelMask = RareSelectors.FLOW_LABEL_BITS;
        private boolean l3mdev;

        Selectors(IpFamily family) {
            this.rule = new PolicyRule.Builder(family);
            this.family = family;
        }

        void take(AttributeReader attribute) throws MalformedMessageException {
            switch (attribute.type()) {
                case FRA_SRC -> from = attribute.address(family);
                case FRA_DST -> to = attribute.address(family);
                case FRA_IIFNAME -> rule.inputDevice(attribute.string());
                case FRA_OIFNAME -> rule.outputDevice(attribute.string());
                case FRA_PRIORITY -> priority = attribute.u32();
                case FRA_GOTO -> gotoPriority = attribute.u32();
                case FRA_FWMARK -> mark = attribute.u32();
                case FRA_FWMASK -> mask = attribute.u32();
                case FRA_TABLE -> table = attribute.u32();
                case FRA_SUPPRESS_PREFIXLEN -> {
                    // All bits are set when nothing is suppressed.
                    if (attribute.u32() >= 0) {
                        rule.suppressPrefixLength(attribute.u32());
                    }
                }
                case FRA_L3MDEV -> l3mdev = attribute.u8() != 0;
                case FRA_UID_RANGE -> rule.userIds(new PolicyRule.UserIds(attribute.u32(0), attribute.u32(4)));
                case FRA_PROTOCOL -> rule.protocol(attribute.u8());
                case FRA_IP_PROTO -> rule.ipProtocol(attribute.u8());
                case FRA_SPORT_RANGE -> rule.sourcePorts(new PolicyRule.Ports(attribute.u16(0), attribute.u16(2)));
                case FRA_DPORT_RANGE -> rule.destinationPorts(new PolicyRule.Ports(attribute.u16(0), attribute.u16(2)));
                default -> takeRare(attribute);
            }
        }

        private void takeRare(AttributeReader attribute) throws MalformedMessageException {
            RareSelectors rare = rule.rare();
            switch (attribute.type()) {
                case FRA_FLOW -> rule.rare(rare.withRealms(attribute.u32()));
                case FRA_TUN_ID -> rule.rare(rare.withTunnelId(attribute.network64(0)));
                case FRA_SUPPRESS_IFGROUP -> rule.rare(rare.withSuppressGroup(attribute.u32()));
                case FRA_DSCP -> dscp = attribute.u8();
                case FRA_DSCP_MASK -> dscpMask = attribute.u8();
                case FRA_FLOWLABEL -> flowLabel = attribute.network32(0);
                case FRA_FLOWLABEL_MASK -> flowLabelMask = attribute.network32(0);
                case FRA_SPORT_MASK -> {
                    if (isPortMask(attribute.u16())) {
                        rule.rare(rare.withSourcePortMask(attribute.u16()));
                    }
                }
                case FRA_DPORT_MASK -> {
                    if (isPortMask(attribute.u16())) {
                        rule.rare(rare.withDestinationPortMask(attribute.u16()));
                    }
                }
                default -> {}
            }
        }

        /// The kernel sends the mask of a port even when all bits count.
        private static boolean isPortMask(int mask) {
            return mask != 0 && mask != RareSelectors.PORT_BITS;
        }

        PolicyRule finish(RuleAction action, IpPrefix source, IpPrefix destination, int tos, boolean inverted) {
            if (source.length() > 0) {
                rule.from(source);
            }
            if (destination.length() > 0) {
                rule.to(destination);
            }
            if (mark != null || mask != null) {
                rule.mark(new PolicyRule.Mark(mark == null ? 0 : mark, mask == null ? ALL_BITS : mask));
            }
            switch (action) {
                case TO_TABLE -> rule.table(table);
                case GOTO -> rule.gotoPriority(gotoPriority);
                case NOP, BLACKHOLE, UNREACHABLE, PROHIBIT -> rule.action(action);
            }
            if (dscp != null) {
                rule.rare(rule.rare().withDscp(new RareSelectors.Masked(dscp, dscpMask)));
            }
            if (flowLabel != null) {
                rule.rare(rule.rare().withFlowLabel(new RareSelectors.Masked(flowLabel, flowLabelMask)));
            }
            if (l3mdev) {
                rule.l3mdev();
            }
            // The kernel omits a priority of 0.
            return rule.priority(priority).typeOfService(tos).inverted(inverted).build();
        }
    }
}
