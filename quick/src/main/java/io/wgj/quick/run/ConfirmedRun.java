// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.Journals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// A run that has to be confirmed: it is rolled back unless `confirm` comes in time. The interface's journal
/// holds its number, its time limit and the confirmation, so that a later run can roll back one that was
/// killed. No lock is held while it waits.
final class ConfirmedRun {
    private static final long PAUSE_MILLIS = 50;
    private static final long NANOS_PER_MILLISECOND = 1_000_000;

    private final long number;
    private final Duration time;

    private ConfirmedRun(long number, Duration time) {
        this.number = number;
        this.time = time;
    }

    /// The state of such a run.
    enum State {
        /// Not confirmed so far.
        OPEN,
        KEPT,
        /// The tunnel has been taken down since, or is another one.
        ENDED
    }

    /// A new run with a number of its own.
    static ConfirmedRun of(Duration time) {
        try {
            return new ConfirmedRun(
                    ByteBuffer.wrap(Randomness.bytes(Long.BYTES)).getLong(), time);
        } catch (SystemException e) {
            // getrandom(2) without flags fails only for wrong arguments.
            throw new IllegalStateException(e);
        }
    }

    /// Milliseconds since the machine was started.
    static long now() {
        return BootClock.nanos() / NANOS_PER_MILLISECOND;
    }

    /// Records the run when it begins.
    void begin(JournalWriter journal) throws JournalException {
        journal.trial(number);
    }

    /// The same for a run that another process can roll back if this one is killed, even before all its steps are
    /// performed: the time runs already.
    void beginWithClock(JournalWriter journal) throws JournalException {
        begin(journal);
        startClock(journal);
    }

    /// Distinguishes it from other such runs.
    long number() {
        return number;
    }

    /// Records the time limit once all steps are performed.
    void startClock(JournalWriter journal) throws JournalException {
        journal.until(now() + time.toMillis());
    }

    /// Waits for the first of these: the time is over, the confirmation comes, the tunnel goes down, a signal
    /// comes.
    void await(Journals state, InterfaceName link, Interruption interruption) throws JournalException {
        long end = now() + time.toMillis();
        Optional<FileStatus> seen = Optional.empty();
        while (now() < end) {
            Optional<FileStatus> status = state.file(link).status();
            if (!status.equals(seen)) {
                seen = status;
                if (state(state, link) != State.OPEN) {
                    return;
                }
            }
            if (interruption.comesWithin(PAUSE_MILLIS)) {
                return;
            }
        }
    }

    /// The present state. It does not change while the caller holds the interface's lock.
    State state(Journals state, InterfaceName link) throws JournalException {
        Optional<Journal> content = state.present(link);
        Optional<Journal.OnTrial> trial = content.isPresent() ? content.get().trial() : Optional.empty();
        if (trial.isEmpty() || trial.get().number() != number) {
            return State.ENDED;
        }
        return trial.get().decided() ? State.KEPT : State.OPEN;
    }
}
