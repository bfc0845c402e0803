// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.engine.uapi.EngineExtras;
import io.wgj.quick.plan.Tunnel;
import java.util.List;
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

        /// What our own engine is to be told besides, everything mentioned; others are not told.
        default EngineExtras extras() {
            return EngineExtras.NONE;
        }

        /// Whether the device is going to listen on a port below 1024, as far as the file tells.
        default boolean hasLowPort() {
            return false;
        }

        /// A fingerprint of each peer's key and the text of its endpoint, for peers that have one. They end up in a
        /// journal, by which a later reload knows the texts that changed.
        Set<Long> endpointFingerprints();

        /// That of one peer, as [#endpointFingerprints] has it; anything for a peer without an endpoint.
        long fingerprint(PublicKey peer);
    }

    /// For who only wants to look, or to take away.
    public static final class NoConfiguration implements Configuration {
        @Override
        public DeviceUpdate resolve() {
            return DeviceUpdate.ofPeers(List.of());
        }

        @Override
        public Set<Long> endpointFingerprints() {
            return Set.of();
        }

        @Override
        public long fingerprint(PublicKey peer) {
            return 0;
        }
    }

    /// Writes the configuration file from what is.
    @FunctionalInterface
    public interface Saver {
        void save() throws RunException;
    }
}
