// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import java.util.Optional;

/// What the journals of a namespace say.
final class Records {
    private Records() {}

    /// The interface's journal; empty where there is none, or only one of an earlier boot, which speaks of
    /// nothing that could still be there.
    static Optional<JournalContent> present(StateFolder state, InterfaceName link) throws JournalException {
        return state.journal(link).read().filter(content -> content.isOf(state.boot()));
    }
}
