// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.Optional;
import java.util.OptionalInt;

/// A rule that decides in which routing table a packet is looked up.
///
/// @param family the version of IP of the packets
/// @param priority 32 bits unsigned, lower is earlier; empty lets the kernel choose (a rule that was read has
///     one)
/// @param inverted whether it matches packets that its selectors do not match (`not`)
/// @param from the source; empty for any
/// @param to the destination; empty for any
/// @param inputDevice the name of the link that a packet arrived on, a byte a char; `lo` for packets of this
///     host
/// @param outputDevice the name of the link that the socket is bound to
/// @param mark empty for any
/// @param typeOfService 0 for any
/// @param userIds empty for any
/// @param ipProtocol 0 to 255; empty for any
/// @param sourcePorts empty for any
/// @param destinationPorts empty for any
/// @param l3mdev whether the table is that of the link's VRF; `table` is 0 then
/// @param rare selectors that few rules have
/// @param action what the rule does
/// @param table 32 bits unsigned; 0 for actions without one
/// @param gotoPriority the priority at which `GOTO` continues
/// @param suppressPrefixLength routes with a prefix of at most this length are ignored; empty to ignore none
/// @param protocol the creator, 0 (unspecified) to 255
public record PolicyRule(
        IpFamily family,
        OptionalInt priority,
        boolean inverted,
        Optional<IpPrefix> from,
        Optional<IpPrefix> to,
        Optional<String> inputDevice,
        Optional<String> outputDevice,
        Optional<Mark> mark,
        int typeOfService,
        Optional<UserIds> userIds,
        OptionalInt ipProtocol,
        Optional<Ports> sourcePorts,
        Optional<Ports> destinationPorts,
        boolean l3mdev,
        RareSelectors rare,
        RuleAction action,
        int table,
        OptionalInt gotoPriority,
        OptionalInt suppressPrefixLength,
        int protocol) {
    /// @param value 32 bits
    /// @param mask the bits that count; all by default
    public record Mark(int value, int mask) {}

    /// @param first 32 bits unsigned
    /// @param last 32 bits unsigned, itself included
    public record UserIds(int first, int last) {}

    /// @param first 0 to 65535
    /// @param last itself included
    public record Ports(int first, int last) {}

    /// Whether a kernel may accept the rule and ignore a part of it. Older kernels ignore selectors that they
    /// do not know, and the rule would match more than it says.
    boolean mayBeCut() {
        return l3mdev || !rare.equals(RareSelectors.NONE);
    }

    /// The same rule with another protocol.
    public PolicyRule withProtocol(int newProtocol) {
        return new Builder(this).protocol(newProtocol).build();
    }

    /// The same rule at this priority.
    public PolicyRule withPriority(int newPriority) {
        return new Builder(this).priority(newPriority).build();
    }

    /// The same rule at a priority that the kernel chooses.
    PolicyRule withoutPriority() {
        return new Builder(this).anyPriority().build();
    }

    /// Builds a rule. It starts as one that matches everything and looks up the main table.
    public static final class Builder {
        private final IpFamily family;
        private OptionalInt priority = OptionalInt.empty();
        private boolean inverted;
        private Optional<IpPrefix> from = Optional.empty();
        private Optional<IpPrefix> to = Optional.empty();
        private Optional<String> inputDevice = Optional.empty();
        private Optional<String> outputDevice = Optional.empty();
        private Optional<Mark> mark = Optional.empty();
        private int typeOfService;
        private Optional<UserIds> userIds = Optional.empty();
        private OptionalInt ipProtocol = OptionalInt.empty();
        private Optional<Ports> sourcePorts = Optional.empty();
        private Optional<Ports> destinationPorts = Optional.empty();
        private boolean l3mdev;
        private RareSelectors rare = RareSelectors.NONE;
        private RuleAction action = RuleAction.TO_TABLE;
        private int table = TableNames.MAIN;
        private OptionalInt gotoPriority = OptionalInt.empty();
        private OptionalInt suppressPrefixLength = OptionalInt.empty();
        private int protocol = Route.PROTOCOL_UNSPECIFIED;

        public Builder(IpFamily family) {
            this.family = family;
        }

        Builder(PolicyRule rule) {
            family = rule.family;
            priority = rule.priority;
            inverted = rule.inverted;
            from = rule.from;
            to = rule.to;
            inputDevice = rule.inputDevice;
            outputDevice = rule.outputDevice;
            mark = rule.mark;
            typeOfService = rule.typeOfService;
            userIds = rule.userIds;
            ipProtocol = rule.ipProtocol;
            sourcePorts = rule.sourcePorts;
            destinationPorts = rule.destinationPorts;
            l3mdev = rule.l3mdev;
            rare = rule.rare;
            action = rule.action;
            table = rule.table;
            gotoPriority = rule.gotoPriority;
            suppressPrefixLength = rule.suppressPrefixLength;
            protocol = rule.protocol;
        }

        public Builder priority(int value) {
            priority = OptionalInt.of(value);
            return this;
        }

        Builder anyPriority() {
            priority = OptionalInt.empty();
            return this;
        }

        public Builder inverted(boolean value) {
            inverted = value;
            return this;
        }

        public Builder from(IpPrefix value) {
            from = Optional.of(value);
            return this;
        }

        public Builder to(IpPrefix value) {
            to = Optional.of(value);
            return this;
        }

        public Builder inputDevice(String value) {
            inputDevice = Optional.of(value);
            return this;
        }

        public Builder outputDevice(String value) {
            outputDevice = Optional.of(value);
            return this;
        }

        /// Matches a mark with all its bits.
        public Builder mark(int value) {
            return mark(new Mark(value, -1));
        }

        public Builder mark(Mark value) {
            mark = Optional.of(value);
            return this;
        }

        public Builder typeOfService(int value) {
            typeOfService = value;
            return this;
        }

        public Builder userIds(UserIds value) {
            userIds = Optional.of(value);
            return this;
        }

        public Builder ipProtocol(int value) {
            ipProtocol = OptionalInt.of(value);
            return this;
        }

        public Builder sourcePorts(Ports value) {
            sourcePorts = Optional.of(value);
            return this;
        }

        public Builder destinationPorts(Ports value) {
            destinationPorts = Optional.of(value);
            return this;
        }

        /// Makes the rule look up the table of the link's VRF.
        public Builder l3mdev() {
            l3mdev = true;
            return table(0);
        }

        public Builder rare(RareSelectors value) {
            rare = value;
            return this;
        }

        RareSelectors rare() {
            return rare;
        }

        /// Sets an action without a table.
        public Builder action(RuleAction value) {
            action = value;
            table = 0;
            return this;
        }

        public Builder table(int value) {
            action = RuleAction.TO_TABLE;
            table = value;
            return this;
        }

        public Builder gotoPriority(int value) {
            gotoPriority = OptionalInt.of(value);
            return action(RuleAction.GOTO);
        }

        public Builder suppressPrefixLength(int value) {
            suppressPrefixLength = OptionalInt.of(value);
            return this;
        }

        public Builder protocol(int value) {
            protocol = value;
            return this;
        }

        public PolicyRule build() {
            return new PolicyRule(
                    family,
                    priority,
                    inverted,
                    from,
                    to,
                    inputDevice,
                    outputDevice,
                    mark,
                    typeOfService,
                    userIds,
                    ipProtocol,
                    sourcePorts,
                    destinationPorts,
                    l3mdev,
                    rare,
                    action,
                    table,
                    gotoPriority,
                    suppressPrefixLength,
                    protocol);
        }
    }
}
