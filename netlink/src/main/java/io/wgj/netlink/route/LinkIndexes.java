// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Names of links for their indexes and back. Remembers what it was told: ten thousand routes have few devices.
final class LinkIndexes {
    private final RouteNetlink links;
    private final Map<String, Integer> known = new HashMap<>();

    LinkIndexes(RouteNetlink links) {
        this.links = links;
    }

    /// What is to be done with a link's index.
    @FunctionalInterface
    interface Use {
        void of(int index) throws NetlinkException;
    }

    /// Uses the index of the link called `name`. A link may have been deleted and made again since it was asked for,
    /// and has another index then; so `ENODEV` makes us ask once more. `ENODEV` comes out when there is none.
    void with(String name, Use use) throws NetlinkException {
        Integer remembered = known.get(name);
        if (remembered != null) {
            try {
                use.of(remembered);
                return;
            } catch (NetlinkException e) {
                if (!e.errno().is(Errno.ENODEV)) {
                    throw e;
                }
                known.remove(name);
            }
        }
        int index = links.existing(name).index();
        use.of(index);
        known.put(name, index);
    }

    /// The index of the link called `name`, asked anew; `ENODEV` when there is none.
    int existing(String name) throws NetlinkException {
        return links.existing(name).index();
    }

    /// The names of all links of now; a link that is made later is called as ip(8) calls it, `if7`.
    IntFunction<String> names() throws NetlinkException {
        List<Link> all = links.links();
        Map<Integer, String> names = HashMap.newHashMap(all.size());
        for (Link link : all) {
            names.put(link.index(), link.name());
        }
        return index -> {
            String name = names.get(index);
            return name == null ? "if" + index : name;
        };
    }
}
