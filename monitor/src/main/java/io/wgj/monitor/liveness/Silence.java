// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import org.jspecify.annotations.Nullable;

/// What is missing since the peer was last heard: each expected answer that a living far end would have sent.
final class Silence {
    private static final long NOT_SET = Long.MAX_VALUE;

    /// Unanswered traffic counts at most this much: it fails together, when a host behind the peer dies or
    /// sessions cross.
    private static final int TRAFFIC_TOGETHER = 10;

    /// The least silence before a verdict.
    private static final long LEAST = 20 * Timing.SECOND;

    /// After this long, unanswered data is worth a closer look.
    private static final long LONG_UNANSWERED = 10 * Timing.SECOND;

    private final PendingTries pending = new PendingTries();
    private @Nullable Questions questions; // made with the first unanswered data: most peers never need it
    private long began;
    private long firstQuestionAt = NOT_SET;
    private long passiveKeepaliveDue = NOT_SET;
    private long impliedCallDue = NOT_SET;
    private int missing; // calls, knocks and passive keepalives
    private int unansweredTraffic;
    private int unansweredCalls;
    private boolean hiddenCalls; // traffic since the last call that was too heavy to show one
    private boolean dataSent;

    /// The peer was heard, or what was missing says nothing any more.
    void end(long now) {
        pending.clear();
        if (questions != null) {
            questions.clear();
        }
        began = now;
        firstQuestionAt = NOT_SET;
        passiveKeepaliveDue = NOT_SET;
        impliedCallDue = NOT_SET;
        missing = 0;
        unansweredTraffic = 0;
        unansweredCalls = 0;
        hiddenCalls = false;
        dataSent = false;
    }

    /// Data was sent, and nothing was heard in the same sample.
    void dataSent(long bytes, long now) {
        dataSent = true;
        if (questions == null) {
            questions = new Questions();
        }
        questions.add(now, bytes);
        firstQuestionAt = Math.min(firstQuestionAt, now);
        if (passiveKeepaliveDue == NOT_SET) {
            passiveKeepaliveDue = now + Timing.PASSIVE_KEEPALIVE;
        }
        if (impliedCallDue == NOT_SET) {
            impliedCallDue = now + Timing.FIRST_CALL;
        }
    }

    void callSeen(long now) {
        impliedCallDue = now + Timing.NEXT_CALL;
        hiddenCalls = false;
    }

    void heavyTraffic() {
        hiddenCalls = true;
    }

    /// Whether WireGuard must have called by now, in traffic too heavy to show it.
    boolean callIsImplied(long now) {
        if (now < impliedCallDue) {
            return false;
        }
        boolean implied = hiddenCalls;
        impliedCallDue = now + Timing.NEXT_CALL;
        hiddenCalls = false;
        return implied;
    }

    void awaitAnswers(int rounds, long now) {
        if (rounds > 0) {
            pending.add(now + Timing.CALL_WAIT, rounds);
        }
    }

    /// Counts what became overdue. Traffic that is usually answered misses answers; any other misses the
    /// keepalive that WireGuard itself sends.
    ///
    /// @param learns whether unanswered traffic tells of the habit; in an outage it does not
    void countMissing(AnswerHabit habit, boolean learns, long now) {
        int calls = pending.takeDue(now);
        missing += calls;
        unansweredCalls += calls;
        if (habit.twoWay()) {
            while (questions != null
                    && !questions.isEmpty()
                    && questions.oldestAskedAt() <= now - Timing.TRAFFIC_WAIT) {
                unansweredTraffic += questions.oldestWeight();
                questions.removeOldest();
                if (learns) {
                    habit.note(false);
                }
            }
        } else if (now >= passiveKeepaliveDue) {
            passiveKeepaliveDue = NOT_SET;
            missing++;
        }
    }

    /// Tells `habit` which data was answered in time, now that the peer was heard.
    void noteAnswers(AnswerHabit habit, long now) {
        while (questions != null && !questions.isEmpty()) {
            habit.note(now - questions.oldestAskedAt() <= Timing.TRAFFIC_WAIT + Timing.SECOND);
            questions.removeOldest();
        }
    }

    boolean awaitsAnswers() {
        return !pending.isEmpty();
    }

    /// Whether this many answers are missing, WireGuard itself called twice or more, and the silence is not too
    /// short. Where no traffic waits for an answer, more must be missing.
    boolean exceeds(Patience patience, long now) {
        int needed = dataSent ? patience.answers() : patience.answersWithoutTraffic();
        return missing + Math.min(unansweredTraffic, TRAFFIC_TOGETHER) >= needed
                && unansweredCalls >= 2
                && now - began >= LEAST;
    }

    int missingAnswers() {
        return missing + unansweredTraffic;
    }

    int unansweredCalls() {
        return unansweredCalls;
    }

    /// Whether something may become overdue though the counters stand still.
    boolean hasDeadline() {
        return !pending.isEmpty() || impliedCallDue != NOT_SET || passiveKeepaliveDue != NOT_SET;
    }

    /// Whether an answer is due or overdue, so that samples should be close together.
    boolean isQuestioned(AnswerHabit habit, long now) {
        boolean longUnanswered =
                !habit.twoWay() && firstQuestionAt != NOT_SET && now - firstQuestionAt > LONG_UNANSWERED;
        return unansweredCalls > 0 || !pending.isEmpty() || longUnanswered;
    }
}
