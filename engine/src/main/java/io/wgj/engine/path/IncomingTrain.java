// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.dispatch.WorkItem;
import io.wgj.engine.io.Train;
import io.wgj.engine.noise.Messages;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A received train on its way from the socket to the TUN.
public final class IncomingTrain extends WorkItem<IncomingTrain> {
    private static final int MOST_MESSAGES = Train.CAPACITY / Messages.KEEPALIVE_LENGTH;

    final Train train = new Train();

    /// When it was received, in nanoseconds of the core's clock.
    long now;

    /// The session of each message; null for a message that is not to be delivered. Datagrams shorter than a
    /// keepalive are no messages, so there is room for all.
    private final @Nullable Keypair[] sessions = new Keypair[MOST_MESSAGES];

    private int messages;

    /// How many messages there are. All have the length of the train's segments, except that the last may be
    /// shorter.
    @Override
    public int messages() {
        return messages;
    }

    int offset(int message) {
        return message * train.segmentSize;
    }

    int length(int message) {
        return Math.min(train.segmentSize, train.length - offset(message));
    }

    @Nullable
    Keypair session(int message) {
        return sessions[message];
    }

    /// Marks the message as data of this session.
    void expect(int message, Keypair session) {
        sessions[message] = session;
        messages = Math.max(messages, message + 1);
    }

    /// Marks the message as not to be delivered.
    void drop(int message) {
        sessions[message] = null;
    }

    @Override
    public void forget() {
        Arrays.fill(sessions, 0, messages, null);
        messages = 0;
    }

    /// Makes this a train of one message, copied from another train.
    void copy(IncomingTrain other, int message, Keypair session) {
        train.copy(other.train, other.offset(message), other.length(message));
        now = other.now;
        expect(0, session);
    }
}
