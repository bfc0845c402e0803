// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;

/// Rules and tables in the words of `ip rule list` and `ip route list`.
public final class Wording {
    private Wording() {}

    /// `32766`.
    public static String priority(PolicyRule rule) {
        return Integer.toUnsignedString(rule.priority().orElse(0));
    }

    /// `main`, `51820`.
    public static String table(int number) {
        return TableNames.STANDARD.text(number);
    }

    /// A rule without its priority: `not from all fwmark 0xca6c lookup 51820`.
    public static String rule(PolicyRule rule) {
        String command = IpRuleSyntax.format(rule.withProtocol(Route.PROTOCOL_UNSPECIFIED), TableNames.STANDARD);
        String words = (" " + command + " ")
                .replace(" priority " + priority(rule) + " ", " ")
                .replace(" table ", " lookup ")
                .replace(" l3mdev ", " l3mdev lookup [VRF's table] ")
                .strip();
        if (rule.from().isPresent()) {
            return words;
        }
        return rule.inverted() ? "not from all " + words.substring("not ".length()) : "from all " + words;
    }
}
