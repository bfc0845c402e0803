// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.WordException;
import java.util.ArrayList;
import java.util.List;

/// Plans the `Route` and `Rule` lines of a file. A line without a protocol gets ours.
final class FileRoutes {
    private FileRoutes() {}

    static void plan(PlanBuilder builder) throws PlanException {
        for (Located<List<String>> words : builder.tunnel().section().routes()) {
            Route route = route(builder, words);
            builder.addRoute(route.protocol() == Route.PROTOCOL_BOOT ? route.withProtocol(Route.PROTOCOL_WGJ) : route);
        }
        for (Located<List<String>> words : builder.tunnel().section().rules()) {
            try {
                PolicyRule rule = IpRuleSyntax.parse(
                        expanded(builder, words), builder.snapshot().tables());
                builder.addRule(
                        rule.protocol() == Route.PROTOCOL_UNSPECIFIED ? rule.withProtocol(Route.PROTOCOL_WGJ) : rule);
            } catch (WordException e) {
                throw refused(words, Key.RULE, e);
            }
        }
    }

    /// The route of a `Route` line.
    static Route route(PlanBuilder builder, Located<List<String>> words) throws PlanException {
        try {
            return IpRouteSyntax.parse(
                    expanded(builder, words), builder.snapshot().tables());
        } catch (WordException e) {
            throw refused(words, Key.ROUTE, e);
        }
    }

    private static List<String> expanded(PlanBuilder builder, Located<List<String>> words) {
        List<String> expanded = new ArrayList<>();
        for (String word : words.value()) {
            expanded.add(builder.tunnel().expand(word));
        }
        return expanded;
    }

    private static PlanException refused(Located<List<String>> words, Key key, WordException e) {
        return new PlanException(1, words.place() + ": [Interface] " + key.text() + ": " + e.getMessage());
    }
}
