// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import java.util.List;
import java.util.Optional;

/// Finds the configuration files of interfaces and reads them.
public interface SettingsSource {
    /// What was found.
    ///
    /// @param settings to use from now on; empty to keep those from before
    /// @param problems sentences to report, with line and column where a file has them
    record Found(Optional<InterfaceSettings> settings, List<String> problems) {
        public Found {
            problems = List.copyOf(problems);
        }
    }

    /// Looks whether another file is in use than at the last call for this interface.
    ///
    /// @param again reads the file even when it is the same one
    /// @return empty when nothing has to be read
    Optional<Found> look(FoundInterface iface, boolean again);

    /// Forgets an interface that is gone.
    void forget(FoundInterface iface);

    /// The settings of a file whose interface is gone; those of no file when it cannot be read.
    InterfaceSettings lost(String path);
}
