// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.net.InterfaceName;
import java.util.Optional;

/// What the journals of a namespace say.
public final class Records {
    private Records() {}

    /// The interface's journal; empty where there is none, or only one of an earlier boot, which speaks of
    /// nothing that could still be there.
    public static Optional<Journal> present(StateFolder state, InterfaceName link) throws JournalException {
        return state.journal(link).read().filter(content -> content.isOf(state.boot()));
    }
}
