// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.sys.Errno;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UapiSocketsTest {
    @TempDir
    private Path folder = Path.of("");

    /// Closed when all is over: a thread that answers would take the next test's connections, were its
    /// descriptor another's by then.
    private static final List<UnixServerSocketChannel> SERVERS = new ArrayList<>();

    @AfterAll
    static void stop() throws IOException {
        for (UnixServerSocketChannel server : SERVERS) {
            server.close();
        }
    }

    @Test
    void listsSocketsThatAProcessListensOn() throws Exception {
        listen("wg0.sock");
        listen("wg1.sock");
        listen("other");
        listen(".sock");
        Files.createFile(folder.resolve("file.sock"));

        assertThat(sockets().list()).containsExactlyInAnyOrder(new DeviceName("wg0"), new DeviceName("wg1"));
    }

    @Test
    void removesADeadSocket() throws Exception {
        listen("wg0.sock").close();

        assertThat(sockets().exists(new DeviceName("wg0"))).isFalse();
        assertThat(folder.resolve("wg0.sock")).doesNotExist();
    }

    @Test
    void takesAMissingFolderForAnEmptyOne() throws DeviceException {
        assertThat(new UapiSockets(folder + "/missing").list()).isEmpty();
    }

    @Test
    void reportsWhyAFolderCannotBeRead() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        DeviceException failure =
                catchThrowableOfType(DeviceException.class, () -> new UapiSockets(file.toString()).list());

        assertThat(failure.errno()).isEqualTo(Errno.ENOTDIR);
    }

    @Test
    void neverLeavesTheFolder() throws IOException {
        listen("wg0.sock");

        assertThat(sockets().exists(new DeviceName("wg0"))).isTrue();
        assertThat(sockets().exists(new DeviceName("../" + folder.getFileName() + "/wg0")))
                .isFalse();
    }

    @Test
    void reportsThatNothingListens() throws IOException {
        listen("wg0.sock").close();

        DeviceException failure = catchThrowableOfType(
                DeviceException.class,
                () -> sockets().open(new DeviceName("wg0")).read());

        assertThat(failure.errno()).isEqualTo(Errno.ECONNREFUSED);
        assertThat(failure.reason()).isEqualTo(Reason.IO);
    }

    @Test
    void reportsThatTheServerClosedWithoutAnAnswer() throws Exception {
        answer(listen("wg0.sock"), "", 1);

        DeviceException failure = catchThrowableOfType(
                DeviceException.class,
                () -> sockets().open(new DeviceName("wg0")).read());

        assertThat(failure.errno()).isEqualTo(Errno.EPROTO);
    }

    @Test
    void readsAReplyThatComesInPieces() throws Exception {
        answer(listen("wg0.sock"), "listen_port=51820\nerrno=0\n\n", 1);

        assertThat(sockets().open(new DeviceName("wg0")).read().listenPort()).isEqualTo(51820);
    }

    @Test
    void readsAReplyLongerThanItsFirstBuffer() throws Exception {
        answer(listen("wg0.sock"), "key=value\n".repeat(5000) + "listen_port=7\nerrno=0\n\n", 1000);

        assertThat(sockets().open(new DeviceName("wg0")).read().listenPort()).isEqualTo(7);
    }

    @Test
    void sendsOneRequestAConnection() throws Exception {
        List<String> requests = answer(listen("wg0.sock"), "errno=0\n\n", 100);
        UapiDevice device = sockets().open(new DeviceName("wg0"));

        device.apply(new DeviceUpdate(Change.keep(), Change.set(5), Change.keep(), false, List.of()));
        device.read();

        assertThat(requests).containsExactly("set=1\nlisten_port=5\n\n", "get=1\n\n");
    }

    private UapiSockets sockets() {
        return new UapiSockets(folder.toString());
    }

    private UnixServerSocketChannel listen(String name) throws IOException {
        UnixServerSocketChannel server = UnixServerSocketChannel.open();
        server.socket().bind(new UnixSocketAddress(folder.resolve(name).toFile()));
        SERVERS.add(server);
        return server;
    }

    /// Answers every request with `reply`, `step` bytes at a time, and collects the requests.
    private static List<String> answer(UnixServerSocketChannel server, String reply, int step) {
        List<String> requests = new ArrayList<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    try (UnixSocketChannel client = server.accept()) {
                        StringBuilder request = new StringBuilder();
                        var in = Channels.newInputStream(client);
                        while (!request.toString().endsWith("\n\n")) {
                            request.append((char) in.read());
                        }
                        requests.add(request.toString());
                        var out = Channels.newOutputStream(client);
                        byte[] bytes = reply.getBytes(ISO_8859_1);
                        for (int at = 0; at < bytes.length; at += step) {
                            out.write(bytes, at, Math.min(step, bytes.length - at));
                        }
                    }
                }
            } catch (IOException _) {
                // The test is over.
                return;
            }
        });
        return requests;
    }
}
