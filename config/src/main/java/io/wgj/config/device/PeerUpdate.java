// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;

/// A change of one peer.
public sealed interface PeerUpdate {
    /// The key that identifies the peer.
    PublicKey publicKey();

    /// Removes the peer. An unknown peer is no error.
    record Remove(PublicKey publicKey) implements PeerUpdate {}

    /// Changes the settings that are mentioned.
    ///
    /// @param updateOnly whether to skip a peer that does not exist, rather than to create it
    record Put(PublicKey publicKey, boolean updateOnly, PeerSettings<Endpoint.Numeric> settings) implements PeerUpdate {
        /// Creates the peer if it does not exist, and changes nothing else.
        public Put(PublicKey publicKey) {
            this(publicKey, PeerSettings.NONE);
        }

        /// Changes the peer, or creates it with these settings.
        public Put(PublicKey publicKey, PeerSettings<Endpoint.Numeric> settings) {
            this(publicKey, false, settings);
        }

        /// Changes the peer if it exists.
        public static Put existing(PublicKey publicKey, PeerSettings<Endpoint.Numeric> settings) {
            return new Put(publicKey, true, settings);
        }
    }
}
