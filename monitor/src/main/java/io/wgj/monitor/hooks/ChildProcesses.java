// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.hooks;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.ChildProcess;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.ProgramStart;
import io.wgj.netlink.sys.SystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs hooks as processes of this host, each in a process group of its own, with nothing to read.
public final class ChildProcesses implements HookProcesses {
    /// The folder of the common hooks.
    public static final String FOLDER = "/etc/wgj/hooks.d";

    /// What is kept of the output of one hook; the rest is read and dropped.
    private static final int MOST_OUTPUT = 1 << 16;

    /// How long something that a hook leaves running may go on printing before the next hook starts.
    private static final long PATIENCE_MILLIS = 200;

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    /// As after SIGTERM.
    private static final int TERMINATED = ChildProcess.SIGNALLED + 15;

    private static final int OTHERS = 022;
    private static final int ANY_EXECUTE = 0111;
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final String folder;
    private final Set<ChildProcess> running = new HashSet<>();
    private boolean ended;

    public ChildProcesses() {
        this(FOLDER);
    }

    /// @param folder of the common hooks
    public ChildProcesses(String folder) {
        this.folder = folder;
    }

    /// Loads what the first hook needs, so that it starts as soon as it is recorded as started. A monitor that is
    /// killed between the two loses it.
    public void prepare() {
        run(List.of("true"), Map.of(), HookRun.LIMIT);
    }

    @Override
    public End run(List<String> words, Map<String, String> variables, Duration limit) {
        List<String> environment = environment(variables);
        Optional<String> path = ProgramStart.find(words.getFirst(), path(environment));
        if (path.isEmpty()) {
            return new End(NOT_FOUND, false, words.getFirst() + ": command not found\n", false);
        }
        ChildProcess child;
        try {
            child = start(new ProgramStart(path.get(), words, environment));
            if (child == null) {
                return new End(TERMINATED, false, "", false);
            }
        } catch (SystemException e) {
            int code = e.errno().is(Errno.ENOENT) ? NOT_FOUND : NOT_EXECUTABLE;
            return new End(code, false, words.getFirst() + ": " + e.errno().sentence() + "\n", false);
        }
        try {
            child.endAfter(limit);
            // One byte more shows whether there is more.
            byte[] output = child.output(MOST_OUTPUT + 1, PATIENCE_MILLIS);
            int code = child.await();
            boolean isCut = output.length > MOST_OUTPUT;
            return new End(code, child.isOverdue(), Latin1.of(output, Math.min(output.length, MOST_OUTPUT)), isCut);
        } finally {
            synchronized (running) {
                running.remove(child);
            }
        }
    }

    /// Null when no process starts any more.
    private @Nullable ChildProcess start(ProgramStart start) throws SystemException {
        start.alwaysInGroupOfItsOwn()
                .withStandardStreamsOnly()
                .input("/dev/null")
                .capturedOutputAndErrors();
        synchronized (running) {
            if (ended) {
                return null;
            }
            ChildProcess child = start.start();
            running.add(child);
            return child;
        }
    }

    /// This process's environment without what concerns only this process.
    private static List<String> environment(Map<String, String> variables) {
        List<String> entries = new ArrayList<>();
        for (String entry : ProgramImage.environment()) {
            String name = entry.substring(0, Math.max(0, entry.indexOf('=')));
            boolean own = name.equals("LC_ALL") || name.equals("NOTIFY_SOCKET") || name.startsWith("WATCHDOG_");
            if (!own && !variables.containsKey(name)) {
                entries.add(entry);
            }
        }
        entries.add("LC_ALL=C");
        variables.forEach((name, value) -> {
            // No variable can hold a NUL.
            if (value.indexOf('\0') < 0) {
                entries.add(name + "=" + value);
            }
        });
        return entries;
    }

    private static String path(List<String> environment) {
        for (String entry : environment) {
            if (entry.startsWith("PATH=")) {
                return entry.substring("PATH=".length());
            }
        }
        return USUAL_PATH;
    }

    @Override
    public List<String> common(List<String> problems) {
        List<String> paths = new ArrayList<>();
        List<String> names;
        try {
            names = new ArrayList<>(NativeFile.list(folder));
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ENOENT)) {
                problems.add(folder + ": " + e.errno().sentence());
            }
            return List.of();
        }
        names.sort(null);
        for (String name : names) {
            String path = folder + "/" + name;
            if (isHookName(name) && isRunnable(path, problems)) {
                paths.add(path);
            }
        }
        return paths;
    }

    /// Not what editors and package managers leave behind.
    private static boolean isHookName(String name) {
        return name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*") && !name.matches(".*\\.(dpkg-.*|bak|orig|rpmsave|rpmnew)");
    }

    /// A hook that another user may write would run with the monitor's privileges.
    private static boolean isRunnable(String path, List<String> problems) {
        try {
            FileStatus status = NativeFile.status(path);
            if (!status.isRegular() || (status.mode() & ANY_EXECUTE) == 0) {
                return false;
            }
            boolean ours = status.userId() == 0 || status.userId() == Credentials.effectiveUserId();
            if (!ours || (status.mode() & OTHERS) != 0) {
                problems.add(path + " is not run: others may write it; `chown root: " + path + " && chmod go-w " + path
                        + "'");
                return false;
            }
            return true;
        } catch (SystemException e) {
            problems.add(path + ": " + e.errno().sentence());
            return false;
        }
    }

    @Override
    public void end() {
        List<ChildProcess> children;
        synchronized (running) {
            ended = true;
            children = List.copyOf(running);
        }
        for (ChildProcess child : children) {
            child.end();
        }
    }
}
