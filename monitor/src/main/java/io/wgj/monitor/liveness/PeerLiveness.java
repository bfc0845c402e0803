// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Decides whether one peer is up, from samples of its device. docs/liveness.md explains the states to users.
///
/// An *expected answer* is something that a living far end would have sent by the protocol, or sends by habit.
/// This class counts those that are missing. It says down when enough of them are missing and WireGuard itself
/// called at least twice without an answer.
///
/// Not for use by several threads at once. An object takes about 400 bytes.
public final class PeerLiveness {
    /// Every packet below this size is padded, on any device with at least the least MTU of IPv6.
    private static final int LEAST_USUAL_MTU = 1280;

    private static final long CALLS_STOPPED = 30 * Timing.SECOND;
    private static final long NOTHING_TRIED = 5 * Timing.SECOND;
    private static final long MOVES_SELDOM = 10 * Timing.SECOND;

    private final Evidence evidence;
    private @Nullable PeerSample last;
    private @Nullable SavedLiveness saved;

    private PeerState state = PeerState.IDLE;
    private Verdict verdict = Verdict.UNKNOWN;
    private long since;

    private Cause cause = Cause.NO_SAMPLE;
    private int count;
    private int calls;
    private long moment = Evidence.NEVER;
    private String detail = "";
    /// What held before the route was found missing; null while none is missing.
    private @Nullable Earlier beforeRoute;

    private record Earlier(PeerState state, Verdict verdict, Cause cause, int count, int calls, long moment) {}

    /// A peer of an interface with an MTU of at least 1280.
    public PeerLiveness() {
        this(LEAST_USUAL_MTU);
    }

    /// A peer of an interface with this MTU.
    public PeerLiveness(int mtu) {
        evidence = new Evidence(Math.min(mtu, LEAST_USUAL_MTU));
    }

    /// Continues where an earlier monitor stopped. Call it before the first sample.
    ///
    /// State and verdict are kept, so that changes are neither repeated nor lost: [#sample] compares with the
    /// saved state. A peer that was down stays so until a handshake completes. A handshake that completed while
    /// no monitor ran counts at the first sample.
    public void restore(SavedLiveness earlier) {
        saved = earlier;
        state = earlier.state();
        verdict = earlier.verdict();
        since = earlier.sinceNanos();
        evidence.restoreLoss(earlier.lossLearned());
    }

    /// What [#restore] takes. Meaningless before the first sample.
    public SavedLiveness save() {
        long handshake = last == null ? 0 : last.latestHandshake();
        return new SavedLiveness(state, verdict, since, handshake, lastHeardNanos(), lossLearned());
    }

    /// Takes the next sample and returns whether the state changed.
    ///
    /// @param wallNanos the wall clock at the time of the sample, in nanoseconds since 1970. Only the first
    ///                  sample of a peer object trusts it. Later it places a new handshake between two samples
    public boolean sample(PeerSample sample, long wallNanos) {
        PeerSample before = last;
        PeerState stateBefore = state;
        last = sample;
        if (before == null) {
            if (saved == null) {
                since = sample.nanos();
            }
            first(sample, wallNanos);
            resume(sample);
        } else if (isNewPeer(before, sample)) {
            first(sample, wallNanos);
        } else if (isQuickPath(before, sample)) {
            evidence.passTime(sample.nanos() - before.nanos());
        } else {
            evidence.add(before, sample, wallNanos);
            transition(sample);
        }
        return changedFrom(stateBefore, sample.nanos());
    }

    /// Takes the answer to a probe, which proves both directions. Returns whether the state changed.
    ///
    /// @param nanos when it arrived, in nanoseconds of CLOCK_BOOTTIME
    public boolean probeAnswered(long nanos) {
        if (last == null) {
            return false;
        }
        PeerState stateBefore = state;
        evidence.probeAnswered(nanos);
        become(PeerState.UP, Cause.PROBE_ANSWERED, 0, nanos);
        return changedFrom(stateBefore, nanos);
    }

    /// The kernel has no route to the peer's endpoint: it is down. Returns whether the state changed.
    ///
    /// What the samples prove wins: a handshake that completes makes it up all the same.
    ///
    /// @param why what the kernel says, such as `no route to 203.0.113.9: Network is unreachable`
    /// @param nanos of CLOCK_BOOTTIME
    public boolean routeMissing(String why, long nanos) {
        if (last == null || cause == Cause.NO_ROUTE) {
            return false;
        }
        PeerState stateBefore = state;
        Earlier earlier = new Earlier(state, verdict, cause, count, calls, moment);
        become(PeerState.DOWN, Cause.NO_ROUTE, 0, evidence.heardNanos());
        beforeRoute = earlier;
        detail = why;
        return changedFrom(stateBefore, nanos);
    }

