// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.UnixListener;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    private static final InterfaceName NAME = new InterfaceName("wgt0");

    @TempDir
    Path folder;

    @Test
    void theFolderIsForAllAndTheSocketForItsOwner() throws Exception {
        Path inner = folder.resolve("wireguard");
        SocketFile file = SocketFile.bind(inner.toString(), NAME);

        assertThat(permissions(inner)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(Path.of(file.path()))).isEqualTo("rwx------");
        file.listener().close();
    }

    @Test
    void aDeadSocketIsReplaced() throws Exception {
        SocketFile.bind(folder.toString(), NAME).listener().close();

        SocketFile.bind(folder.toString(), NAME).listener().close();
    }

    @Test
    void aSocketThatAnswersIsRefused() throws Exception {
        SocketFile live = SocketFile.bind(folder.toString(), NAME);

        assertThatThrownBy(() -> SocketFile.bind(folder.toString(), NAME))
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
        assertThat(Path.of(live.path())).exists();
        live.listener().close();
    }

    @Test
    void itsRemovalIsNoticed() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), NAME);
        Path path = Path.of(file.path());
        AtomicBoolean isThere = new AtomicBoolean(true);
        CompletableFuture<Boolean> early = awaitRemoval(file).thenApply(_ -> isThere.get());
        // The waiting thread sees some of these changes, and goes on waiting.
        for (int i = 0; i < 200; i++) {
            Files.setLastModifiedTime(path, FileTime.fromMillis(i));
        }
        isThere.set(false);

        Files.delete(path);

        assertThat(early.get(20, TimeUnit.SECONDS)).isFalse();
        file.listener().close();
    }

    @Test
    void aRemovalBeforeTheWaitingIsNoticed() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), NAME);
        Files.delete(Path.of(file.path()));

        awaitRemoval(file).get(20, TimeUnit.SECONDS);
        file.listener().close();
    }

    /// From its first moment on: `bind` looks at the file that it has made, and may find none.
    @Test
    void aRemovalAtOnceIsNoticed() throws Exception {
        File path = folder.resolve(NAME.text() + ".sock").toFile();
        for (int i = 0; i < 300; i++) {
            Thread remover = Thread.ofPlatform().start(() -> {
                while (!path.delete()) {
                    Thread.onSpinWait();
                }
            });
            SocketFile file = SocketFile.bind(folder.toString(), NAME);
            file.awaitRemoval();
            file.listener().close();
            remover.join();
        }
    }

    @Test
    void anothersFileInItsPlaceIsNotRemoved() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), NAME);
        Path path = Path.of(file.path());
        CompletableFuture<Void> gone = awaitRemoval(file);
        Files.delete(path);
        UnixListener other = UnixListener.bind(path.toString());

        gone.get(20, TimeUnit.SECONDS);
        file.remove();

        assertThat(path).exists();
        other.close();
        file.listener().close();
    }

    /// `wg` removes a socket that refuses, as one does that is bound and does not listen yet.
    @Test
    void noClientSeesASocketThatDoesNotAnswerYet() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        UapiSockets sockets = new UapiSockets(folder.toString());
        CompletableFuture<Void> looking = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                sockets.exists(new DeviceName(NAME.text()));
            }
        });
        int lost = 0;

        for (int i = 0; i < 2_000; i++) {
            SocketFile file = SocketFile.bind(folder.toString(), NAME);
            Thread.onSpinWait();
            lost += Files.exists(Path.of(file.path())) ? 0 : 1;
            file.remove();
            file.listener().close();
        }
        over.set(true);
        looking.get(20, TimeUnit.SECONDS);

        assertThat(lost).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAKilledOneLeftIsSweptAtTheNextStart() throws Exception {
        for (String left : List.of(".wgt0.sock.0123abcd", ".other.sock.01234567")) {
            UnixListener.bind(folder.resolve("draft").toString()).close();
            Files.move(folder.resolve("draft"), folder.resolve(left));
        }
        UnixListener live = UnixListener.bind(folder.resolve("live").toString());
        Files.move(folder.resolve("live"), folder.resolve(".live.sock.01234567"));
        Files.createFile(folder.resolve(".file.sock.01234567"));
        UnixListener.bind(folder.resolve("stays").toString()).close();
        Files.move(folder.resolve("stays"), folder.resolve(".stays.sock.0123456g"));

        SocketFile file = SocketFile.bind(folder.toString(), NAME);

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "wgt0.sock", ".live.sock.01234567", ".file.sock.01234567", ".stays.sock.0123456g");
        live.close();
        file.listener().close();
    }

    @Test
    void sweepingLeavesALivingSocket() throws Exception {
        SocketFile live = SocketFile.bind(folder.toString(), NAME);

        SocketFile.sweep(folder.toString(), NAME);
        assertThat(names()).containsExactly("wgt0.sock");

        live.listener().close();
        SocketFile.sweep(folder.toString(), NAME);
        assertThat(names()).isEmpty();
    }

    /// Both find a dead socket in their place: one gets it, the other fails, and what is there answers. The
    /// same holds while a third process looks at it, which would remove a dead one.
    @Test
    void twoThatReplaceADeadSocketDoNotRemoveEachOthers() throws Exception {
        UapiSockets sockets = new UapiSockets(folder.toString());
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 300; i++) {
                SocketFile.bind(folder.toString(), NAME).listener().close();
                CyclicBarrier start = new CyclicBarrier(3);
                Future<Optional<SocketFile>> one = threads.submit(() -> bindAt(start));
                Future<Optional<SocketFile>> other = threads.submit(() -> bindAt(start));
                Future<Boolean> looks = threads.submit(() -> {
                    start.await();
                    return sockets.exists(new DeviceName(NAME.text()));
                });

                List<SocketFile> bound = Stream.of(one.get(), other.get())
                        .flatMap(Optional::stream)
                        .toList();
                boolean _ = looks.get();
                assertThat(bound).as("round " + i).hasSize(1);
                assertThat(sockets.exists(new DeviceName(NAME.text())))
                        .as("round " + i)
                        .isTrue();
                bound.getFirst().listener().close();
            }
        }
    }

    private Optional<SocketFile> bindAt(CyclicBarrier start) throws Exception {
        start.await();
        try {
            return Optional.of(SocketFile.bind(folder.toString(), NAME));
        } catch (DeviceException e) {
            assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE);
            return Optional.empty();
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static CompletableFuture<Void> awaitRemoval(SocketFile file) {
        return CompletableFuture.runAsync(() -> {
            try {
                file.awaitRemoval();
            } catch (DeviceException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
