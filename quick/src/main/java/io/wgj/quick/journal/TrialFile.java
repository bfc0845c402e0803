// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What another process needs to roll back a `reload --confirm` whose own process was killed: the device as it was
/// before. Unlike a journal it holds keys. So it lies only in a file system that is in memory, its owner alone can
/// read it, and it is removed when the trial ends (docs/decisions/016).
public final class TrialFile {
    private static final int FILE_MODE = 0600;
    private static final int OTHERS = 077;

    private static final String FIRST_LINE = "wgj-trial 1";

    private final Journals journals;
    private final String path;

    TrialFile(Journals journals, String path) {
        this.journals = journals;
        this.path = path;
    }

    /// The content.
    ///
    /// @param number of the trial
    /// @param journal how many bytes of the journal were written before the reload
    /// @param device the device's configuration, in UAPI's words
    /// @param engine the settings of wgj's own engine, in UAPI's words; empty for another implementation
    public record Content(long number, long journal, String device, String engine) {
        /// Without the keys.
        @Override
        public String toString() {
            return "trial " + Long.toHexString(number);
        }
    }

    /// Writes it.
    ///
    /// @return false where nothing was written, because the folder is not in memory
    public boolean write(Content content) throws JournalException {
        String folder = path.substring(0, path.lastIndexOf('/'));
        journals.makePrivate(folder.substring(0, folder.lastIndexOf('/')));
        journals.makePrivate(folder);
        if (!isInMemory(folder)) {
            return false;
        }
        delete();
        String text = FIRST_LINE + "\ntrial " + Long.toHexString(content.number()) + "\njournal " + content.journal()
                + "\ndevice " + content.device().length() + "\nengine "
                + content.engine().length() + "\n"
                + content.device() + content.engine();
        try (NativeFile file = NativeFile.openNoFollow(path, NativeFile.O_WRONLY | NativeFile.O_CREAT, FILE_MODE)) {
            file.write(Latin1.bytes(text));
            return true;
        } catch (SystemException e) {
            throw UnwritableException.of(path, e.errno());
        }
    }

    /// Whether nothing in a folder reaches a disk, except by swapping.
    private static boolean isInMemory(String folder) {
        try {
            String type = Files.getFileStore(Path.of(folder)).type();
            return type.equals("tmpfs") || type.equals("ramfs");
        } catch (IOException _) {
            return false;
        }
    }

    /// Reads it; empty when there is none, or when it is not whole.
    public Optional<Content> read() throws JournalException {
        try (NativeFile file = NativeFile.openNoFollow(path, NativeFile.O_RDONLY, 0)) {
            FileStatus status = file.status();
            if (!status.isRegular()
                    || status.userId() != Credentials.effectiveUserId()
                    || (status.mode() & OTHERS) != 0) {
                throw new JournalException(path + ": it is not a file of ours; `rm " + path + "'");
            }
            return parse(Latin1.of(file.readAll()));
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw UnwritableException.of(path, e.errno());
        }
    }

    private static Optional<Content> parse(String text) {
        String[] lines = text.split("\n", 6);
        if (lines.length < 6 || !lines[0].equals(FIRST_LINE)) {
            return Optional.empty();
        }
        try {
            long number = Long.parseUnsignedLong(after("trial ", lines[1]), 16);
            long journal = Long.parseLong(after("journal ", lines[2]));
            int device = Integer.parseInt(after("device ", lines[3]));
            int engine = Integer.parseInt(after("engine ", lines[4]));
            if (device < 0 || engine < 0 || lines[5].length() != (long) device + engine) {
                return Optional.empty();
            }
            return Optional.of(new Content(number, journal, lines[5].substring(0, device), lines[5].substring(device)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String after(String word, String line) {
        return line.startsWith(word) ? line.substring(word.length()) : "";
    }

    /// Removes it, if it is there.
    public void delete() throws JournalException {
        try {
            NativeFile.unlink(path);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ENOENT)
                    && !e.errno().is(Errno.EROFS)
                    && !e.errno().is(Errno.ENOTDIR)) {
                throw UnwritableException.of(path, e.errno());
            }
        }
    }
}
