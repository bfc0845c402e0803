// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.nftables.Expression.Compare;
import io.wgj.netlink.nftables.Expression.ConnectionMark;
import io.wgj.netlink.nftables.Expression.Load;
import io.wgj.netlink.nftables.Expression.Lookup;
import io.wgj.netlink.nftables.Expression.Meta;
import io.wgj.netlink.nftables.Expression.MetaKey;
import io.wgj.netlink.nftables.Expression.Payload;
import io.wgj.netlink.nftables.Expression.SetConnectionMark;
import io.wgj.netlink.nftables.Expression.SetMark;
import io.wgj.netlink.nftables.Expression.SetPayload;
import io.wgj.netlink.nftables.Expression.SourceKind;
import io.wgj.netlink.nftables.Expression.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Builds a rule; each method is the part of a line of nft(8) that its comment shows.
public final class RuleBuilder {
    private static final int IPPROTO_UDP = 17;
    /// An address of this host (linux/rtnetlink.h).
    private static final int RTN_LOCAL = 2;

    private final TableFamily family;
    private final String chain;
    private final List<Expression> expressions = new ArrayList<>();

    /// @param family of the table: in `inet`, a comparison of addresses compares their family first
    public RuleBuilder(TableFamily family, String chain) {
        this.family = family;
        this.chain = chain;
    }

    /// `iifname != "NAME"`
    public RuleBuilder inputLinkIsNot(String name) {
        return add(new Meta(MetaKey.INPUT_LINK_NAME)).add(new Compare(false, RegisterValue.ofLinkName(name)));
    }

    /// `ip daddr ADDRESS`
    public RuleBuilder destinationIs(IpAddress address) {
        return ofFamily(address.family())
                .add(new Payload(PacketField.destination(address.family())))
                .add(new Compare(true, RegisterValue.of(address)));
    }

    /// `fib saddr type != local`
    public RuleBuilder sourceIsNotLocal() {
        return add(new SourceKind()).add(new Compare(false, RegisterValue.nativeOrder(RTN_LOCAL)));
    }

    /// `ip saddr @SET`
    public RuleBuilder sourceIsIn(AddressSet set) {
        return ofFamily(set.family())
                .add(new Payload(PacketField.source(set.family())))
                .add(new Lookup(set.name(), set.id()));
    }

    /// `meta l4proto udp`
    public RuleBuilder isUdp() {
        return udp(true);
    }

    /// `meta l4proto != udp`
    public RuleBuilder isNotUdp() {
        return udp(false);
    }

    private RuleBuilder udp(boolean equal) {
        return add(new Meta(MetaKey.TRANSPORT_PROTOCOL)).add(new Compare(equal, RegisterValue.ofByte(IPPROTO_UDP)));
    }

    /// `udp dport != PORT`: does not match other protocols.
    ///
    /// @param port 0 to 65535
    public RuleBuilder udpPortIsNot(int port) {
        return isUdp().add(new Payload(PacketField.DESTINATION_PORT))
                .add(new Compare(false, RegisterValue.networkOrder((short) port)));
    }

    /// `meta mark MARK`
    public RuleBuilder markIs(int mark) {
        return add(new Meta(MetaKey.MARK)).add(new Compare(true, RegisterValue.nativeOrder(mark)));
    }

    /// `meta mark set ct mark`
    public RuleBuilder restoreMark() {
        return add(new ConnectionMark()).add(new SetMark());
    }

    /// `ct mark set meta mark`
    public RuleBuilder saveMark() {
        return add(new Meta(MetaKey.MARK)).add(new SetConnectionMark());
    }

    /// `ip saddr set ADDRESS`: for packets of that family.
    public RuleBuilder setSource(IpAddress address) {
        return ofFamily(address.family())
                .add(new Load(RegisterValue.of(address)))
                .add(new SetPayload(PacketField.source(address.family())));
    }

    /// `accept`
    public Rule accept() {
        return add(new Verdict(true)).build();
    }

    /// `drop`
    public Rule drop() {
        return add(new Verdict(false)).build();
    }

    /// Ends the rule without a verdict: the packet goes on to the next rule.
    public Rule build() {
        return new Rule(chain, expressions);
    }

    private RuleBuilder ofFamily(IpFamily wanted) {
        return family == TableFamily.INET
                ? add(new Meta(MetaKey.NETWORK_PROTOCOL)).add(new Compare(true, RegisterValue.ofByte(wanted.number())))
                : this;
    }

    private RuleBuilder add(Expression expression) {
        expressions.add(expression);
        return this;
    }
}
