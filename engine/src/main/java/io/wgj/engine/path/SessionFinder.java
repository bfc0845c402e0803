// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.io.Train;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// Finds the sessions of a train's messages. Usually all belong to one session, which is then looked up once.
/// For one thread.
final class SessionFinder {
    private final DeviceCore core;
    private @Nullable Keypair session;
    private int index;

    SessionFinder(DeviceCore core) {
        this.core = core;
    }

    /// The session of the data message at `at`. Null, counted as a drop, when there is none or when the peer
    /// may not send from the train's source address.
    @Nullable
    Keypair find(Train train, int at, long now) {
        int named = Messages.dataReceiver(train.data, at);
        if (session == null || named != index) {
            session = null;
            Keypair found = core.keypair(named, now);
            if (found == null || !core.mayArriveFrom(found.peer(), train.ipv6, train.remoteHigh, train.remoteLow)) {
                return null;
            }
            session = found;
            index = named;
        }
        return session;
    }

    /// Forgets the session: the next train may have another source address.
    void forget() {
        session = null;
    }
}
