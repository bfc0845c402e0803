// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.quick.plan.Tunnel;
import java.util.Set;

/// What is to be brought up, down or up to date.
///
/// @param tunnel the file's contents
/// @param configFile the file's resolved path, a byte a char; hooks find it in `CONFIG_FILE`
/// @param configuration what wg reads in the file, names still to be resolved
/// @param saver writes the file anew, for `SaveConfig`
public record Job(Tunnel tunnel, String configFile, Configuration configuration, Saver saver) {
    /// What the device is to get. Asked at most once a run, when the device is there: after `PreUp`.
    public interface Configuration {
        /// What `addconf` (or, for a reload, `setconf`) would send.
        DeviceUpdate resolve() throws RunException;

        /// A fingerprint of each peer's key and endpoint text, by which a later reload knows those that changed. No
        /// keys: they end up in a journal.
        Set<Long> endpointFingerprints();
    }

    /// Writes the configuration file from what is.
    @FunctionalInterface
    public interface Saver {
        void save() throws RunException;
    }
}
