// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A thread in a network namespace and a mount namespace of its own, with a private `/tmp` and `/run` in memory.
/// These are empty, except for wgj itself where it lies there. No name and no mount point keeps the namespaces, so
/// they end with the thread, even when the process is killed.
final class NamespaceThread implements AutoCloseable {
    private final ExecutorService thread;

    private NamespaceThread(String name) {
        thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
    }

    /// @param home the folder of the launcher, from which an engine is started; absolute, without links
    static NamespaceThread start(String name, Path home) throws DemoException {
        NamespaceThread started = new NamespaceThread(name);
        try {
            started.call(() -> {
                Namespaces.unshare(Namespaces.CLONE_NEWNET | Namespaces.CLONE_NEWNS);
                // Else the mount below would show in the namespace this one was copied from.
                Namespaces.mount("none", "/", null, Namespaces.MS_REC | Namespaces.MS_PRIVATE, null);
                // Opened in this mount namespace: a mount of another one cannot be mounted here.
                try (NativeFile folder = NativeFile.open(home.toString())) {
                    Namespaces.mount("tmpfs", "/tmp", "tmpfs", 0, "mode=0700,size=1m");
                    // Journals, locks and the sockets of userspace implementations, which network namespaces share.
                    Namespaces.mount("tmpfs", "/run", "tmpfs", 0, "mode=0755,size=1m");
                    if (!Files.exists(home)) {
                        Files.createDirectories(home);
                        String covered = "/proc/self/fd/" + folder.descriptor();
                        Namespaces.mount(covered, home.toString(), null, Namespaces.MS_BIND, null);
                    }
                }
                return true;
            });
            return started;
        } catch (DemoException e) {
            started.close();
            throw e;
        }
    }

    /// Runs `task` on the thread and waits for it.
    <T> T call(Callable<T> task) throws DemoException {
        return await(start(task));
    }

    /// Waits for what [#start] began.
    static <T> T await(Future<T> running) throws DemoException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw DemoException.of(e.getCause());
        } catch (InterruptedException | CancellationException e) {
            throw DemoException.of(e);
        }
    }

    /// Starts `task` on the thread; its future result.
    <T> Future<T> start(Callable<T> task) {
        return thread.submit(task);
    }

    /// Its network namespace, to move links into. To be closed by the caller.
    NativeFile network() throws DemoException {
        return call(NamespaceThread::currentNetwork);
    }

    private static NativeFile currentNetwork() throws SystemException {
        return Namespaces.currentNetwork();
    }

    /// Ends the thread, and with it its namespaces and all that is in them.
    @Override
    public void close() {
        thread.close();
    }
}
