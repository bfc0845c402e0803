// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import io.wgj.config.net.IpAddress;
import io.wgj.monitor.model.ProbeStatus;
import java.time.Duration;
import java.util.Optional;

/// The requests and answers of one probe: when the next request is due, and what share of the last hundred was
/// lost. Has no clock. A request counts as lost once it was not answered for [#ANSWER_TIME]; an answer that
/// comes later still counts, and proves as much.
final class ProbeTrack {
    /// The requests that the loss is counted over.
    static final int REMEMBERED = 100;

    /// How soon an answer is expected, and how often requests are sent once one is unanswered.
    static final long ANSWER_TIME = 1_000_000_000L;

    private static final int SEQUENCES = 0x10000;
    private static final long NOT_SENT = Long.MIN_VALUE;
    private static final long NO_ANSWER = -1;

    private final IpAddress target;
    private final long every;
    /// By number modulo the length: when a request was sent, and the time until its answer.
    private final long[] sentAt = new long[REMEMBERED];

    private final long[] roundTrip = new long[REMEMBERED];
    private long sent;
    private long answered;
    private long first = NOT_SENT;
    private long latest = NO_ANSWER;
    /// The number of the latest request that was answered; -1 for none.
    private long latestAnswered = -1;

    /// @param every the usual time between two requests, in nanoseconds
    /// @param first when the first request is due
    ProbeTrack(IpAddress target, long every, long first) {
        this.target = target;
        this.every = every;
        this.first = first;
    }

    IpAddress target() {
        return target;
    }

    /// When the next request is due. A second after an unanswered request it is, however long the interval.
    long due() {
        if (sent == 0) {
            return first;
        }
        long last = sentAt[place(sent - 1)];
        boolean isOpen = latestAnswered < sent - 1;
        return last + (isOpen ? Math.min(every, ANSWER_TIME) : every);
    }

    /// Records a request and returns its sequence number.
    int send(long now) {
        int place = place(sent);
        sentAt[place] = now;
        roundTrip[place] = NO_ANSWER;
        sent++;
        return (int) ((sent - 1) % SEQUENCES);
    }

    /// Records an answer. Returns whether it answers a remembered request for the first time.
    boolean answer(int sequence, long now) {
        for (long number = sent - 1; number >= 0 && number >= sent - REMEMBERED; number--) {
            if (number % SEQUENCES == sequence) {
                int place = place(number);
                if (roundTrip[place] != NO_ANSWER) {
                    return false;
                }
                roundTrip[place] = Math.max(0, now - sentAt[place]);
                latest = roundTrip[place];
                latestAnswered = Math.max(latestAnswered, number);
                answered++;
                return true;
            }
        }
        return false;
    }

    private static int place(long number) {
        return (int) (number % REMEMBERED);
    }

    /// What the status of the peer shows.
    ProbeStatus status(long now) {
        int counted = 0;
        int lost = 0;
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (long number = sent - 1; number >= 0 && number >= sent - REMEMBERED; number--) {
            long time = roundTrip[place(number)];
            if (time != NO_ANSWER) {
                counted++;
                sum += time;
                least = Math.min(least, time);
                most = Math.max(most, time);
            } else if (now - sentAt[place(number)] >= ANSWER_TIME) {
                counted++;
                lost++;
            }
        }
        int answers = counted - lost;
        return new ProbeStatus(
                target,
                sent,
                answered,
                counted == 0 ? 0 : (double) lost / counted,
                latest == NO_ANSWER ? Optional.empty() : Optional.of(Duration.ofNanos(latest)),
                answers == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(least)),
                answers == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(sum / answers)),
                answers == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(most)));
    }
}
