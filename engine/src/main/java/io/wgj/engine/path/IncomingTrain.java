// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Keypair;
import io.wgj.engine.dispatch.WorkItem;
import io.wgj.engine.io.Train;
import io.wgj.engine.noise.Messages;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A train on its way from the socket to the TUN.
public final class IncomingTrain extends WorkItem<IncomingTrain> {
    private static final int MOST_MESSAGES = Train.CAPACITY / Messages.KEEPALIVE_LENGTH;

    final Train train = new Train();

    /// When it came, in nanoseconds of the core's clock.
    long now;

    /// By message: the session it is of; null for what is not, or no more, to be delivered. Shorter datagrams than
    /// a keepalive are no messages, so there is room for all.
    private final @Nullable Keypair[] sessions = new Keypair[MOST_MESSAGES];

    private int messages;

    /// Messages are numbered from 0 up to this, all but the last as long as the train's segments.
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

    /// The message is data, of this session.
    void expect(int message, Keypair session) {
        sessions[message] = session;
        messages = Math.max(messages, message + 1);
    }

    /// The message is not to be delivered.
    void drop(int message) {
        sessions[message] = null;
    }

    @Override
    public void forget() {
        Arrays.fill(sessions, 0, messages, null);
        messages = 0;
    }

    /// Becomes one message of another train.
    void copy(IncomingTrain other, int message, Keypair session) {
        train.copy(other.train, other.offset(message), other.length(message));
        now = other.now;
        expect(0, session);
    }
}
