// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import java.util.Objects;

/// All that samples have shown of one peer: what was heard, what was tried, and what is missing. It judges
/// nothing but answers the questions of [PeerLiveness]'s transitions.
///
/// Waiting is done in *observed time*: the sum of the gaps between samples, each up to [Timing#LONGEST_STEP].
/// Only the age of a session is counted in CLOCK_BOOTTIME, because a session grows old in sleep, too.
final class Evidence {
    static final long NEVER = Long.MIN_VALUE;

    /// After this many open rounds, a pause of WireGuard's calls means that it has given up: it tries 20 times.
    private static final int MOST_CALLS_MADE = 12;

    private static final long PAUSE_OF_CALLS = 10 * Timing.SECOND;

    private final Rounds rounds = new Rounds();
    private final Silence silence = new Silence();
    private final AnswerHabit habit = new AnswerHabit();
    private final KeepaliveRhythm rhythm = new KeepaliveRhythm();
    private final Patience patience = new Patience();

    /// Sent bytes in one sample from which on handshakes do not show; 0 once an engine that does not pad was
    /// seen.
    private long decodeLimit;

    private long observed;
    private long movedAt; // observed time of the last growth of either counter
    private long movedNanos;
    private long sessionNanos = NEVER;
    private long heardNanos = NEVER;
    private boolean outage; // called down, and no handshake has completed since
    private boolean
            callMovedLast; // an unanswered call was the last growth: the next must follow, unless WireGuard gave up

    // What the engine itself reported since the latest sample.
    private int callsReported;
    private int knocksReported;
    private boolean gaveUp; // and no other try was seen since
    private boolean hasSigns; // that no sample has counted

    // Of the latest sample.
    private boolean completed;
    private boolean heard;
    private int calls;

    Evidence(int mtu) {
        decodeLimit = mtu + Messages.KEEPALIVE;
    }

    /// A new peer object: nothing observed counts any more. The loss of the path stays learned.
    void startAnew(long nanos) {
        observed = 0;
        movedAt = 0;
        movedNanos = nanos;
        sessionNanos = NEVER;
        heardNanos = NEVER;
        callMovedLast = false;
        callsReported = 0;
        knocksReported = 0;
        gaveUp = false;
        hasSigns = false;
        completed = false;
        heard = false;
        calls = 0;
        rounds.restart();
        silence.end(0);
        habit.forget();
        rhythm.forget();
    }

    /// The peer has a session since `nanos`, and was heard then.
    void heardBefore(long nanos) {
        sessionNanos = nanos;
        heardNanos = nanos;
    }

    /// The peer was heard at `nanos`, perhaps since.
    void heardNotBefore(long nanos) {
        heardNanos = Math.max(heardNanos, nanos);
    }

    /// There may be a session, but its age is unknown.
    void believeSessionFrom(long nanos) {
        sessionNanos = nanos;
    }

    /// Nothing has changed since the sample before.
    void passTime(long step) {
        observed += Math.clamp(step, 0, Timing.LONGEST_STEP);
        completed = false;
        heard = false;
        calls = 0;
    }

    /// Takes what the engine itself has seen. It counts with the next sample.
    void seen(EngineSign sign) {
        hasSigns |= sign != EngineSign.CHANGED;
        switch (sign) {
            case CALLED -> {
                callsReported++;
                gaveUp = false;
            }
            case KNOCKED -> knocksReported++;
            case GAVE_UP -> gaveUp = true;
            case CHANGED -> {}
        }
    }

    /// Whether the next sample has something to count, even if it equals the one before.
    boolean hasSigns() {
        return hasSigns;
    }

    /// Takes what changed between two samples of one peer object.
    void add(PeerSample before, PeerSample now, long wallNanos) {
        long step = Math.max(0, now.nanos() - before.nanos());
        passTime(step);
        long tx = now.txBytes() - before.txBytes();
        long rx = now.rxBytes() - before.rxBytes();
        long still = still();
        if (tx > 0 || rx > 0 || now.keepalive() != before.keepalive()) {
            movedAt = observed;
            movedNanos = now.nanos();
        }
        if (rx == 0 && !Objects.equals(now.endpoint(), before.endpoint())) {
            // The endpoint was set: what failed before says nothing about the new one.
            silence.end(observed);
            rounds.reset();
        }
        if (tx < decodeLimit && tx % 4 != 0) {
            decodeLimit = 0;
        }
        Messages messages = Messages.decode(tx, rx, step, now.keepalive(), still, decodeLimit)
                .withAtLeast(callsReported, knocksReported);
        callsReported = 0;
        knocksReported = 0;
        hasSigns = false;
        completed = now.latestHandshake() != before.latestHandshake();
        gaveUp &= !completed && messages.calls() == 0;
        rhythm.note(rx, tx, still, now.keepalive(), completed || messages.tries() > 0);
        heard = completed || (rx > Messages.INITIATION * messages.knocks() && sessionIsValid(before.nanos()));
        if (tx > 0 || rx > 0) {
            callMovedLast = messages.calls() > 0 && rx == 0;
        }
        int newRounds = rounds.add(messages, observed);
        if (completed) {
            completeHandshake(now, wallNanos, step);
        } else {
            rounds.await(newRounds, observed);
        }
        calls = messages.calls();
        if (heard) {
            if (messages.data()) {
                habit.note(true);
            }
            endSilence(now.nanos());
        } else {
            continueSilence(messages, newRounds, tx);
        }
    }

