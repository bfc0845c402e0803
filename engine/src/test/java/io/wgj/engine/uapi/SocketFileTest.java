// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.UnixListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void aFileThatNobodyAnswersBehindIsReplaced() throws Exception {
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
        CompletableFuture<Void> gone = awaitRemoval(file);
        Files.setLastModifiedTime(Path.of(file.path()), java.nio.file.attribute.FileTime.fromMillis(0));
        Thread.sleep(100);
        assertThat(gone).isNotDone();

        Files.delete(Path.of(file.path()));

        gone.get(20, TimeUnit.SECONDS);
        file.listener().close();
    }

    @Test
    void aRemovalBeforeTheWaitingIsNoticed() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), NAME);
        Files.delete(Path.of(file.path()));

        awaitRemoval(file).get(20, TimeUnit.SECONDS);
        file.listener().close();
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
    void nobodySeesASocketThatDoesNotAnswerYet() throws Exception {
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
