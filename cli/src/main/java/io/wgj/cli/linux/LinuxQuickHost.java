// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.ChildProcess;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.ProgramStart;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.QuickRun;
import io.wgj.quick.run.TunnelRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Files and programs of this machine.
final class LinuxQuickHost implements QuickHost {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int OWNER_ALONE = 0600;
    private static final int ALL_BUT_OWNER = 0177;
    private static final int PERMISSIONS = 07777;
    private static final int LONGEST_OUTPUT = 1 << 16;

    /// How long a background process of a program may go on printing.
    private static final long PATIENCE_MILLIS = 1_000;

    @Override
    public TunnelRunner runner(Environment environment, ProgressListener listener) {
        return new QuickRun(environment, listener);
    }

    @Override
    public Optional<String> configFile(InterfaceName link) {
        try {
            Journals journals = Journals.of(Journals.DEFAULT_ROOT, Namespaces.networkCookie());
            Optional<Journal> journal = journals.present(link);
            // Standard input cannot be read again.
            return journal.isPresent()
                    ? journal.get().configFile().filter(path -> !path.startsWith("/dev/"))
                    : Optional.empty();
        } catch (JournalException | SystemException _) {
            return Optional.empty();
        }
    }

    @Override
    public int userId() {
        return Credentials.userId();
    }

    @Override
    public FileFacts facts(String path) throws FileException {
        try {
            return facts(NativeFile.status(path));
        } catch (SystemException failure) {
            throw fileException(failure);
        }
    }

    @Override
    public FileFacts linkFacts(String path) throws FileException {
        try {
            return facts(NativeFile.linkStatus(path));
        } catch (SystemException failure) {
            throw fileException(failure);
        }
    }

    private static FileFacts facts(FileStatus status) {
        return new FileFacts(status.userId(), status.groupId(), status.mode());
    }

    @Override
    public String readLink(String path) throws FileException {
        try {
            return NativeFile.readLink(path);
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
        // Exactly this mode, whatever the caller's umask.
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
            file.write(Latin1.bytes(content));
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
            // Some file systems cannot. The file has its name nevertheless.
        }
    }

    /// Of several writers at the same time, each has a temporary file of its own, and the last one to rename wins.
    @Override
    public void replace(String path, String content) throws FileException {
        String target = realPath(path);
        int name = target.lastIndexOf('/') + 1;
        String temporary;
        FileStatus old;
        try {
            old = NativeFile.status(target);
            String random = HexFormat.of().formatHex(Randomness.bytes(Integer.BYTES));
            temporary = target.substring(0, name) + "." + target.substring(name) + "." + random + ".tmp";
        } catch (SystemException failure) {
            throw fileException(failure);
        }
        if ((old.mode() & Host.S_IFMT) != Host.S_IFREG) {
            throw new FileException(Errno.EINVAL, "no regular file");
        }
        createNew(temporary, content);
        try {
            if (old.userId() != Credentials.userId() || facts(temporary).group() != old.groupId()) {
                NativeFile.changeOwner(temporary, old.userId(), old.groupId());
            }
            NativeFile.changeMode(temporary, old.mode() & PERMISSIONS);
            NativeFile.rename(temporary, target);
        } catch (SystemException failure) {
            remove(temporary);
            throw fileException(failure);
        }
        syncFolder(target);
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
            // There is none, or it cannot be removed.
        }
    }

    @Override
    public FileException become(List<String> words) {
        SystemException last = null;
        for (String folder : path().split(":", -1)) {
            String program = (folder.isEmpty() ? "." : folder) + "/" + words.getFirst();
            try {
                ProgramImage.become(program, words, environment(List.of()));
            } catch (SystemException failure) {
                boolean permission = last != null && last.errno().number() == Errno.EACCES;
                last = permission ? last : failure;
            }
        }
        return last == null ? new FileException(Errno.ENOENT) : fileException(last);
    }

    /// This process's environment with `LC_ALL=C` and the entries given.
    private static List<String> environment(List<String> more) {
        List<String> environment = new ArrayList<>();
        for (String entry : ProgramImage.environment()) {
            if (!entry.startsWith("LC_ALL=") && !isGivenBy(more, entry)) {
                environment.add(entry);
            }
        }
        environment.add("LC_ALL=C");
        environment.addAll(more);
        return environment;
    }

    private static boolean isGivenBy(List<String> more, String entry) {
        for (String other : more) {
            if (entry.startsWith(other.substring(0, other.indexOf('=') + 1))) {
                return true;
            }
        }
        return false;
    }

    private static String path() {
        String path = System.getenv("PATH");
        return path == null ? DEFAULT_PATH : Latin1.ofUnicode(path);
    }

    @Override
    public int runHere(List<String> words) throws FileException {
        ProgramImage.endOnHangUp();
        ChildProcess child;
        try {
            child = start(words, ProgramImage.environment()).start();
        } catch (SystemException failure) {
            throw fileException(failure);
        }
        addHook(new Thread(() -> endWith(child)));
        return child.await();
    }

    /// Asks a process to end, and then waits for the main thread, which ends this process with the other's exit
    /// code.
    private static void endWith(ChildProcess child) {
        child.terminate();
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProgramStart start(List<String> words, List<String> environment) throws FileException {
        String program = ProgramStart.find(words.getFirst(), path()).orElseThrow(() -> new FileException(Errno.ENOENT));
        return new ProgramStart(program, words, environment);
    }

    @Override
    public void leaveSession() {
        ProgramImage.leaveSession();
    }

    @Override
    public Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds)
            throws FileException {
        ProgramStart start = start(words, environment(environment))
                .inGroupOfItsOwn()
                .withStandardStreamsOnly()
                .input("/dev/null")
                .capturedOutput();
        if (quiet) {
            start.withoutErrors();
        }
        ChildProcess child;
        try {
            child = start.start();
        } catch (SystemException failure) {
            throw fileException(failure);
        }
        Thread hook = new Thread(child::end);
        addHook(hook);
        try {
            child.endAfter(Duration.ofSeconds(seconds));
            String out = Latin1.of(child.output(LONGEST_OUTPUT, PATIENCE_MILLIS));
            int code = child.await();
            return new Captured(code, out, child.isOverdue());
        } finally {
            removeHook(hook);
        }
    }

    /// Ends the program that runs for this process when this process ends.
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

    private static FileException fileException(SystemException failure) {
        return new FileException(failure.errno().number());
    }
}
