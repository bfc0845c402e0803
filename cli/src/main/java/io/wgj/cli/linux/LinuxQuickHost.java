// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.QuickHost;
import io.wgj.cli.host.TunnelRunner;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.Narrator;
import io.wgj.quick.run.QuickRun;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Files and programs of this machine.
final class LinuxQuickHost implements QuickHost {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int OWNER_ALONE = 0600;
    private static final int ALL_BUT_OWNER = 0177;
    private static final int SECONDS_TO_END = 2;
    private static final int LONGEST_OUTPUT = 1 << 16;

    /// What a shell answers for a command that a signal ended, less the signal: SIGKILL's is 9.
    private static final int ENDED_BY_KILL = 128 + 9;

    @Override
    public TunnelRunner runner(Environment environment, Narrator narrator) {
        return new LinuxRunner(new QuickRun(environment, narrator));
    }

    @Override
    public int userId() {
        return Credentials.userId();
    }

    @Override
    public FileFacts facts(String path) throws FileException {
        try {
            FileStatus status = NativeFile.status(path);
            return new FileFacts(status.userId(), status.mode());
        } catch (SystemException failure) {
            throw fileException(failure);
        }
    }

    @Override
    public String realPath(String path) throws FileException {
        try {
            return NativeFile.realPath(path);
        } catch (SystemException failure) {
            throw fileException(failure);
        }
    }

    @Override
    public void create(String path, String content) throws FileException {
        remove(path);
        createNew(path, content);
    }

    @Override
    public void createNew(String path, String content) throws FileException {
        int flags = NativeFile.O_WRONLY | NativeFile.O_CREAT | NativeFile.O_EXCL;
        // Neither more than the mode nor less, whatever the caller's umask.
        int umask = NativeFile.umask(ALL_BUT_OWNER);
        try (NativeFile file = NativeFile.open(path, flags, OWNER_ALONE)) {
            write(file, path, content);
        } catch (SystemException failure) {
            throw fileException(failure);
        } finally {
            NativeFile.umask(umask);
        }
        syncFolder(path);
    }

    private void write(NativeFile file, String path, String content) throws SystemException {
        try {
            file.write(content.getBytes(StandardCharsets.ISO_8859_1));
            file.sync();
        } catch (SystemException failure) {
            remove(path);
            throw failure;
        }
    }

    private static void syncFolder(String path) {
        try (NativeFile folder = NativeFile.open(path.substring(0, path.lastIndexOf('/') + 1) + ".")) {
            folder.sync();
        } catch (SystemException _) {
            // Some file systems cannot; the file has its name all the same.
        }
    }

    @Override
    public void rename(String from, String to) throws FileException {
        try {
            NativeFile.rename(from, to);
        } catch (SystemException failure) {
            throw fileException(failure);
        }
        syncFolder(to);
    }

    @Override
    public void remove(String path) {
        try {
            NativeFile.unlink(path);
        } catch (SystemException _) {
            // Nothing to remove, or nothing to be done about it.
        }
    }

    @Override
    public FileException become(List<String> words) {
        try {
            List<String> environment = new ArrayList<>();
            for (String entry : ProgramImage.environment()) {
                if (!entry.startsWith("LC_ALL=")) {
                    environment.add(entry);
                }
            }
            environment.add("LC_ALL=C");
            SystemException last = null;
            for (String folder : path().split(":", -1)) {
                String program = (folder.isEmpty() ? "." : folder) + "/" + words.getFirst();
                try {
                    ProgramImage.become(program, words, environment);
                } catch (SystemException failure) {
                    boolean permission = last != null && last.errno().number() == Errno.EACCES;
                    last = permission ? last : failure;
                }
            }
            return last == null ? new FileException(Errno.ENOENT) : fileException(last);
        } catch (SystemException failure) {
            return fileException(failure);
        }
    }

    private static String path() {
        String path = System.getenv("PATH");
        return path == null ? DEFAULT_PATH : Latin1.ofUtf8(path);
    }

    @Override
    public int runHere(List<String> words) throws FileException {
        List<String> decoded = new ArrayList<>(words.size());
        for (String word : words) {
            decoded.add(decoded(word));
        }
        try {
            return new ProcessBuilder(decoded).inheritIO().start().waitFor();
        } catch (IOException _) {
            throw new FileException(Errno.ENOENT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ENDED_BY_KILL;
        }
    }

    @Override
    public void leaveSession() {
        ProgramImage.leaveSession();
    }

    @Override
    public Optional<Confirmation> awaitConfirmation(InterfaceName link) throws FileException {
        return ConfirmationFile.await(link);
    }

    @Override
    public boolean confirm(InterfaceName link) throws FileException {
        return ConfirmationFile.confirm(link);
    }

    @Override
    public Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds)
            throws FileException {
        List<String> decoded = new ArrayList<>(words.size());
        for (String word : words) {
            decoded.add(decoded(word));
        }
        ProcessBuilder builder = new ProcessBuilder(decoded)
                .redirectInput(new File("/dev/null"))
                .redirectError(quiet ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        for (String entry : environment) {
            int equals = entry.indexOf('=');
            builder.environment().put(entry.substring(0, equals), decoded(entry.substring(equals + 1)));
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException _) {
            throw new FileException(Errno.ENOENT);
        }
        Thread hook = new Thread(process::destroy);
        addHook(hook);
        Thread watchdog = Thread.ofPlatform().daemon().start(() -> endAfter(process, seconds));
        String out = read(process);
        try {
            int code = process.waitFor();
            watchdog.interrupt();
            return new Captured(code, out);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Captured(ENDED_BY_KILL, out);
        } finally {
            removeHook(hook);
        }
    }

    /// What runs for us ends with us.
    private static void addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException _) {
            hook.start();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // This process is ending, and the hook has run.
        }
    }

    private static void endAfter(Process process, int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return;
            }
            // It may have processes of its own to end.
            process.destroy();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Process process) {
        try (InputStream in = process.getInputStream()) {
            return Latin1.of(in.readNBytes(LONGEST_OUTPUT));
        } catch (IOException _) {
            return "";
        }
    }

    /// The JVM writes words as UTF-8.
    private static String decoded(String bytes) {
        return Latin1.isAscii(bytes)
                ? bytes
                : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static FileException fileException(SystemException failure) {
        return new FileException(failure.errno().number());
    }
}
