// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.List;

/// The priorities of rules that do not name one.
final class RulePriorities {
    /// The priority of rules for encrypted packets: before the rules of every default route, with room before
    /// them.
    static final int UNDERLAY = 4999;

    private RulePriorities() {}

    /// The priority that the kernel would choose (`fib_default_rule_pref`): one before the second rule. It is
    /// chosen here because the journal records it before the step is performed. Rules for encrypted packets
    /// do not count: a default route's rules before them would send encrypted packets into the tunnel.
    static int next(List<PolicyRule> rules, IpFamily family) {
        long first = Long.MAX_VALUE;
        long second = Long.MAX_VALUE;
        for (PolicyRule rule : rules) {
            if (rule.family() == family && !isUnderlay(rule)) {
                long priority = Integer.toUnsignedLong(rule.priority().orElse(0));
                second = Math.min(second, Math.max(first, priority));
                first = Math.min(first, priority);
            }
        }
        return second == Long.MAX_VALUE || second == 0 ? 0 : (int) (second - 1);
    }

    static boolean isUnderlay(PolicyRule rule) {
        return rule.protocol() == Route.PROTOCOL_WGJ && rule.priority().orElse(0) == UNDERLAY;
    }
}
