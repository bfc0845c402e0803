// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.ChildProcess;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.ProgramStart;
import io.wgj.netlink.sys.SystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs other programs: hooks, resolvers, userspace implementations. They get our standard streams and
/// LC_ALL=C. Words, variables and input are bytes, one a char.
final class Programs {
    /// The shell's exit codes for a command that does not exist, and for one that cannot be executed.
    private static final int NOT_FOUND = 127;

    private static final int NOT_EXECUTABLE = 126;

    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// As after SIGHUP, SIGINT and SIGTERM.
    private static final int HUNG_UP = ChildProcess.SIGNALLED + 1;

    private static final int INTERRUPTED = ChildProcess.SIGNALLED + 2;
    private static final int TERMINATED = ChildProcess.SIGNALLED + 15;
    private static final long SIGNAL_MILLIS = 200;

    private final Environment environment;
    private final Interruption interruption;

    Programs(Environment environment, Interruption interruption) {
        this.environment = environment;
        this.interruption = interruption;
    }

    /// The end of a hook.
    ///
    /// @param code its exit code; 128 and the signal's number when one ended it
    /// @param overdue whether it was ended because it took longer than its time limit
    record HookEnd(int code, boolean overdue) {}

    /// The path at which a shell would find `program`; empty when there is none.
    Optional<String> find(String program) {
        return ProgramStart.find(program, environment.variable("PATH").orElse(USUAL_PATH));
    }

    /// Runs a program to its end and returns its exit code. It inherits only our standard streams: an
    /// implementation stays in the background, and must not keep open what our caller waits for.
    ///
    /// @param variables in addition to the environment of this process
    /// @param input what it reads; null for our own standard input
    int run(List<String> words, Map<String, String> variables, @Nullable String input)
            throws StepException, RunException {
        ProgramStart start = prepared(words, variables).withStandardStreamsOnly();
        if (input != null) {
            start.pipedInput();
        }
        ChildProcess child = started(start, words);
        interruption.watch(child);
        try {
            if (input != null) {
                child.feed(Latin1.bytes(input));
            }
            return awaited(child);
        } finally {
            interruption.watch(null);
            interruption.check();
        }
    }

    /// Runs a hook to its end. As in wg-quick, it inherits all open descriptors and our process group, so
    /// that it can read from the terminal. A hook with a time limit has a group of its own, which is ended as
    /// a whole, unless we are in the terminal's foreground.
    HookEnd runHook(List<String> words, Map<String, String> variables, Optional<Duration> limit)
            throws StepException, RunException {
        ProgramStart start = prepared(words, variables);
        if (limit.isPresent()) {
            start.inGroupOfItsOwn();
        }
        ChildProcess child = started(start, words);
        interruption.watch(child);
        try {
            limit.ifPresent(child::endAfter);
            int code = awaited(child);
            return new HookEnd(code, child.isOverdue());
        } finally {
            interruption.watch(null);
            interruption.check();
        }
    }

    private ProgramStart prepared(List<String> words, Map<String, String> variables) throws StepException {
        Optional<String> path = find(words.getFirst());
        if (path.isEmpty()) {
            throw new StepException(NOT_FOUND, words.getFirst() + ": command not found");
        }
        return new ProgramStart(path.get(), words, environment(variables));
    }

    private static List<String> environment(Map<String, String> variables) {
        List<String> entries = new ArrayList<>();
        for (String entry : ProgramImage.environment()) {
            String name = entry.substring(0, Math.max(0, entry.indexOf('=')));
            if (!name.equals("LC_ALL") && !variables.containsKey(name)) {
                entries.add(entry);
            }
        }
        entries.add("LC_ALL=C");
        variables.forEach((name, value) -> entries.add(name + "=" + value));
        return entries;
    }

    private static ChildProcess started(ProgramStart start, List<String> words) throws StepException {
        try {
            return start.start();
        } catch (SystemException e) {
            int code = e.errno().is(Errno.ENOENT) ? NOT_FOUND : NOT_EXECUTABLE;
            throw new StepException(code, words.getFirst() + ": " + e.errno().sentence());
        }
    }

    /// A signal that has ended the program was usually sent to us too, and may not have arrived yet.
    private int awaited(ChildProcess child) throws RunException {
        int code = child.await();
        if (!child.isOverdue() && (code == HUNG_UP || code == INTERRUPTED || code == TERMINATED)) {
            interruption.pause(SIGNAL_MILLIS);
        }
        return code;
    }
}
