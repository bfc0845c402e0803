// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Changes the namespaces of the calling thread, and mounts in them. A thread that changed its namespaces
/// should end soon: anything that the JVM runs on it later would be in the wrong place. [#on] takes care of
/// that.
public final class Namespaces {
    public static final int CLONE_NEWNS = 0x0002_0000;
    public static final int CLONE_NEWNET = 0x4000_0000;
    public static final int MS_BIND = 0x1000;
    private static final int NETLINK_GENERIC = 16;
    public static final int MS_REC = 0x4000;
    public static final int MS_PRIVATE = 0x4_0000;

    private Namespaces() {}

    /// Moves the calling thread into new namespaces of the kinds in `flags`.
    public static void unshare(int flags) throws SystemException {
        Libc.UNSHARE.call(flags);
    }

    /// Moves the calling thread into the namespace of `file`, such as `/proc/PID/ns/net`.
    ///
    /// @param kind the `CLONE_` constant that the namespace must be of; 0 for any
    public static void enter(NativeFile file, int kind) throws SystemException {
        Libc.SETNS.call(file.descriptor(), kind);
    }

    /// The calling thread's network namespace, to return to or to move links into.
    public static NativeFile currentNetwork() throws SystemException {
        return NativeFile.open("/proc/thread-self/ns/net");
    }

    /// A number of this network namespace that no other one gets until the next boot. On kernels before 5.14
    /// it is the namespace's inode, which may be reused after the namespace is gone.
    public static long networkCookie() throws SystemException {
        try (NativeSocket socket = NativeSocket.open(NativeSocket.AF_NETLINK, NativeSocket.SOCK_RAW, NETLINK_GENERIC)) {
            return socket.option64(NativeSocket.SOL_SOCKET, NativeSocket.SO_NETNS_COOKIE);
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOPROTOOPT)) {
                return NativeFile.status("/proc/thread-self/ns/net").inode();
            }
            throw e;
        }
    }

    /// Mounts as mount(2) does, in the calling thread's mount namespace.
    ///
    /// @param flags `MS_` constants
    /// @param data the file system's options; null for none
    public static void mount(String source, String target, @Nullable String type, long flags, @Nullable String data)
            throws SystemException {
        try (NativeMemory sourceText = NativeMemory.ofString(source);
                NativeMemory targetText = NativeMemory.ofString(target);
                NativeMemory typeText = type == null ? null : NativeMemory.ofString(type);
                NativeMemory dataText = data == null ? null : NativeMemory.ofString(data)) {
            Libc.MOUNT.call(
                    sourceText.address(),
                    targetText.address(),
                    NativeMemory.addressOf(typeText),
                    flags,
                    NativeMemory.addressOf(dataText));
        }
    }

    /// Runs `task` on a new thread that ends with it, so that the task may change its namespaces. An
    /// exception of `task` is the cause of the one thrown here.
    public static <T> T on(Callable<T> task) throws ExecutionException, InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().name("namespace").start(future);
        return future.get();
    }
}