    private void completeHandshake(PeerSample now, long wallNanos, long step) {
        if (!outage) {
            patience.learn(rounds.tries());
        }
        outage = false;
        sessionNanos = now.nanos() - Math.clamp(wallNanos - now.latestHandshake(), 0, step);
        rounds.reset();
    }

    private void continueSilence(Messages messages, int newRounds, long tx) {
        if (messages.data()) {
            silence.dataSent(tx, observed);
        }
        if (tx >= decodeLimit) {
            silence.heavyTraffic();
        }
        int unanswered = newRounds;
        if (calls > 0) {
            silence.callSeen(observed);
        } else if (silence.callIsImplied(observed)) {
            calls = 1;
            unanswered = 1;
        }
        silence.countMissing(habit, !outage, observed);
        silence.awaitAnswers(unanswered, observed);
    }

    private void endSilence(long nanos) {
        if (!outage) {
            silence.noteAnswers(habit, observed);
        }
        habit.decide();
        heardNanos = nanos;
        silence.end(observed);
    }

    /// An echo came back: proof of both directions.
    void probeAnswered(long nanos) {
        endSilence(nanos);
        rounds.closeOpen();
    }

    /// There is a route again: nothing could be sent, so nothing is missing, and no habit counts.
    void routeReturned() {
        silence.end(observed);
        rounds.reset();
        rhythm.forget();
        movedAt = observed;
        callMovedLast = false;
    }

    /// The peer was called down. What fails from now on says nothing about loss and habits.
    void beginOutage() {
        outage = true;
        habit.keepThroughOutage();
    }

    /// A handshake completed: both directions are proven.
    boolean handshakeCompleted() {
        return completed;
    }

    /// Something authentic came in, and not only calls.
    boolean wasHeard() {
        return heard;
    }

    boolean callSeen() {
        return calls > 0;
    }

    /// Enough expected answers are missing.
    boolean answersMissing() {
        return silence.exceeds(patience, observed);
    }

    /// Enough handshakes were tried in vain, whatever else was heard. This catches links that work in one
    /// direction.
    boolean handshakesFailed() {
        return rounds.failed() >= patience.answersWithoutTraffic();
    }

    /// WireGuard called many times, and stopped without an answer.
    boolean callsGivenUp() {
        return rounds.failed() >= MOST_CALLS_MADE && (gaveUp || still() >= PAUSE_OF_CALLS && callMovedLast);
    }

    /// Keepalives are set, but not even they leave this host.
    boolean cannotSend(int keepalive) {
        return keepalive > 0 && heardNanos != NEVER && still() > (2L * keepalive + 10) * Timing.SECOND;
    }

    /// The far end sent keepalives in a steady rhythm, and enough of them are missing.
    boolean keepalivesStopped() {
        return rhythm.missing(still()) >= patience.keepalives();
    }

    /// A call of this silence is unanswered, or two handshakes failed though the peer is heard.
    boolean callsUnanswered() {
        return silence.unansweredCalls() > 0 || rounds.failed() >= 2;
    }

    /// Nothing was heard for so long that no session can be valid any more.
    boolean sessionsAreOver(long nanos, int keepalive) {
        return heardNanos == NEVER || nanos - heardNanos > Timing.SESSION + (keepalive + 10) * Timing.SECOND;
    }

    /// Whether the peer was heard so lately that its session may still be valid.
    boolean wasHeardLately(long nanos) {
        return heardNanos != NEVER && nanos - heardNanos < Timing.SESSION;
    }

    private boolean sessionIsValid(long nanos) {
        return sessionNanos != NEVER && nanos - sessionNanos < Timing.SESSION;
    }

    /// How long both counters have stood still, in observed time.
    long still() {
        return observed - movedAt;
    }

    long movedNanos() {
        return movedNanos;
    }

    /// When the peer was last heard; [#NEVER] if it never was.
    long heardNanos() {
        return heardNanos;
    }

    /// Rounds since the last completed handshake that have waited long enough for an answer.
    int openRounds() {
        return rounds.failed();
    }

    int unansweredCalls() {
        return silence.unansweredCalls();
    }

    int missingAnswers() {
        return silence.missingAnswers();
    }

    int keepaliveSeconds() {
        return (int) (rhythm.interval() / Timing.SECOND);
    }

    double lossLearned() {
        return patience.loss();
    }

    void restoreLoss(double loss) {
        patience.restore(loss);
    }

    /// An answer is due or overdue.
    boolean isQuestioned() {
        return rounds.arePending() || silence.isQuestioned(habit, observed);
    }

    /// Whether samples that equal the one before change nothing, however many of them come.
    ///
    /// @param down in this state nothing but a handshake counts
    boolean needsGrowth(boolean down, int keepalive) {
        if (rounds.arePending() || silence.awaitsAnswers()) {
            return false;
        }
        return down || !(silence.hasDeadline() || rhythm.isSteady() || (keepalive > 0 && heardNanos != NEVER));
    }
}
