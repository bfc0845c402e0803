// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.io.Train;
import org.jspecify.annotations.Nullable;

/// Reports to the core which messages of a train were valid. For one thread. It allocates only when a peer
/// has moved.
final class SessionTally {
    private final DeviceCore core;

    /// The session of the messages that are not yet reported.
    private @Nullable Keypair session;

    private boolean reported;
    private long bytes;
    private boolean carriesPackets;

    SessionTally(DeviceCore core) {
        this.core = core;
    }

    /// Adds a valid message. The first one of a session in a train is reported at once: it may confirm the
    /// session, and an answer to its packet must find the session confirmed. The others are reported
    /// together.
    ///
    /// @param length of the message
    /// @param packet whether the message is more than a keepalive
    void accepted(Keypair keypair, Train train, int length, boolean packet, long now) {
        if (keypair != session) {
            leave(train, now);
            session = keypair;
        }
        bytes += length;
        carriesPackets |= packet;
        if (!reported) {
            reported = true;
            report(keypair, train, now);
        }
    }

    /// Reports the rest at the end of a train.
    void leave(Train train, long now) {
        Keypair keypair = session;
        if (keypair != null && bytes > 0) {
            report(keypair, train, now);
        }
        session = null;
        reported = false;
    }

    private void report(Keypair keypair, Train train, long now) {
        UdpFlow flow = keypair.peer().flow();
        boolean moved = flow == null || !train.sameAs(flow);
        core.received(keypair, now, bytes, carriesPackets, moved ? train.toFlow() : null);
        bytes = 0;
        carriesPackets = false;
    }
}
