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

/// A tunnel to bring up, take down or reload.
///
/// @param tunnel the file's contents
/// @param configFile the file's resolved path, a byte a char, for the hooks' variable `CONFIG_FILE`; empty
///     when the file is lost and only the journal says what to undo
/// @param configuration what wg reads in the file, names still to be resolved
/// @param saver writes the file anew, for `SaveConfig`
public record TunnelRequest(Tunnel tunnel, String configFile, Configuration configuration, Saver saver) {
    /// The device's configuration. A run asks for it once at most, when the device exists, after `PreUp`.
    public interface Configuration {
        /// The update that `addconf` would send.
        DeviceUpdate resolve() throws RunException;

        /// The file's whole configuration for a running device.
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

        /// Remarks about `[Peer]` sections with the interface's own key, which devices ignore.
        default List<String> remarksOn(PublicKey own) {
            return List.of();
        }

        /// The options for our own engine, all of them set. Other implementations get none.
        default EngineOptions options() {
            return EngineOptions.NONE;
        }

        /// Whether the file makes the device listen on a port below 1024.
        default boolean hasLowPort() {
            return false;
        }

        /// A fingerprint of the key and the endpoint's text of each peer that has an endpoint. The journal
        /// keeps them, so that a later reload knows which texts have changed.
        Set<Long> endpointFingerprints();

        /// The fingerprint of one peer, as in [#endpointFingerprints]; undefined for a peer without an
        /// endpoint.
        long fingerprint(PublicKey peer);
    }

    /// A file's configuration for a running device.
    ///
    /// @param update what `setconf` would send, except for names that are not looked up again
    /// @param endpoints the peers whose endpoint is sent if it differs from the device's. Others keep the
    ///     endpoint that they may have roamed to
    /// @param notes what the user should know
    public record Wanted(DeviceUpdate update, Set<PublicKey> endpoints, List<String> notes) {
        public Wanted {
            endpoints = Set.copyOf(endpoints);
            notes = List.copyOf(notes);
        }
    }

    /// No configuration, for runs that only inspect or remove.
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

    /// Writes the configuration file from the device's state.
    @FunctionalInterface
    public interface Saver {
        /// @param link the link's present name
        void save(InterfaceName link) throws RunException;
    }

    /// The file's path if a later process finds the same file there; empty for standard input and the like.
    String lastingFile() {
        return configFile.startsWith("/dev/") || configFile.startsWith("/proc/") ? "" : configFile;
    }

    /// Whether there is a file, or only a journal.
    boolean hasFile() {
        return !configFile.isEmpty();
    }
}
