// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.List;

/// Where a rule goes that says nothing about it.
final class RulePriorities {
    /// Of the rules for encrypted packets: before every default route's rules, with room before them.
    static final int UNDERLAY = 4999;

    private RulePriorities() {}

    /// One before the second rule, which is what the kernel chooses (`fib_default_rule_pref`); said aloud, because a
    /// journal has to know it before the deed. Underlays of ours do not count: a default route's rules before them
    /// would send encrypted packets into the tunnel.
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
