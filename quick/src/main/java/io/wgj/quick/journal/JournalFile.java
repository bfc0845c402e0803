// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A journal in a file that only its owner can read. It lies in `/run`, in memory: what a process has written
/// outlives the process, and nothing has to be synchronised.
public final class JournalFile implements JournalWriter.Store, AutoCloseable {
    private static final int FILE_MODE = 0600;
    private static final int OTHERS = 022;

    private static final String RELOAD = "begin reload\n";
    private static final String BEGIN = "\nbegin ";

    private final String path;
    private final TrialFile trial;
    private @Nullable NativeFile file;

    JournalFile(String path, TrialFile trial) {
        this.path = path;
        this.trial = trial;
    }

    public String path() {
        return path;
    }

    /// The file's status, which changes with its contents; empty when there is no file.
    public Optional<FileStatus> status() throws JournalException {
        try {
            return Optional.of(NativeFile.linkStatus(path));
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failure(e);
        }
    }

    /// Reads the journal; empty when there is none.
    public Optional<Journal> read() throws JournalException {
        try (NativeFile existing = NativeFile.openNoFollow(path, NativeFile.O_RDONLY, 0)) {
            check(existing.status());
            String text = Latin1.of(existing.readAll());
            return text.isEmpty() ? Optional.empty() : Optional.of(JournalReader.read(text));
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT) || isRootsAlone(e)) {
                return Optional.empty();
            }
            throw failure(e);
        } catch (JournalException e) {
            throw new JournalException(path + ": " + e.getMessage() + "; use the wgj that wrote it, or `rm " + path
                    + "': the tunnel then counts as one of another tool");
        }
    }

    /// Splits the journal of a reload that has to be confirmed.
    ///
    /// @param before how many bytes were written before it
    /// @return the journal before it, and one of its own steps alone; empty when the journal is another one by now
    public Optional<Parts> parts(long before) throws JournalException {
        try (NativeFile existing = NativeFile.openNoFollow(path, NativeFile.O_RDONLY, 0)) {
            check(existing.status());
            String text = Latin1.of(existing.readAll());
            if (before < 0 || before > text.length() || !text.startsWith(RELOAD, (int) before)) {
                return Optional.empty();
            }
            // The monitor may have withdrawn routes since.
            int end = text.indexOf(BEGIN, (int) before + RELOAD.length() - 1);
            String own = Journal.FIRST_LINE + "\n" + text.substring((int) before, end < 0 ? text.length() : end + 1);
            return Optional.of(new Parts(JournalReader.read(text.substring(0, (int) before)), JournalReader.read(own)));
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failure(e);
        }
    }

    /// A journal in two parts.
    ///
    /// @param before a reload began
    /// @param reload the reload alone
    public record Parts(Journal before, Journal reload) {}

    /// Whether reading failed because journals are hidden from ordinary users. Such a user can only plan,
    /// which works without a journal.
    static boolean isRootsAlone(SystemException e) {
        return e.errno().is(Errno.EACCES) && Credentials.effectiveUserId() != 0;
    }

    /// Refuses a file that another user may have written: root would perform its steps.
    private static void check(FileStatus status) throws JournalException {
        boolean ours = status.userId() == 0 || status.userId() == Credentials.effectiveUserId();
        if (!status.isRegular() || !ours) {
            throw new JournalException("it is not a file of ours");
        }
        if ((status.mode() & OTHERS) != 0) {
            throw new JournalException("others may write to it");
        }
    }

    @Override
    public boolean open() throws JournalException {
        if (file != null) {
            return false;
        }
        try {
            NativeFile opened = NativeFile.openNoFollow(
                    path, NativeFile.O_WRONLY | NativeFile.O_CREAT | NativeFile.O_APPEND, FILE_MODE);
            file = opened;
            FileStatus status = opened.status();
            check(status);
            return status.size() == 0;
        } catch (SystemException e) {
            throw failure(e);
        }
    }

    @Override
    public void forgetTrial() throws JournalException {
        trial.delete();
    }

    @Override
    public void delete() throws JournalException {
        close();
        forgetTrial();
        try {
            NativeFile.unlink(path);
        } catch (SystemException e) {
            // A read-only file system reports this even if there is no file.
            if (!e.errno().is(Errno.ENOENT) && status().isPresent()) {
                throw failure(e);
            }
        }
    }

    @Override
    public void append(String lines) throws JournalException {
        NativeFile open = file;
        if (open == null) {
            throw new IllegalStateException("the journal is not open");
        }
        try {
            open.write(Latin1.bytes(lines));
        } catch (SystemException e) {
            throw failure(e);
        }
    }

    private JournalException failure(SystemException e) {
        return UnwritableException.of(path, e.errno());
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
