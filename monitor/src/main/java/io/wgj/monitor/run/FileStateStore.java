// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import java.io.IOException;

/// The saved state in a file that only its owner can read: `/run/wgj/monitor/COOKIE/state`. It lies in memory,
/// so nothing has to be synchronised. The folder's lock keeps a second monitor out.
final class FileStateStore implements StateStore {
    private static final int MODE = 0600;
    private static final int OTHERS = 022;

    private final String folder;
    private final Journals journals;
    private boolean isMade;

    /// @param folder of this namespace's monitor
    FileStateStore(String folder, Journals journals) {
        this.folder = folder;
        this.journals = journals;
    }

    @Override
    public String boot() {
        return journals.boot();
    }

    @Override
    public String read() throws IOException {
        try (NativeFile file = NativeFile.openNoFollow(path(), NativeFile.O_RDONLY | NativeFile.O_NONBLOCK, 0)) {
            FileStatus status = file.status();
            boolean ours = status.userId() == 0 || status.userId() == Credentials.effectiveUserId();
            if (!status.isRegular() || !ours || (status.mode() & OTHERS) != 0) {
                throw new IOException(path() + ": others may have written it; `rm " + path() + "'");
            }
            return Latin1.of(file.readAll());
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return "";
            }
            throw new IOException(path() + ": " + e.errno().sentence(), e);
        }
    }

    @Override
    public void write(String text) throws IOException {
        String draft = path() + ".new";
        try {
            if (!isMade) {
                make();
            }
            try (NativeFile file = NativeFile.openNoFollow(
                    draft, NativeFile.O_WRONLY | NativeFile.O_CREAT | NativeFile.O_TRUNC, MODE)) {
                file.write(Latin1.bytes(text));
            }
            NativeFile.rename(draft, path());
        } catch (SystemException e) {
            isMade = false;
            throw new IOException(path() + ": " + e.errno().sentence(), e);
        }
    }

    /// Makes the folder.
    ///
    /// @throws IOException when it cannot be made, or another user could write in it
    void make() throws IOException {
        try {
            journals.make();
            journals.makePrivate(parent(folder));
            journals.makePrivate(folder);
            isMade = true;
        } catch (JournalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String path() {
        return folder + "/state";
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
