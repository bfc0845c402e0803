// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.io.Train;
import org.jspecify.annotations.Nullable;

/// Tells the core what of a train was genuine and new. For one thread; allocates when a peer has moved, only then.
final class SessionTally {
    private final DeviceCore core;

    /// The session that the train at hand has been about so far; its messages not yet told to the core follow.
    private @Nullable Keypair session;

    private boolean told;
    private long bytes;
    private boolean carriesPackets;

    SessionTally(DeviceCore core) {
        this.core = core;
    }

    /// The first valid message of a session in a train is told at once: it may be what confirms the session, and an
    /// answer to its packet must find it confirmed. The others are told together.
    ///
    /// @param length of the message
    /// @param packet whether it is more than a keepalive
    void accepted(Keypair keypair, Train train, int length, boolean packet, long now) {
        if (keypair != session) {
            leave(train, now);
            session = keypair;
        }
        bytes += length;
        carriesPackets |= packet;
        if (!told) {
            told = true;
            tell(keypair, train, now);
        }
    }

    /// The train has nothing more.
    void leave(Train train, long now) {
        Keypair keypair = session;
        if (keypair != null && bytes > 0) {
            tell(keypair, train, now);
        }
        session = null;
        told = false;
    }

    private void tell(Keypair keypair, Train train, long now) {
        UdpFlow flow = keypair.peer().flow();
        boolean moved = flow == null || !train.sameAs(flow);
        core.received(keypair, now, bytes, carriesPackets, moved ? train.toFlow() : null);
        bytes = 0;
        carriesPackets = false;
    }
}
