// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Lists of prefixes as a drawing shows them.
final class Prefixes {
    /// As many as a line of a drawing holds.
    static final int FEW = 3;

    private Prefixes() {}

    /// All of them: `10.0.0.0/24, fd00::/64`; `nothing` for none.
    static String all(Collection<IpPrefix> prefixes) {
        return few(prefixes, Integer.MAX_VALUE);
    }

    /// The first `count`, and how many more there are: `10.0.0.0/24, 10.1.0.0/24 + 7 more`.
    static String few(Collection<IpPrefix> prefixes, int count) {
        if (prefixes.isEmpty()) {
            return "nothing";
        }
        List<String> texts = new ArrayList<>();
        for (IpPrefix prefix : prefixes) {
            if (texts.size() < count) {
                texts.add(prefix.text());
            }
        }
        int more = prefixes.size() - texts.size();
        return String.join(", ", texts) + (more == 0 ? "" : " + " + more + " more");
    }
}
