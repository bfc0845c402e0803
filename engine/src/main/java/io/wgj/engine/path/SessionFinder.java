// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.io.Train;
import io.wgj.engine.noise.Messages;
import org.jspecify.annotations.Nullable;

/// Whose messages a train holds: mostly all are of one session, which then is looked up once. For one thread.
final class SessionFinder {
    private final DeviceCore core;
    private @Nullable Keypair session;
    private int index;

    SessionFinder(DeviceCore core) {
        this.core = core;
    }

    /// The session that the data message at `at` names; null (counted) when there is none, or when it may not come
    /// from where the train came from.
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

    /// The next train may come from elsewhere.
    void forget() {
        session = null;
    }
}
