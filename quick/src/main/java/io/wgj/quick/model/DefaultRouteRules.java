// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;

/// The two policy rules that a tunnel's default route needs, as wg-quick adds them.
public final class DefaultRouteRules {
    private DefaultRouteRules() {}

    /// The first rule: packets without the mark use the tunnel's table, whose number is the mark.
    public static PolicyRule unmarked(IpFamily family, int mark) {
        return new PolicyRule.Builder(family)
                .inverted(true)
                .mark(mark)
                .table(mark)
                .protocol(Route.PROTOCOL_WGJ)
                .build();
    }

    /// The second rule: the main table is asked before that, except for its default route.
    public static PolicyRule mainWithoutDefault(IpFamily family) {
        return new PolicyRule.Builder(family)
                .table(TableNames.MAIN)
                .suppressPrefixLength(0)
                .protocol(Route.PROTOCOL_WGJ)
                .build();
    }

    /// Whether a rule is the first of the two. Its priority and its protocol do not matter.
    public static boolean isUnmarked(PolicyRule rule) {
        return bare(rule).equals(bare(unmarked(rule.family(), rule.table())));
    }

    /// Whether a rule is the second of the two. Its priority and its protocol do not matter.
    public static boolean isMainWithoutDefault(PolicyRule rule) {
        return bare(rule).equals(bare(mainWithoutDefault(rule.family())));
    }

    /// Whether a rule is one of the two.
    public static boolean isEither(PolicyRule rule) {
        return isUnmarked(rule) || isMainWithoutDefault(rule);
    }

    private static PolicyRule bare(PolicyRule rule) {
        return rule.withPriority(0).withProtocol(0);
    }
}
