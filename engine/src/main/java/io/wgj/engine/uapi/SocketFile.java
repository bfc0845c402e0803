// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.FileWatch;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixListener;
import io.wgj.netlink.sys.UnixStream;
import java.util.List;

/// The socket file of a device that this process serves. Removing the file ends the device. A file that
/// another process has put in its place is left alone.
public final class SocketFile {
    private static final int FOLDER_MODE = 0755;
    private static final String SUFFIX = ".sock";
    /// No file has this inode.
    private static final long REMOVED = 0;

    private final String path;
    private final long inode;
    private final UnixListener listener;

    private SocketFile(String path, UnixListener listener, long inode) {
        this.path = path;
        this.listener = listener;
        this.inode = inode;
    }

    /// Creates the socket of the device `name` and its folder. A file that nothing listens behind is
    /// replaced.
    ///
    /// @throws DeviceException `EADDRINUSE` when a process listens there
    public static SocketFile bind(String folder, InterfaceName name) throws DeviceException {
        String path = pathOf(folder, name);
        try {
            makeFolder(folder);
            try (FolderLock lock = FolderLock.of(folder)) {
                if (lock.isHeld()) {
                    removeDrafts(folder);
                }
                UnixListener listener = bind(path);
                return new SocketFile(path, listener, inodeUnlessRemoved(path));
            }
        } catch (SystemException e) {
            throw UapiErrors.of(e.errno().number(), e.operation() + " " + path);
        }
    }

    /// Removes what a killed engine left in the folder: the socket of `name` if it is dead, and every dead
    /// unnamed socket. Files of other users stay.
    public static void sweep(String folder, InterfaceName name) {
        try (FolderLock lock = FolderLock.of(folder)) {
            if (lock.isHeld()) {
                removeIfDead(pathOf(folder, name));
                removeDrafts(folder);
            }
        } catch (SystemException _) {
            // The next engine that starts removes what stays.
            return;
        }
    }

    /// Removes a socket that refused a connection, unless an engine has taken its place in the meantime.
    static void removeDead(String folder, String path) {
        try (FolderLock lock = FolderLock.of(folder)) {
            if (lock.isHeld()) {
                removeIfDead(path);
            }
        } catch (SystemException _) {
            // The caller asked whether there is a device; cleaning up is optional.
            return;
        }
    }

    /// Removes the sockets of engines that were killed before they gave them their names. While the lock is
    /// held no living engine has one.
    private static void removeDrafts(String folder) throws SystemException {
        List<String> entries = NativeFile.list(folder);
        for (int i = 0; i < entries.size(); i++) {
            if (UnixListener.isDraft(entries.get(i))) {
                removeIfDead(folder + "/" + entries.get(i));
            }
        }
    }

    private static void removeIfDead(String path) {
        try {
            FileStatus status = NativeFile.linkStatus(path);
            if (status.isSocket() && status.userId() == Credentials.effectiveUserId() && !answers(path)) {
                NativeFile.unlink(path);
            }
        } catch (SystemException _) {
            // Gone already, or its owner cannot be read: it stays.
            return;
        }
    }

    /// Takes over a socket that another process has bound to the path of the device `name`.
    ///
    /// @param descriptor open here; the result takes ownership
    public static SocketFile adopt(String folder, InterfaceName name, int descriptor) throws DeviceException {
        String path = pathOf(folder, name);
        try {
            UnixListener listener = UnixListener.ofDescriptor(descriptor);
            return new SocketFile(path, listener, NativeFile.linkStatus(path).inode());
        } catch (SystemException e) {
            throw UapiErrors.of(e.errno().number(), e.operation() + ", descriptor " + descriptor + " for " + path);
        }
    }

    /// The path of the socket.
    public String path() {
        return path;
    }

    /// The socket; this type does not close it.
    public UnixListener listener() {
        return listener;
    }

    /// Waits until the file is gone or belongs to another socket. [#remove()] ends the waiting, too.
    public void awaitRemoval() throws DeviceException {
        try (FileWatch watch = FileWatch.of(path)) {
            // Checked before the first wait: the file may have gone before the watch was set.
            while (isOurs()) {
                watch.await();
            }
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ENOENT)) {
                throw UapiErrors.of(e.errno().number(), e.operation() + " " + path);
            }
        }
    }

    /// Removes the file, unless it is gone or belongs to another socket.
    public void remove() {
        try (FolderLock _ = FolderLock.of(path.substring(0, path.lastIndexOf('/') + 1))) {
            if (isOurs()) {
                NativeFile.unlink(path);
            }
        } catch (SystemException _) {
            // The next engine of this name removes it.
            return;
        }
    }

    private boolean isOurs() {
        try {
            FileStatus status = NativeFile.linkStatus(path);
            return status.isSocket() && status.inode() == inode;
        } catch (SystemException _) {
            return false;
        }
    }

    /// The file's inode, or [#REMOVED]. Another process may remove the file from its first moment on, which ends
    /// the device as at any later time.
    private static long inodeUnlessRemoved(String path) throws SystemException {
        try {
            return NativeFile.linkStatus(path).inode();
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return REMOVED;
            }
            throw e;
        }
    }

    private static String pathOf(String folder, InterfaceName name) {
        return folder + "/" + name.text() + SUFFIX;
    }

    private static void makeFolder(String folder) throws SystemException {
        try {
            NativeFile.makeDirectory(folder, FOLDER_MODE);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private static UnixListener bind(String path) throws SystemException, DeviceException {
        try {
            return UnixListener.bind(path);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EEXIST)) {
                throw e;
            }
        }
        if (answers(path)) {
            throw new DeviceException(Reason.BUSY, Errno.EADDRINUSE, "a process answers at " + path);
        }
        NativeFile.unlink(path);
        return UnixListener.bind(path);
    }

    private static boolean answers(String path) throws SystemException {
        try (UnixStream _ = UnixStream.connect(path)) {
            return true;
        } catch (SystemException e) {
            if (e.errno().is(Errno.ECONNREFUSED)) {
                return false;
            }
            // A full queue of connections, or a file that is not a socket: neither may be removed.
            if (e.errno().is(Errno.EAGAIN)) {
                return true;
            }
            throw e;
        }
    }
}
