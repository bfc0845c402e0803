// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import io.wgj.monitor.protocol.StatusSocketPath;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Descriptors;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.Groups;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import java.io.File;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;

/// The status socket of one network namespace: its file, which root and one group may connect to.
public final class StatusSocket implements AutoCloseable {
    /// The group whose members may connect.
    public static final String GROUP = "wgj";

    private static final int OWNER_AND_GROUP = 0660;
    private static final int BACKLOG = 1024;

    private final String path;
    private final int group;
    private final UnixServerSocketChannel channel;
    private final long inode;

    private StatusSocket(String path, int group, UnixServerSocketChannel channel, long inode) {
        this.path = path;
        this.group = group;
        this.channel = channel;
        this.inode = inode;
    }

    /// Makes this process a member of the group, so that it may give the socket to it without any capability.
    /// Call it before capabilities are dropped.
    public static void joinGroup() {
        OptionalInt group = Groups.idOf(GROUP);
        if (group.isEmpty()) {
            return;
        }
        try {
            Groups.join(group.getAsInt());
        } catch (SystemException _) {
            // Without CAP_SETGID. If it is no member already, `bind` reports it.
            return;
        }
    }

    /// Creates the socket of the namespace with this cookie, and listens on it. A file that nothing listens
    /// behind is replaced.
    ///
    /// @param folder usually [StatusSocketPath#DEFAULT_FOLDER]
    /// @param log takes one line when there is no group `wgj`
    public static StatusSocket bind(String folder, long cookie, Consumer<String> log) throws StatusException {
        String path = StatusSocketPath.of(folder, cookie);
        try {
            Journals journals = Journals.of(folder, cookie);
            journals.make();
            return bind(path, journals.monitorDraftFile(), group(log));
        } catch (JournalException failure) {
            throw new StatusException("status socket: " + failure.getMessage(), false);
        } catch (SystemException failure) {
            throw new StatusException(
                    "status socket: " + path + ": " + failure.operation() + ": "
                            + failure.errno().sentence(),
                    false);
        } catch (IOException failure) {
            throw new StatusException("status socket: " + path + ": " + failure.getMessage(), false);
        }
    }

    private static int group(Consumer<String> log) {
        OptionalInt group = Groups.idOf(GROUP);
        if (group.isPresent()) {
            return group.getAsInt();
        }
        log.accept(
                "status socket: there is no group " + GROUP + ", so only root can read the status; `groupadd --system "
                        + GROUP + "', then start the monitor again");
        return 0;
    }

    private static StatusSocket bind(String path, String draft, int group)
            throws SystemException, IOException, StatusException {
        if (answers(path)) {
            throw new StatusException(
                    "status socket: " + path + ": another monitor serves this network namespace; end it first", true);
        }
        return listen(path, draft, group);
    }

    /// The socket is made in a folder that only its owner can enter, and moved when its permissions are right:
    /// before that, no other user can connect.
    private static StatusSocket listen(String path, String draft, int group) throws SystemException, IOException {
        remove(draft);
        UnixServerSocketChannel channel = UnixServerSocketChannel.open();
        try {
            Descriptors.closeInChildren(channel.getFD());
            channel.socket().bind(new UnixSocketAddress(new File(draft)), BACKLOG);
            giveTo(draft, group);
            NativeFile.changeMode(draft, OWNER_AND_GROUP);
            long inode = NativeFile.linkStatus(draft).inode();
            NativeFile.rename(draft, path);
            return new StatusSocket(path, group, channel, inode);
        } catch (SystemException | IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void giveTo(String draft, int group) throws SystemException, IOException {
        try {
            NativeFile.changeOwner(draft, Credentials.effectiveUserId(), group);
        } catch (SystemException failure) {
            if (!failure.errno().is(Errno.EPERM)) {
                throw failure;
            }
            throw new IOException("this process may not give it to the group " + GROUP
                    + "; start it as a member of the group (SupplementaryGroups=" + GROUP + " in its unit)");
        }
    }

    /// Whether a process listens at `path`. A file there that is no socket is an error: it is not ours to
    /// remove.
    private static boolean answers(String path) throws SystemException, StatusException {
        try {
            if (!NativeFile.linkStatus(path).isSocket()) {
                throw new StatusException("status socket: " + path + ": this is no socket; remove it", false);
            }
        } catch (SystemException failure) {
            if (failure.errno().is(Errno.ENOENT)) {
                return false;
            }
            throw failure;
        }
        try (UnixStream _ = UnixStream.connect(path)) {
            return true;
        } catch (SystemException failure) {
            return !failure.errno().is(Errno.ECONNREFUSED);
        }
    }

    private static void remove(String path) throws SystemException {
        try {
            NativeFile.unlink(path);
        } catch (SystemException failure) {
            if (!failure.errno().is(Errno.ENOENT)) {
                throw failure;
            }
        }
    }

    /// The socket's file.
    public String path() {
        return path;
    }

    /// The group whose members may connect.
    int group() {
        return group;
    }

    UnixServerSocketChannel channel() {
        return channel;
    }

    /// Removes the file, unless another socket has taken its place.
    @Override
    public void close() {
        try {
            FileStatus status = NativeFile.linkStatus(path);
            if (status.isSocket() && status.inode() == inode) {
                NativeFile.unlink(path);
            }
        } catch (SystemException _) {
            // It is gone, or stays as a dead socket that the next monitor replaces.
        }
        try {
            channel.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }
}
