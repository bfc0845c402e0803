// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.liveness.SavedLiveness;
import java.util.List;
import java.util.Optional;

/// What a monitor knows that its successor in the same boot needs, so that no event or script is repeated or
/// lost.
///
/// @param interfaces that were followed
/// @param hooks jobs that have not started, in their order, without their commands
record SavedState(List<SavedInterface> interfaces, List<HookJob> hooks) {
    static final SavedState EMPTY = new SavedState(List.of(), List.of());

    SavedState {
        interfaces = List.copyOf(interfaces);
        hooks = List.copyOf(hooks);
    }

    /// An interface that was followed.
    ///
    /// @param configFile the path of its file; empty when it has none
    record SavedInterface(int index, DeviceName name, Optional<String> configFile, List<SavedPeer> peers) {
        SavedInterface {
            peers = List.copyOf(peers);
        }
    }

    /// A peer of it.
    ///
    /// @param name of the peer, from the file
    /// @param endpoint as text; empty when it was unknown
    record SavedPeer(PublicKey key, Optional<String> name, String endpoint, SavedLiveness liveness) {}
}
