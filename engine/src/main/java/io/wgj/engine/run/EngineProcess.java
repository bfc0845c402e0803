// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.SocketFile;
import io.wgj.engine.uapi.UapiServer;
import io.wgj.netlink.sys.Capabilities;
import io.wgj.netlink.sys.Descriptors;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// One engine from its start to its end. It ends when its interface is deleted, when its socket's file is
/// removed, and at SIGTERM, SIGINT and SIGHUP. In each case socket and interface are gone afterwards.
public final class EngineProcess {
    private static final long LONGEST_CLEANING_MILLIS = 10_000;

    private final EngineFactory factory;
    private final InterfaceName name;
    private final EngineEnvironment environment;
    private final EngineLog log;
    private final String socketFolder;
    private final CompletableFuture<EngineEnd> end = new CompletableFuture<>();
    /// Not started, so that nothing waits for it.
    private Thread errorPaths = Thread.ofPlatform().unstarted(() -> {});

    /// @param socketFolder the folder of the socket, usually [io.wgj.engine.uapi.UapiSockets#DEFAULT_FOLDER]
    public EngineProcess(
            EngineFactory factory,
            InterfaceName name,
            EngineEnvironment environment,
            EngineLog log,
            String socketFolder) {
        this.factory = factory;
        this.name = name;
        this.environment = environment;
        this.log = log;
        this.socketFolder = socketFolder;
    }

    /// Drops privileges, serves until the end, and cleans up. The caller has to end the JVM afterwards, with
    /// `Runtime.halt`: nothing else ends it during a shutdown.
    ///
    /// @return why it has ended; a failure has been logged
    /// @throws StartFailure when it could not begin to serve; nothing is left then
    public EngineEnd run() throws StartFailure {
        if (environment.readyDescriptor().isPresent()) {
            // Another process may wait for the end of a file that this daemon has inherited.
            Descriptors.closeInherited(environment.descriptors());
        }
        // An engine needs only one capability, or two.
        long kept = Capabilities.CAP_NET_ADMIN | (environment.lowPorts() ? Capabilities.CAP_NET_BIND_SERVICE : 0);
        Privileges.keepOnly(kept, log::error);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fail(thread.getName(), failure));
        errorPaths = Thread.ofPlatform().daemon().name("error-paths").start(() -> ErrorPaths.load(log));
        factory.prepare();
        Thread hook = new Thread(() -> {
            end.complete(EngineEnd.wanted("A signal has come"));
            // The JVM waits for this thread, and so for the clean-up, after which the caller halts it.
            pause();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return serve();
        } finally {
            removeHook(hook);
        }
    }

    /// The same without a process around it: privileges and signals are left alone. [#end] ends it.
    public EngineEnd serve() throws StartFailure {
        try (EngineHandle engine = start()) {
            awaitErrorPaths();
            SocketFile file = openSocket(engine.name());
            try (UapiServer _ =
                    UapiServer.start(file.listener(), engine.device(), log::error, failure -> fail("uapi", failure))) {
                watch("uapi-file", () -> {
                    file.awaitRemoval();
                    return EngineEnd.wanted("The file of the UAPI socket is gone");
                });
                watch("engine-end", engine::awaitEnd);
                log.verbose("UAPI listener started");
                tellReady();
                engine.socketAnswers();
                tell(end.join());
            } finally {
                file.remove();
            }
        }
        log.verbose("Shutting down");
        return end.join();
    }

    /// Clients may take every descriptor there is.
    private void awaitErrorPaths() {
        try {
            errorPaths.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(EngineEnd why) {
        if (why.failed()) {
            log.error(why.sentence());
        } else {
            log.verbose(why.sentence());
        }
    }

    /// A thread has ended unexpectedly. The engine would live on without doing its work.
    private void fail(String thread, Throwable failure) {
        try {
            end.complete(failed(thread, failure));
        } catch (OutOfMemoryError _) {
            Runtime.getRuntime().halt(1);
        }
    }

    static EngineEnd failed(String thread, Throwable failure) {
        return EngineEnd.failure("The thread " + thread + " has failed: " + failure);
    }

    /// Makes [#serve()] return.
    public void end(String reason) {
        end.complete(EngineEnd.wanted(reason));
    }

    private EngineHandle start() throws StartFailure {
        try {
            EngineHandle engine = factory.start(new EngineConfig(name, environment.tunDescriptor(), log));
            log.verbose("Device started");
            return engine;
        } catch (SystemException e) {
            throw StartFailure.of(name.text(), e);
        } catch (DeviceException e) {
            throw new StartFailure(name + ": " + e.getMessage());
        }
    }

    private SocketFile openSocket(InterfaceName name) throws StartFailure {
        OptionalInt given = environment.socketDescriptor();
        try {
            return given.isPresent()
                    ? SocketFile.adopt(socketFolder, name, given.getAsInt())
                    : SocketFile.bind(socketFolder, name);
        } catch (DeviceException e) {
            if (e.reason() == DeviceException.Reason.BUSY) {
                throw new StartFailure(name + ": an engine of this name runs already: "
                        + e.detail().orElse("its socket answers") + "; removing that file ends it");
            }
            throw new StartFailure(
                    name + ": no socket: " + e.detail().orElse("errno " + e.errno()),
                    e.reason() == DeviceException.Reason.NOT_PERMITTED);
        }
    }

    private void watch(String thread, Watch watch) {
        Thread.ofPlatform().daemon().name(thread).start(() -> {
            try {
                end.complete(watch.await());
            } catch (DeviceException e) {
                // One of several ways to end the process is missing; the engine goes on.
                log.error("The file of the UAPI socket is not watched: " + e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error failure) {
                fail(thread, failure);
            }
        });
    }

    /// The socket answers: the process that started this daemon may go on. Its terminal, or the pipe from
    /// which it reads standard error, is not used from here on.
    private void tellReady() throws StartFailure {
        if (environment.readyDescriptor().isEmpty()) {
            return;
        }
        try (NativeFile ready =
                NativeFile.ofDescriptor(environment.readyDescriptor().getAsInt())) {
            log.goToBackground();
            try (NativeFile nowhere = NativeFile.open("/dev/null", NativeFile.O_RDWR, 0)) {
                nowhere.copyTo(2);
            }
            ready.write("ready\n".getBytes(StandardCharsets.US_ASCII));
        } catch (SystemException e) {
            throw new StartFailure(name + ": the launcher does not wait for this daemon any more: " + e.getMessage());
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The shutdown is under way already.
            return;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LONGEST_CLEANING_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Watch {
        EngineEnd await() throws DeviceException, InterruptedException;
    }
}
