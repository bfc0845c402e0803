// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The journals of one network namespace, and the paths of its locks. Namespaces share `/run`, so each has
/// folders named after its cookie. The name of an interface cannot lead out of its folder: it has no `/`, and
/// is neither `.` nor `..`.
public final class Journals {
    /// The folder that holds the journals and locks of all namespaces.
    public static final String DEFAULT_ROOT = "/run/wgj";

    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
    private static final int OTHERS = 022;
    private static final int STICKY = 01000;

    private final String journals;
    private final String locks;
    private final String monitor;
    private final String trials;
    private final String boot;

    private Journals(String journals, String locks, String monitor, String trials, String boot) {
        this.journals = journals;
        this.locks = locks;
        this.monitor = monitor;
        this.trials = trials;
        this.boot = boot;
    }

    /// Those of one namespace. Makes no folder yet.
    ///
    /// @param root the folder of all namespaces
    /// @param cookie the namespace's (`SO_NETNS_COOKIE`)
    public static Journals of(String root, long cookie) throws JournalException {
        String name = Long.toHexString(cookie);
        try {
            String boot = Latin1.of(NativeFile.readAll(BOOT_ID)).trim();
            return new Journals(
                    root + "/journal/" + name,
                    root + "/lock/" + name,
                    root + "/monitor/" + name,
                    root + "/trial/" + name,
                    boot);
        } catch (SystemException e) {
            throw new JournalException(BOOT_ID + ": " + e.errno().sentence());
        }
    }

    /// The id of the present boot.
    public String boot() {
        return boot;
    }

    /// The file of an interface's journal, whether it exists or not.
    public JournalFile file(InterfaceName link) {
        return new JournalFile(journals + "/" + link, trial(link));
    }

    /// The file of what a reload that has to be confirmed has replaced, whether it exists or not.
    public TrialFile trial(InterfaceName link) {
        return new TrialFile(this, trials + "/" + link);
    }

    /// An interface's journal; empty where there is none, or only one of an earlier boot, whose steps cannot
    /// be in effect any more.
    public Optional<Journal> present(InterfaceName link) throws JournalException {
        return file(link).read().filter(journal -> journal.isOf(boot));
    }

    /// The interfaces that have a journal.
    public List<InterfaceName> interfaces() throws JournalException {
        List<InterfaceName> links = new ArrayList<>();
        try {
            for (String name : NativeFile.list(journals)) {
                InterfaceName.parse(name).ifPresent(links::add);
            }
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ENOENT) && !JournalFile.isRootsAlone(e)) {
                throw UnwritableException.of(journals, e.errno());
            }
        }
        return links;
    }

    /// Makes the folders. Other users can enter only the root. The process's umask is the caller's, and
    /// asking for it would change it.
    ///
    /// @throws UnwritableException where they cannot be made
    public void make() throws JournalException {
        String root = parent(parent(journals));
        make(root, 0755, true);
        make(parent(journals), 0700, false);
        make(journals, 0700, false);
        make(parent(locks), 0700, false);
        make(locks, 0700, false);
        make(locks + ".all", 0700, false);
    }

    /// @param shared whether others may have files of their own in it, as in `/tmp`: a container's `--tmpfs`
    ///     is such
    private static void make(String path, int mode, boolean shared) throws JournalException {
        try {
            NativeFile.makeDirectory(path, mode);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EEXIST)) {
                throw UnwritableException.of(path, e.errno());
            }
        }
        FileStatus status;
        try {
            status = NativeFile.linkStatus(path);
        } catch (SystemException e) {
            throw new JournalException(path + ": " + e.errno().sentence());
        }
        if (!status.isDirectory()) {
            throw new JournalException(path + ": it is not a folder; `rm " + path + "', and wgj makes one");
        }
        String found = path + ": it belongs to user " + Integer.toUnsignedString(status.userId()) + " and has mode "
                + octal(status.permissions());
        if (status.userId() != Credentials.effectiveUserId()) {
            // What is in a folder that belongs to another user may have been written by that user.
            throw new JournalException(found + ", so others could write what root would undo; "
                    + (shared ? "`chown root: " + path + " && chmod 755 " + path + "'" : "`rm -r " + path + "'"));
        }
        boolean sticky = shared && (status.mode() & STICKY) != 0;
        if ((status.mode() & OTHERS) != 0 && !sticky) {
            throw new JournalException(
                    found + ", so others could write what root would undo; `chmod " + octal(mode) + " " + path + "'");
        }
    }

    /// Makes a folder below the root that only its owner can enter, if it is not there. Call [#make()] first.
    ///
    /// @throws JournalException when it cannot be made, or is not fit for secrets
    public void makePrivate(String path) throws JournalException {
        make(path, 0700, false);
    }

    /// The folder for the state of this namespace's monitor.
    public String monitorFolder() {
        return monitor;
    }

    private static String octal(int mode) {
        String digits = Integer.toOctalString(mode);
        return digits.length() < 4 ? "0".repeat(4 - digits.length()) + digits : digits;
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /// The path of the lock that keeps two runs for one interface apart.
    public String lockFile(InterfaceName link) {
        return locks + "/" + link;
    }

    /// The path of the lock that keeps two runs in one namespace from choosing the same tables, marks and
    /// priorities.
    public String namespaceLockFile() {
        return locks + ".all/lock";
    }

    /// The path at which a monitor makes its socket, where other users cannot reach it.
    public String monitorDraftFile() {
        return locks + ".all/status.sock";
    }
}
