// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RareSelectors;
import java.util.Optional;

/// Decides whether a rule matches a packet. `not` inverts all selectors together.
final class RuleMatcher {
    /// The bits of a type of service that the rules of each family compare.
    private static final int IPV4_TOS = 0x1c;

    private static final int IPV6_TOS = 0xfc;

    private final HostIndex host;
    /// Older kernels compare the VRF device itself with `iif` and never match `oif`.
    private final boolean vrfNamesMeanMembers;

    RuleMatcher(HostIndex host) {
        this.host = host;
        vrfNamesMeanMembers = host.kernel().isAtLeast(6, 14);
    }

    boolean matches(PolicyRule rule, Flow flow) {
        return selects(rule, flow) != rule.inverted();
    }

    /// Whether a selector of the rule is one that this model does not compare.
    static boolean isBeyondUs(PolicyRule rule) {
        RareSelectors rare = rule.rare();
        return rare.dscp().isPresent()
                || rare.flowLabel().isPresent()
                || rare.sourcePortMask().isPresent()
                || rare.destinationPortMask().isPresent()
                || rare.tunnelId().isPresent()
                || rule.inverted() && rule.l3mdev();
    }

    private boolean selects(PolicyRule rule, Flow flow) {
        return isDevice(rule.inputDevice(), flow, false)
                && isDevice(rule.outputDevice(), flow, true)
                && hasMark(rule, flow)
                && rule.rare().tunnelId().isEmpty()
                && (!rule.l3mdev() || flow.vrf() != null)
                && isUser(rule, flow)
                && isTo(rule, flow)
                && isFrom(rule, flow)
                && hasTos(rule, flow)
                && (rule.ipProtocol().isEmpty() || rule.ipProtocol().getAsInt() == flow.protocol())
                && isPort(rule.sourcePorts(), flow.sourcePort())
                && isPort(rule.destinationPorts(), flow.destinationPort());
    }

    private boolean isDevice(Optional<String> name, Flow flow, boolean leaving) {
        if (name.isEmpty()) {
            return true;
        }
        String wanted = name.get();
        String actual = leaving ? flow.output() : flow.input();
        if (vrfNamesMeanMembers && host.isVrf(wanted)) {
            actual = flow.bound() == leaving ? flow.vrf() : null;
        }
        return wanted.equals(actual) && host.exists(wanted);
    }

    private static boolean hasMark(PolicyRule rule, Flow flow) {
        if (rule.mark().isEmpty()) {
            return true;
        }
        PolicyRule.Mark mark = rule.mark().get();
        return ((mark.value() ^ flow.mark()) & mark.mask()) == 0;
    }

    private static boolean isUser(PolicyRule rule, Flow flow) {
        if (rule.userIds().isEmpty()) {
            return true;
        }
        PolicyRule.UserIds ids = rule.userIds().get();
        return Integer.compareUnsigned(ids.first(), flow.uid()) <= 0
                && Integer.compareUnsigned(flow.uid(), ids.last()) <= 0;
    }

    private static boolean isTo(PolicyRule rule, Flow flow) {
        return rule.to().isEmpty() || rule.to().get().contains(flow.destination());
    }

    /// Before a packet has a source, IPv4 compares 0.0.0.0, and IPv6 matches no `from` at all.
    private static boolean isFrom(PolicyRule rule, Flow flow) {
        if (rule.from().isEmpty() || rule.from().get().length() == 0) {
            return true;
        }
        IpPrefix from = rule.from().get();
        return (flow.family() == IpFamily.V4 || flow.hasSource()) && from.contains(flow.source());
    }

    private static boolean hasTos(PolicyRule rule, Flow flow) {
        int compared = flow.tos() & (flow.family() == IpFamily.V4 ? IPV4_TOS : IPV6_TOS);
        return rule.typeOfService() == 0 || rule.typeOfService() == compared;
    }

    private static boolean isPort(Optional<PolicyRule.Ports> ports, int port) {
        return ports.isEmpty()
                || ports.get().first() <= port && port <= ports.get().last();
    }
}