    /// There is a route to the peer's endpoint again. The peer is up if it was, and was heard within the life of a
    /// session; if it was silent for longer, it has to be heard first. Returns whether the state changed.
    ///
    /// @param nanos of CLOCK_BOOTTIME
    public boolean routeFound(long nanos) {
        Earlier earlier = beforeRoute;
        if (earlier == null) {
            return false;
        }
        PeerState stateBefore = state;
        evidence.routeReturned();
        if (earlier.verdict() == Verdict.UNKNOWN) {
            boolean wasHeard = evidence.heardNanos() != Evidence.NEVER;
            become(wasHeard ? PeerState.QUIET : PeerState.IDLE, Cause.ROUTE_RETURNED, 0, nanos);
            verdict = Verdict.UNKNOWN;
        } else if (earlier.verdict() == Verdict.DOWN) {
            become(PeerState.DOWN, earlier.cause(), earlier.count(), earlier.moment());
            calls = earlier.calls();
        } else if (evidence.wasHeardLately(nanos)) {
            become(PeerState.UP, Cause.ROUTE_RETURNED, 0, nanos);
        } else {
            become(PeerState.DOWN, Cause.ROUTE_UNPROVEN, 0, nanos);
        }
        return changedFrom(stateBefore, nanos);
    }

    /// Takes what the engine itself has seen; it counts with the next sample, which should follow at once.
    public void seen(EngineSign sign) {
        evidence.seen(sign);
    }

    private boolean changedFrom(PeerState before, long nanos) {
        if (state == before) {
            return false;
        }
        since = nanos;
        return true;
    }

    /// A counter fell, or the handshake was forgotten: the peer was removed and made again.
    private static boolean isNewPeer(PeerSample before, PeerSample now) {
        return now.rxBytes() < before.rxBytes()
                || now.txBytes() < before.txBytes()
                || (now.latestHandshake() == 0 && before.latestHandshake() != 0);
    }

    /// Whether the sample shows nothing new, and nothing can become overdue by time alone.
    private boolean isQuickPath(PeerSample before, PeerSample now) {
        return waitsForGrowth()
                && !evidence.hasSigns()
                && now.rxBytes() == before.rxBytes()
                && now.txBytes() == before.txBytes()
                && now.latestHandshake() == before.latestHandshake()
                && now.keepalive() == before.keepalive()
                && Objects.equals(now.endpoint(), before.endpoint())
                && evidence.needsGrowth(state == PeerState.DOWN, now.keepalive());
    }

    private boolean waitsForGrowth() {
        return state == PeerState.IDLE || state == PeerState.QUIET || state == PeerState.DOWN;
    }

    /// The first sample of a peer object: only the age of its handshake says anything.
    private void first(PeerSample sample, long wallNanos) {
        evidence.startAnew(sample.nanos());
        long age = wallNanos - sample.latestHandshake();
        if (sample.latestHandshake() == 0) {
            become(PeerState.IDLE, Cause.NO_HANDSHAKE, 0, Evidence.NEVER);
        } else if (age >= 0 && age < Timing.SESSION) {
            evidence.heardBefore(sample.nanos() - age);
            become(PeerState.UP, Cause.HANDSHAKE, 0, sample.nanos() - age);
        } else {
            if (age < 0) { // The wall clock was set back: the age is unknown.
                evidence.believeSessionFrom(sample.nanos());
            }
            become(PeerState.QUIET, Cause.OLD_HANDSHAKE, 0, Evidence.NEVER);
        }
    }

    /// What an earlier monitor knew wins over the age of the handshake.
    private void resume(PeerSample sample) {
        SavedLiveness earlier = saved;
        if (earlier == null) {
            return;
        }
        saved = null;
        if (earlier.lastHeardNanos().isPresent()) {
            evidence.heardNotBefore(earlier.lastHeardNanos().getAsLong());
        }
        if (sample.latestHandshake() != earlier.latestHandshake()) {
            if (sample.latestHandshake() != 0) {
                verdict = Verdict.UP;
            }
        } else if (earlier.state() == PeerState.DOWN) {
            become(PeerState.DOWN, Cause.DOWN_BEFORE_RESTART, 0, Evidence.NEVER);
        }
    }

