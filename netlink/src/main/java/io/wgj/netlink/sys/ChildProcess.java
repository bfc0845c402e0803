// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that [ProgramStart] has started. One thread waits for it and talks to it; any thread may end it.
public final class ChildProcess {
    /// What a shell adds to the number of the signal that ended a program.
    public static final int SIGNALLED = 128;

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGCONT = 18;

    /// How long [#end] waits between asking and forcing.
    private static final long GRACE_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 10;
    private static final int CHUNK = 1 << 12;

    /// waitid(2): whose end is waited for, and how.
    private static final int P_PID = 1;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;
    private static final int CLD_EXITED = 1;

    /// `siginfo_t`: 0 s32 signo, 4 s32 errno, 8 s32 code, 16 s32 pid, 20 u32 uid, 24 s32 status.
    private static final int SIGINFO_SIZE = 128;
    private static final int SIGINFO_CODE = 8;
    private static final int SIGINFO_PID = 16;
    private static final int SIGINFO_STATUS = 24;

    private final int pid;
    private final boolean ownGroup;
    private final @Nullable NativeFile feeder;
    private final @Nullable NativeFile reader;
    private final Object lock = new Object();
    private boolean reaped;
    private boolean overdue;
    private @Nullable Thread limiter;

    ChildProcess(int pid, boolean ownGroup, @Nullable NativeFile feeder, @Nullable NativeFile reader) {
        this.pid = pid;
        this.ownGroup = ownGroup;
        this.feeder = feeder;
        this.reader = reader;
    }

    /// Writes `input` and an end to what it reads. A program that does not read it all is no failure.
    public void feed(byte[] input) {
        if (feeder == null) {
            throw new IllegalStateException("its input is not piped");
        }
        try (NativeFile file = feeder) {
            file.write(input);
        } catch (SystemException _) {
            // It has closed its input, or it has ended: its exit code says the rest.
            return;
        }
    }

    /// Reads what it prints until it and all that print with it have closed their output, or until it has ended and
    /// nothing has come for `patienceMillis`: what a program leaves in the background may keep its output open.
    ///
    /// @param most bytes that are kept; the rest is read and dropped
    public byte[] output(int most, long patienceMillis) {
        if (reader == null) {
            throw new IllegalStateException("its output is not captured");
        }
        byte[] chunk = new byte[CHUNK];
        byte[] kept = new byte[0];
        try (NativeFile file = reader;
                PollSet readable = new PollSet(file.descriptor())) {
            long left = patienceMillis;
            while (left > 0) {
                if (readable.await((int) PAUSE_MILLIS) > 0) {
                    int got = file.read(chunk, 0, CHUNK);
                    if (got == 0) {
                        return kept;
                    }
                    int length = kept.length;
                    int taken = Math.min(got, most - length);
                    kept = Arrays.copyOf(kept, length + taken);
                    System.arraycopy(chunk, 0, kept, length, taken);
                    left = patienceMillis;
                } else if (hasEnded()) {
                    left -= PAUSE_MILLIS;
                }
            }
            return kept;
        } catch (SystemException unexpected) {
            // Reading a pipe of one's own fails for wrong arguments only.
            throw new IllegalStateException(unexpected);
        }
    }

    /// Ends it when `limit` has passed: see [#end] and [#isOverdue].
    public void endAfter(Duration limit) {
        Thread watchdog = Thread.ofPlatform().daemon().name("limit").unstarted(() -> enforce(limit));
        limiter = watchdog;
        watchdog.start();
    }

    private void enforce(Duration limit) {
        synchronized (lock) {
            long deadline = System.nanoTime() + limit.toNanos();
            long left = limit.toMillis();
            while (!reaped && left > 0) {
                try {
                    lock.wait(left);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            }
            if (reaped) {
                return;
            }
            overdue = true;
        }
        end();
    }

    /// Whether [#endAfter] had to end it.
    public boolean isOverdue() {
        synchronized (lock) {
            return overdue;
        }
    }

    /// Waits for its end, and, when [#endAfter] ends it, until all of it is ended.
    ///
    /// @return its exit code, or [#SIGNALLED] and the number of the signal that ended it
    public int await() {
        int status;
        try (NativeMemory memory = NativeMemory.allocate(SIGINFO_SIZE)) {
            // It stays a zombie meanwhile: its number belongs to nothing else while another thread may use it.
            Libc.WAITID.call(P_PID, pid, memory.address(), WEXITED | WNOWAIT);
            synchronized (lock) {
                Libc.WAITID.call(P_PID, pid, memory.address(), WEXITED);
                reaped = true;
                lock.notifyAll();
            }
            status = memory.bytes().getInt(SIGINFO_STATUS);
            if (memory.bytes().getInt(SIGINFO_CODE) != CLD_EXITED) {
                status += SIGNALLED;
            }
        } catch (SystemException unexpected) {
            // It is a child of this process, and nothing else waits for it.
            throw new IllegalStateException(unexpected);
        }
        awaitLimiter();
        return status;
    }

    private void awaitLimiter() {
        Thread watchdog = limiter;
        if (watchdog != null && isOverdue()) {
            try {
                watchdog.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean hasEnded() {
        synchronized (lock) {
            if (reaped) {
                return true;
            }
            try (NativeMemory memory = NativeMemory.allocate(SIGINFO_SIZE)) {
                Libc.WAITID.call(P_PID, pid, memory.address(), WEXITED | WNOHANG | WNOWAIT);
                return memory.bytes().getInt(SIGINFO_PID) != 0;
            } catch (SystemException _) {
                return true;
            }
        }
    }

    /// Ends it, all that it has started, and its process group if it has one of its own: by SIGTERM, and, what is left
    /// after two seconds, by SIGKILL. Returns when nothing is left.
    public void end() {
        List<ProcessHandle> started = new ArrayList<>();
        addDescendants(started);
        signal(SIGTERM);
        for (ProcessHandle handle : started) {
            handle.destroy();
        }
        // What is stopped hears of the signal only when it goes on.
        signal(SIGCONT);
        if (isGone(started)) {
            return;
        }
        addDescendants(started);
        signal(SIGKILL);
        for (ProcessHandle handle : started) {
            handle.destroyForcibly();
        }
        isGone(started);
    }

    /// Asks it to end, by SIGTERM, and leaves it the time that it takes.
    public void terminate() {
        signal(SIGTERM);
    }

    private void addDescendants(List<ProcessHandle> found) {
        Optional<ProcessHandle> self = ProcessHandle.of(pid);
        self.ifPresent(handle -> handle.descendants().forEach(found::add));
        for (ProcessHandle handle : List.copyOf(found)) {
            handle.descendants().forEach(found::add);
        }
    }

    private void signal(int number) {
        synchronized (lock) {
            if (ownGroup) {
                Libc.KILL.raw(-pid, number);
            } else if (!reaped) {
                Libc.KILL.raw(pid, number);
            }
        }
    }

    /// Whether all of it ends within two seconds.
    private boolean isGone(List<ProcessHandle> started) {
        for (long waited = 0; waited < GRACE_MILLIS; waited += PAUSE_MILLIS) {
            if (!isAlive(started)) {
                return true;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !isAlive(started);
    }

    private boolean isAlive(List<ProcessHandle> started) {
        for (ProcessHandle handle : started) {
            if (handle.isAlive()) {
                return true;
            }
        }
        return ownGroup ? Libc.KILL.raw(-pid, 0) == 0 : !hasEnded();
    }
}
