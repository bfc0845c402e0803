// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A journal in a file that only its owner can read. It lies in memory (`/run`), where nothing has to be synchronised:
/// what a process has written outlives it, and what a machine did goes with it.
final class JournalFile implements Journal, AutoCloseable {
    private static final int FILE_MODE = 0600;
    private static final int OTHERS = 022;

    private final String path;
    private final String boot;
    private @Nullable NativeFile file;

    JournalFile(String path, String boot) {
        this.path = path;
        this.boot = boot;
    }

    /// What is written in it; empty when there is none.
    Optional<JournalContent> read() throws JournalException {
        try (NativeFile existing = NativeFile.openNoFollow(path, NativeFile.O_RDONLY, 0)) {
            check(existing.status());
            String text = new String(existing.readAll(), StandardCharsets.ISO_8859_1);
            return text.isEmpty() ? Optional.empty() : Optional.of(JournalContent.parse(text));
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failure(e);
        } catch (JournalException e) {
            throw new JournalException(path + ": " + e.getMessage()
                    + "; without that file, the tunnel is taken for one that another tool made");
        }
    }

    /// Steps that a stranger wrote would be performed by root.
    private static void check(FileStatus status) throws JournalException {
        if (!status.isRegular() || status.userId() != Credentials.effectiveUserId()) {
            throw new JournalException("it is not a file of ours");
        }
        if ((status.mode() & OTHERS) != 0) {
            throw new JournalException("others may write to it");
        }
    }

    @Override
    public void begin(String word) throws JournalException {
        if (file != null) {
            write("begin " + word + "\n");
            return;
        }
        try {
            NativeFile opened = NativeFile.openNoFollow(
                    path, NativeFile.O_WRONLY | NativeFile.O_CREAT | NativeFile.O_APPEND, FILE_MODE);
            file = opened;
            FileStatus status = opened.status();
            check(status);
            if (status.size() == 0) {
                write(JournalContent.FIRST_LINE + "\nboot " + boot + "\nbegin " + word + "\n");
            } else {
                write("begin " + word + "\n");
            }
        } catch (SystemException e) {
            throw failure(e);
        }
    }

    @Override
    public void about(List<Step> steps) throws JournalException {
        steps("do ", steps, "");
    }

    @Override
    public void done() throws JournalException {
        write("ok\n");
    }

    @Override
    public void failed(List<Step> performed) throws JournalException {
        steps("did ", performed, "no\n");
    }

    private void steps(String word, List<Step> steps, String before) throws JournalException {
        StringBuilder lines = new StringBuilder(before);
        for (Step step : steps) {
            lines.append(word).append(StepText.write(step)).append('\n');
        }
        write(lines.toString());
    }

    @Override
    public void link(int index) throws JournalException {
        write("link " + index + "\n");
    }

    @Override
    public void endpoints(Iterable<Long> fingerprints) throws JournalException {
        StringBuilder lines = new StringBuilder();
        for (long fingerprint : fingerprints) {
            lines.append("endpoint ").append(Long.toHexString(fingerprint)).append('\n');
        }
        write(lines.toString());
    }

    @Override
    public void end() throws JournalException {
        write("end\n");
    }

    @Override
    public void delete() throws JournalException {
        close();
        try {
            NativeFile.unlink(path);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ENOENT)) {
                throw failure(e);
            }
        }
    }

    private void write(String lines) throws JournalException {
        NativeFile open = file;
        if (open == null) {
            throw new IllegalStateException("the journal has not been begun");
        }
        try {
            open.write(lines.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SystemException e) {
            throw failure(e);
        }
    }

    private JournalException failure(SystemException e) {
        return new JournalException(path + ": " + e.errno().sentence());
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
