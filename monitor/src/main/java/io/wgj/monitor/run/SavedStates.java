// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps the saved state up to date. Where it cannot be written, the monitor goes on without.
final class SavedStates {
    private final StateStore store;
    private boolean isChanged = true;
    private boolean fails;

    SavedStates(StateStore store) {
        this.store = store;
    }

    /// What an earlier monitor of this boot has saved; nothing after a reboot.
    SavedState load(Consumer<String> complaint) {
        try {
            String text = store.read();
            Optional<SavedState> state = SavedStateText.parse(store.boot(), text);
            return state.orElse(SavedState.EMPTY);
        } catch (IOException failure) {
            complaint.accept("the state of the monitor before this one cannot be read: " + failure.getMessage()
                    + "; scripts may run again");
            return SavedState.EMPTY;
        }
    }

    void change() {
        isChanged = true;
    }

    boolean isChanged() {
        return isChanged;
    }

    /// Reports the first of several failures.
    void save(SavedState state, Consumer<String> complaint) {
        isChanged = false;
        try {
            store.write(SavedStateText.format(store.boot(), state));
            fails = false;
        } catch (IOException failure) {
            if (!fails) {
                fails = true;
                complaint.accept("the monitor's state is not saved: " + failure.getMessage()
                        + "; after a restart, scripts may run again");
            }
        }
    }
}
