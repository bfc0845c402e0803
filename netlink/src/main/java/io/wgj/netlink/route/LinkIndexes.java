// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Finds names of links by index and indexes by name. It caches the answers: ten thousand routes have few
/// devices.
final class LinkIndexes {
    private final RouteNetlink links;
    private final Map<String, Integer> indexes = new HashMap<>();
    private @Nullable Map<Integer, String> names;

    LinkIndexes(RouteNetlink links) {
        this.links = links;
    }

    /// An action on a link's index.
    @FunctionalInterface
    interface Use {
        void of(int index) throws NetlinkException;
    }

    /// Runs `use` with the index of the link called `name`. A link may have been deleted and created again
    /// since it was cached and have another index; so `ENODEV` leads to a second look-up. Without such a
    /// link, [NetlinkException#missingLink] names it.
    void with(String name, Use use) throws NetlinkException {
        Integer remembered = indexes.get(name);
        if (remembered != null) {
            try {
                use.of(remembered);
                return;
            } catch (NetlinkException e) {
                if (!e.errno().is(Errno.ENODEV)) {
                    throw e;
                }
                indexes.remove(name);
            }
        }
        int index = links.existing(name).index();
        use.of(index);
        indexes.put(name, index);
    }

    /// The index of the link called `name`, looked up again; [NetlinkException#missingLink] names it when
    /// there is none.
    int existing(String name) throws NetlinkException {
        return links.existing(name).index();
    }

    /// The current names of all links.
    Names namesOfNow() throws NetlinkException {
        return names(links.links());
    }

    /// The names of these links.
    Names names(List<Link> all) {
        Map<Integer, String> fresh = HashMap.newHashMap(all.size());
        for (Link link : all) {
            fresh.put(link.index(), link.name());
        }
        names = fresh;
        return new Names(fresh);
    }

    /// The names of the last look-up, or of a first one now.
    Names rememberedNames() throws NetlinkException {
        return names == null ? namesOfNow() : new Names(names);
    }

    /// Names at one moment. A link that did not exist then is called `if7`, as by ip(8).
    static final class Names implements IntFunction<String> {
        private final Map<Integer, String> byIndex;
        private boolean missedOne;

        private Names(Map<Integer, String> byIndex) {
            this.byIndex = byIndex;
        }

        @Override
        public String apply(int index) {
            String name = byIndex.get(index);
            missedOne |= name == null;
            return name == null ? "if" + index : name;
        }

        /// Whether an index was asked for that has no name here.
        boolean missedOne() {
            return missedOne;
        }
    }
}
