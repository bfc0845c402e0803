// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.quick.model.Tunnel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is to be brought up, down or up to date.
///
/// @param tunnel the file's contents
/// @param configFile the file's resolved path, a byte a char; hooks find it in `CONFIG_FILE`; empty when it is lost and
///     the journal alone tells what to take down
/// @param configuration what wg reads in the file, names still to be resolved
/// @param saver writes the file anew, for `SaveConfig`
public record TunnelRequest(Tunnel tunnel, String configFile, Configuration configuration, Saver saver) {
    /// What the device is to get. Asked at most once a run, when the device is there: after `PreUp`.
    public interface Configuration {
        /// What `addconf` would send.
        DeviceUpdate resolve() throws RunException;

        /// What the whole file wants of a device that runs.
        ///
        /// @param known fingerprints of the endpoints that were applied last
        default Wanted wanted(DeviceState now, Set<Long> known) throws RunException {
            DeviceUpdate update = resolve();
            Set<PublicKey> endpoints = new HashSet<>();
            for (PeerUpdate peer : update.peers()) {
                if (!known.contains(fingerprint(peer.publicKey()))) {
                    endpoints.add(peer.publicKey());
                }
            }
            return new Wanted(update, endpoints, List.of());
        }

        /// What there is to say of `[Peer]` sections that have the interface's own key, which devices ignore.
        default List<String> remarksOn(PublicKey own) {
            return List.of();
        }

        /// What our own engine is to be told besides, everything mentioned; others are not told.
        default EngineOptions options() {
            return EngineOptions.NONE;
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

    /// What a file wants of a device that runs.
    ///
    /// @param update what `setconf` would send, but for names that are not looked up again
    /// @param endpoints the peers whose endpoint is sent where it differs from the device's; others stay where
    ///     they are, which they may have roamed to
    /// @param notes what the user should know
    public record Wanted(DeviceUpdate update, Set<PublicKey> endpoints, List<String> notes) {
        public Wanted {
            endpoints = Set.copyOf(endpoints);
            notes = List.copyOf(notes);
        }
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
        /// @param link what the link is called by now
        void save(InterfaceName link) throws RunException;
    }

    /// Whether there is a file, or only a journal.
    boolean hasFile() {
        return !configFile.isEmpty();
    }
}
