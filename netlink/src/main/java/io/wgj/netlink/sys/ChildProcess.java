// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that [ProgramStart] started. One thread waits for it and exchanges data with it; any thread may
/// end it.
public final class ChildProcess {
    /// The number that a shell adds to the signal that ended a program.
    public static final int SIGNALLED = 128;

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGCONT = 18;

    /// The time that [#end] waits between SIGTERM and SIGKILL.
    private static final long GRACE_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 10;
    private static final int CHUNK = 1 << 12;

    /// waitid(2): the processes to wait for, and how.
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

    /// Writes `input` to the program's standard input and closes it. A program that does not read all of it
    /// is no failure.
    public void feed(byte[] input) {
        if (feeder == null) {
            throw new IllegalStateException("its input is not piped");
        }
        try (NativeFile file = feeder) {
            file.write(input);
        } catch (SystemException _) {
            // The program closed its input or ended: its exit code says the rest.
            return;
        }
    }

    /// Reads the program's output until the program and everything that shares its output have closed it.
    /// When the program has ended, reading also stops after `patienceMillis` without output: processes it
    /// left in the background may keep the output open.
    ///
    /// @param most the bytes to keep; the rest is read and dropped
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
                    if (taken > 0) {
                        kept = Arrays.copyOf(kept, length + taken);
                        System.arraycopy(chunk, 0, kept, length, taken);
                    }
                    left = patienceMillis;
                } else if (hasEnded()) {
                    left -= PAUSE_MILLIS;
                }
            }
            return kept;
        } catch (SystemException unexpected) {
            // Reading from one's own pipe fails for wrong arguments only.
            throw new IllegalStateException(unexpected);
        }
    }

    /// Ends the program when `limit` has passed: see [#end] and [#isOverdue].
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

    /// Whether [#endAfter] ended the program.
    public boolean isOverdue() {
        synchronized (lock) {
            return overdue;
        }
    }

    /// Waits for the program's end; when [#endAfter] ends it, until everything it started has ended too.
    ///
    /// @return its exit code, or [#SIGNALLED] plus the number of the signal that ended it
    public int await() {
        int status;
        try (NativeMemory memory = NativeMemory.allocate(SIGINFO_SIZE)) {
            // The program stays a zombie until then, so that its number cannot belong to another process
            // while another thread uses it.
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
            // It is a child of this process, and only this object waits for it.
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

    /// Ends the program, everything it started, and its process group if it has one of its own: SIGTERM
    /// first, SIGKILL after two seconds. Returns when none of them is left.
    public void end() {
        List<ProcessHandle> started = new ArrayList<>();
        addDescendants(started);
        signal(SIGTERM);
        for (ProcessHandle handle : started) {
            handle.destroy();
        }
        // A stopped process receives the signal only when it continues.
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

    /// Sends SIGTERM and sets no time limit.
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

    /// Whether all of them end within two seconds.
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
