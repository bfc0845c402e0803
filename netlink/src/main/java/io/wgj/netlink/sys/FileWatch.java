// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Watches one file for deletion and for changes of its attributes, such as a removed name (inotify(7)).
public final class FileWatch implements AutoCloseable {
    private static final int IN_ATTRIB = 0x4;
    private static final int IN_MOVE_SELF = 0x800;
    private static final int IN_DELETE_SELF = 0x400;
    private static final int IN_CLOEXEC = 0x80000;
    private static final int EVENTS = 4096;

    private final NativeFile inotify;

    private FileWatch(NativeFile inotify) {
        this.inotify = inotify;
    }

    /// Watches the file that is at `path` now.
    public static FileWatch of(String path) throws SystemException {
        NativeFile inotify = NativeFile.ofDescriptor(Libc.INOTIFY_INIT1.call(IN_CLOEXEC));
        try (NativeMemory name = NativeMemory.ofString(path)) {
            Libc.INOTIFY_ADD_WATCH.call(
                    inotify.descriptor(), name.address(), IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF);
        } catch (SystemException e) {
            inotify.close();
            throw e;
        }
        return new FileWatch(inotify);
    }

    /// Waits for the next event of any kind.
    public void await() throws SystemException {
        int _ = inotify.read(new byte[EVENTS], 0, EVENTS);
    }

    @Override
    public void close() {
        inotify.close();
    }
}