    /// The transitions: the first row that matches wins. Their order, and why, is in docs/liveness.md.
    private void transition(PeerSample sample) {
        if (evidence.handshakeCompleted()) {
            become(PeerState.UP, Cause.HANDSHAKE, 0, sample.nanos());
        } else if (state == PeerState.DOWN) {
            // Nothing but a handshake or an answered probe ends it, unless the only fault was this host's route.
            if (cause == Cause.ROUTE_UNPROVEN && evidence.wasHeard()) {
                become(PeerState.UP, Cause.HEARD, 0, sample.nanos());
            }
        } else if (evidence.answersMissing()) {
            becomeDown(Cause.ANSWERS_MISSING, evidence.missingAnswers());
        } else if (evidence.handshakesFailed()) {
            becomeDown(Cause.HANDSHAKES_FAILED, evidence.openRounds());
        } else if (evidence.callsGivenUp()) {
            becomeDown(Cause.CALLS_GIVEN_UP, evidence.openRounds());
        } else if (evidence.cannotSend(sample.keepalive())) {
            become(PeerState.DOWN, Cause.CANNOT_SEND, 0, evidence.movedNanos());
        } else if (evidence.keepalivesStopped()) {
            becomeDown(Cause.KEEPALIVES_STOPPED, evidence.keepaliveSeconds());
        } else if (state == PeerState.UP || state == PeerState.STALE) {
            transitionOfKnownPeer(sample);
        } else {
            transitionOfUnknownPeer(sample);
        }
    }

    /// From idle, quiet or connecting.
    private void transitionOfUnknownPeer(PeerSample sample) {
        if (evidence.wasHeard()) {
            become(PeerState.UP, Cause.HEARD, 0, sample.nanos());
        } else if (evidence.callSeen()) {
            boolean first = state != PeerState.CONNECTING;
            become(PeerState.CONNECTING, Cause.CALLING, first ? 1 : count + 1, first ? sample.nanos() : moment);
        } else if (state == PeerState.CONNECTING && evidence.still() > CALLS_STOPPED) {
            PeerState next = sample.latestHandshake() == 0 ? PeerState.IDLE : PeerState.QUIET;
            become(next, Cause.CALLS_STOPPED, 0, evidence.movedNanos());
        }
    }

    /// From up or stale.
    private void transitionOfKnownPeer(PeerSample sample) {
        if (state == PeerState.STALE && evidence.wasHeard() && evidence.openRounds() == 0) {
            become(PeerState.UP, Cause.HEARD, 0, sample.nanos());
        } else if (evidence.callsUnanswered()) {
            int unanswered = Math.max(evidence.unansweredCalls(), evidence.openRounds());
            become(PeerState.STALE, Cause.CALLS_UNANSWERED, unanswered, evidence.heardNanos());
        } else if (evidence.sessionsAreOver(sample.nanos(), sample.keepalive()) && evidence.still() > NOTHING_TRIED) {
            become(PeerState.QUIET, Cause.SILENCE, 0, evidence.heardNanos());
        }
    }

    private void becomeDown(Cause why, int counted) {
        become(PeerState.DOWN, why, counted, evidence.heardNanos());
    }

    private void become(PeerState next, Cause why, int counted, long at) {
        state = next;
        beforeRoute = null;
        detail = "";
        cause = why;
        count = counted;
        calls = evidence.unansweredCalls();
        moment = at;
        if (next == PeerState.UP) {
            verdict = Verdict.UP;
        } else if (next == PeerState.DOWN) {
            verdict = Verdict.DOWN;
            evidence.beginOutage();
        }
    }

    public PeerState state() {
        return state;
    }

    public Verdict verdict() {
        return verdict;
    }

    /// When the state began, in nanoseconds of CLOCK_BOOTTIME.
    public long sinceNanos() {
        return since;
    }

    /// Why the peer is in its state, with the latest figures.
    public Reason reason() {
        return new Reason(cause, count, calls, optional(moment), detail);
    }

    private static OptionalLong optional(long nanos) {
        return nanos == Evidence.NEVER ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /// When the peer was last heard, in nanoseconds of CLOCK_BOOTTIME; empty if it never was.
    public OptionalLong lastHeardNanos() {
        return optional(evidence.heardNanos());
    }

    /// How many handshakes either end has tried since the last one that completed, and that have waited long
    /// enough for an answer.
    public int openRounds() {
        return evidence.openRounds();
    }

    /// The chance that an answer is lost on this path, learned from handshakes: 0.20 or less is taken as 0.20,
    /// and 0.58 is the most.
    public double lossLearned() {
        return evidence.lossLearned();
    }

    /// The time until the next sample is wanted, in nanoseconds: 0.5 s while an answer is awaited, 1 s while
    /// counters move, 5 s otherwise. A peer that is down, quiet or idle awaits none once its counters stand
    /// still: nothing but growth changes its state.
    public long intervalNanos() {
        boolean moves = evidence.still() < MOVES_SELDOM;
        if (evidence.isQuestioned() && (moves || !waitsForGrowth())) {
            return Timing.SECOND / 2;
        }
        return moves ? Timing.SECOND : 5 * Timing.SECOND;
    }
}
