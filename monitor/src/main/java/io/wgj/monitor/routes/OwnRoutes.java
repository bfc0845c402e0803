// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.routes;

import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.quick.run.OwnRouting;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TableFiles;
import java.io.IOException;

/// Routes and rules that tunnels have added and now lack. A port: [RemovalService] is tested without tunnels. Its
/// methods may wait.
public interface OwnRoutes {
    /// Compares what the tunnels have added with what is there.
    OwnRouting.Look look() throws IOException;

    /// The route as ip(8) takes it.
    String text(Route route);

    /// The rule as ip(8) takes it.
    String text(PolicyRule rule);

    /// Those of the calling thread's network namespace.
    static OwnRoutes linux() {
        OwnRouting routing = new OwnRouting();
        return new OwnRoutes() {
            @Override
            public OwnRouting.Look look() throws IOException {
                try {
                    return routing.look();
                } catch (RunException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
            }

            @Override
            public String text(Route route) {
                return IpRouteSyntax.format(route, new TableFiles());
            }

            @Override
            public String text(PolicyRule rule) {
                return IpRuleSyntax.format(rule, new TableFiles());
            }
        };
    }
}
