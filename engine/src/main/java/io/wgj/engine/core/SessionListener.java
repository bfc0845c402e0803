// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import org.jspecify.annotations.Nullable;

/// Takes what happens to sessions and endpoints, beside the events of handshakes that a [HandshakeListener]
/// takes. RX and CONTROL call it, so it may neither wait nor call back.
public interface SessionListener {
    /// No listener.
    SessionListener NONE = new SessionListener() {
        @Override
        public boolean isListening() {
            return false;
        }

        @Override
        public void completed(PublicKey peer, @Nullable UdpFlow with, boolean initiator) {}

        @Override
        public void moved(PublicKey peer, @Nullable UdpFlow before, UdpFlow now) {}
    };

    /// Whether it wants to be called now; a cheap question, asked each time.
    boolean isListening();

    /// Both sides have a new session.
    ///
    /// @param initiator whether this side began the handshake
    void completed(PublicKey peer, @Nullable UdpFlow with, boolean initiator);

    /// The peer's datagrams come from another endpoint.
    void moved(PublicKey peer, @Nullable UdpFlow before, UdpFlow now);
}
