// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server on real sockets in a folder of the test's.
@Timeout(30)
class StatusServerTest {
    private static final String STATUS = "{\"request\":\"status\"}\n";
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path temporary;

    private final FakeMonitor monitor = new FakeMonitor();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    /// Added to the clock of the server.
    private final AtomicLong later = new AtomicLong();

    private StatusServer server;
    private Path path;

    @BeforeEach
    void start() throws Exception {
        // A socket's path has at most 107 bytes.
        path = folder().resolve("status-2a.sock");
        server = StatusServer.start(
                bind(), monitor, monitor, ScopeNames.NONE, failures::add, () -> System.nanoTime() + later.get());
    }

    private Path folder() throws IOException {
        Path folder = temporary.resolve("r");
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        return folder;
    }

    private StatusSocket bind() throws Exception {
        return StatusSocket.bind(folder().toString(), 42, log::add);
    }

    @AfterEach
    void end() {
        server.close();
        assertThat(failures).isEmpty();
        assertThat(path).doesNotExist();
    }

    /// A client of the JDK's.
    private final class Client implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final BufferedReader reader;

        Client() throws IOException {
            channel.connect(UnixDomainSocketAddress.of(path));
            reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        }

        Client say(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return this;
        }

        /// The next line; null at the end.
        String line() throws IOException {
            return reader.readLine();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static String line(byte[] reply) {
        return new String(reply, StandardCharsets.UTF_8).strip();
    }

    private String everything() {
        return line(new ReplyWriter(ScopeNames.NONE).status(Samples.everything()));
    }

    /// Changes the state, and lets the time go by for which replies are kept.
    private void become(MonitorStatus status) {
        monitor.become(status);
        later.addAndGet(2 * SECOND);
    }

    private void awaitClients(int count) throws InterruptedException {
        while (server.clients() != count) {
            Thread.sleep(1);
        }
    }

    @Test
    void aClientAsksTwice() throws IOException {
        try (Client client = new Client()) {
            assertThat(client.say(STATUS).line()).isEqualTo(everything());
            assertThat(client.say(STATUS).line()).isEqualTo(everything());
        }
    }

    @Test
    void onlyOwnerAndGroupMayConnect() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void aSecondMonitorOfTheNamespaceIsRefused() {
        assertThatThrownBy(this::bind)
                .isInstanceOfSatisfying(
                        StatusException.class,
                        refused -> assertThat(refused.isTaken()).isTrue())
                .hasMessage("status socket: " + path + ": another monitor serves this network namespace; end it first");
    }

    @Test
    void theMonitorEndsWhenAnotherOneServes() throws Exception {
        try (StatusService second = new StatusService(folder().toString(), 42, ScopeNames.NONE)) {
            assertThatThrownBy(() -> second.start(monitor, monitor, log::add))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another monitor");
        }
        assertThat(path).exists();
    }

    @Test
    void theMonitorGoesOnWithoutAFolder() throws Exception {
        try (StatusService service = new StatusService("/proc/wgj", 42, ScopeNames.NONE)) {
            service.start(monitor, monitor, log::add);
        }
        assertThat(log).last().asString().contains("/proc/wgj", "going on without the socket");
    }

    @Test
    void twoNamespacesShareTheFolder() throws Exception {
        try (StatusSocket other = StatusSocket.bind(folder().toString(), 1, log::add)) {
            assertThat(Path.of(other.path()))
                    .isEqualTo(folder().resolve("status.sock"))
                    .exists();
        }
        try (Client client = new Client()) {
            assertThat(client.say(STATUS).line()).isEqualTo(everything());
        }
    }

    @Test
    void aDeadSocketIsReplaced() throws Exception {
        server.close();
        assertThat(path).doesNotExist();
        try (var dead = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        start();
        try (Client client = new Client()) {
            assertThat(client.say(STATUS).line()).isEqualTo(everything());
        }
    }

    @Test
    void aSocketOfAnotherProgramIsLeftAlone() throws Exception {
        server.close();
        try (var other = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(this::bind).hasMessageContaining("another monitor");
            assertThat(path).exists();
        }
        Files.delete(path);
        Files.writeString(path, "precious");
        assertThatThrownBy(this::bind).hasMessageContaining("this is no socket; remove it");
        assertThat(path).hasContent("precious");
        Files.delete(path);
    }

    @Test
    void aFolderThatOthersMayWriteToIsRefused() throws Exception {
        server.close();
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(this::bind).isInstanceOf(StatusException.class).hasMessageContaining("has mode 0777");
    }

    @Test
    void twoHundredClientsAtOnce() throws Exception {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(new Client());
            }
            for (Client client : clients) {
                client.say(STATUS);
            }
            for (Client client : clients) {
                assertThat(client.line()).isEqualTo(everything());
            }
            awaitClients(200);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
        awaitClients(0);
    }

    /// None of them reads, and each has asked for more than a socket holds.
    @Test
    void clientsThatDoNotReadAreDroppedAndHarmNobody() throws Exception {
        become(Samples.many(5_000));
        List<Client> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                deaf.add(new Client().say(STATUS));
            }
            awaitClients(100);
            try (Client client = new Client()) {
                assertThat(client.say(STATUS).line()).hasSizeGreaterThan(1 << 20);
            }
            later.addAndGet(11 * SECOND);
            awaitClients(0);
        } finally {
            for (Client client : deaf) {
                client.close();
            }
        }
    }

    @Test
    void tenThousandRequestsOnOneConnection() throws Exception {
        try (Client client = new Client()) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    client.say(STATUS.repeat(10_000));
                } catch (IOException e) {
                    failures.add(e);
                }
            });
            for (int i = 0; i < 10_000; i++) {
                assertThat(client.line()).isEqualTo(everything());
            }
            writer.join();
        }
    }

    @Test
    void malformedAndEndlessRequests() throws Exception {
        try (Client client = new Client()) {
            assertThat(client.say("\0\1\2\n").line()).contains("\"error\":{\"code\":2,");
            assertThat(client.say(STATUS).line()).isEqualTo(everything());
        }
        try (Client client = new Client()) {
            try {
                client.say("[".repeat(1 << 22));
            } catch (IOException _) {
                // The server has closed the connection before it took all of it.
            }
            awaitClients(0);
        }
    }

    @Test
    void aClientThatEndsItsSideIsAnswered() throws Exception {
        try (Client client = new Client()) {
            client.say(STATUS).channel.shutdownOutput();
            assertThat(client.line()).isEqualTo(everything());
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void eventsReachAFollowerThatEndedItsSide() throws Exception {
        try (Client client = new Client()) {
            client.say("{\"request\":\"events\"}\n").channel.shutdownOutput();
            while (monitor.listeners() == 0) {
                Thread.sleep(1);
            }
            monitor.report(Samples.event(1, "wg0"));
            assertThat(client.line()).contains("\"number\":1");
        }
        awaitClients(0);
        assertThat(monitor.listeners()).isZero();
    }

    @Test
    void aHundredFollowersSeeEveryEventInOrder() throws Exception {
        List<Client> followers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                followers.add(new Client().say("{\"request\":\"events\"}\n"));
            }
            while (monitor.listeners() < 100) {
                Thread.sleep(1);
            }
            for (int i = 1; i <= 50; i++) {
                monitor.report(Samples.event(i, "wg0"));
            }
            for (Client follower : followers) {
                for (int i = 1; i <= 50; i++) {
                    assertThat(follower.line()).contains("\"number\":" + i + ",");
                }
            }
        } finally {
            for (Client follower : followers) {
                follower.close();
            }
        }
        awaitClients(0);
        assertThat(monitor.listeners()).isZero();
    }

    @Test
    void waitingClientsAreToldWithinASecond() throws Exception {
        become(Samples.status(Samples.link("wg0", Samples.bare(1, PeerState.CONNECTING))));
        try (Client client = new Client()) {
            client.say("{\"request\":\"wait\",\"interface\":\"wg0\"}\n");
            awaitClients(1);
            become(Samples.status(Samples.link("wg0", Samples.bare(1, PeerState.UP))));
            assertThat(client.line()).isEqualTo("{\"schema\":\"wgj/1\",\"up\":true,\"interface\":\"wg0\"}");
        }
    }

    /// This client is root or the owner, so it is admitted beyond the limit; the rest of the rule is the same
    /// for all.
    @Test
    void connectionsThatAreGoneLeaveNothing() throws Exception {
        for (int i = 0; i < 500; i++) {
            new Client().close();
        }
        awaitClients(0);
    }
}
