// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UapiServerTest {
    private static final String KEY = "188515093e952f5f22e865cef3012e72f8b5f0b598ac0309d5dacce3b70fcf52";
    private static final String PEER = "b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33";

    private FakeServedDevice served;

    @BeforeEach
    void serve() throws Exception {
        served = new FakeServedDevice();
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
    }

    @Test
    void aFreshDeviceHasNothingToSay() throws Exception {
        assertThat(served.ask("get=1\n\n", 1)).isEqualTo("errno=0\n\n");
    }

    @Test
    void getListsEverythingInTheOrderOfWireguardGo() throws Exception {
        served.ask("set=1\nprivate_key=" + KEY + "\nlisten_port=51820\nfwmark=4294967295\n\n", 1);
        served.device.putPeer(new PeerState(PublicKey.parseHex(PEER).orElseThrow())
                .withEndpoint(new Endpoint.Numeric(address("2001:db8::1"), 5))
                .withAllowedIps(List.of(new IpPrefix(address("10.0.0.0"), 8), new IpPrefix(address("::"), 0)))
                .withLatestHandshake(new HandshakeTime(1700000000, 5))
                .withTraffic(3, -1)
                .withPersistentKeepalive(25)
                .withProtocolVersion(2));

        assertThat(served.ask("get=1\n\n", 1)).isEqualTo("""
                private_key=%s
                listen_port=51820
                fwmark=4294967295
                public_key=%s
                preshared_key=0000000000000000000000000000000000000000000000000000000000000000
                protocol_version=2
                endpoint=[2001:db8::1]:5
                last_handshake_time_sec=1700000000
                last_handshake_time_nsec=5
                tx_bytes=18446744073709551615
                rx_bytes=3
                persistent_keepalive_interval=25
                allowed_ip=10.0.0.0/8
                allowed_ip=::/0
                errno=0

                """.formatted(KEY, PEER));
    }

    @Test
    void oneConnectionCarriesSeveralOperations() throws Exception {
        String reply = served.ask("set=1\nfwmark=7\n\nget=1\n\nset=1\nfwmark=x\n\nwgj_get=1\n\nget=1\n\n", 5);

        assertThat(reply).isEqualTo("errno=0\n\nfwmark=7\nerrno=0\n\nerrno=-22\n\nerrno=0\n\nfwmark=7\nerrno=0\n\n");
    }

    @Test
    void aRequestMayComeInPieces() throws Exception {
        try (UnixStream stream = served.connect()) {
            for (String piece : List.of("se", "t=1", "\nfwm", "ark=9\n", "\n")) {
                stream.write(piece.getBytes(StandardCharsets.ISO_8859_1));
                Thread.sleep(20);
            }
            assertThat(FakeServedDevice.read(stream, 1)).isEqualTo("errno=0\n\n");
        }
        assertThat(served.device.read().fwmark()).isEqualTo(9);
    }

    @Test
    void aConnectionWithoutARequestIsNoEvent() throws Exception {
        served.connect().close();

        assertThat(served.ask("get=1\n\n", 1)).isEqualTo("errno=0\n\n");
        assertThat(served.log).isEmpty();
    }

    @Test
    void aRequestThatBreaksOffChangesNothing() throws Exception {
        try (UnixStream stream = served.connect()) {
            stream.write("set=1\nfwmark=5\n".getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(served.ask("get=1\n\n", 1)).isEqualTo("errno=0\n\n");
        assertThat(served.device.applied()).isEmpty();
    }

    @Test
    void aBadLineAtTheEndChangesNothing() throws Exception {
        assertThat(served.ask(
                        "set=1\nfwmark=5\nreplace_peers=true\npublic_key=" + PEER + "\nallowed_ip=10.0.0.0/33\n\n", 1))
                .isEqualTo("errno=-22\n\n");

        assertThat(served.device.applied()).isEmpty();
        assertThat(served.log).singleElement().asString().contains("allowed_ip");
    }

    @Test
    void whatIsNoOperationEndsTheConnection() throws Exception {
        assertThat(served.ask("GET / HTTP/1.1\n\nget=1\n\n", 1)).isEmpty();
        assertThat(served.ask("\nget=1\n\n", 1)).isEmpty();
    }

    @Test
    void numbersOfGetArePositive() throws Exception {
        assertThat(served.ask("get=1\nget=1\n\n", 1)).isEqualTo("errno=22\n\n");
        served.device.failWith(new DeviceException(Reason.IO, Errno.EIO, null));

        assertThat(served.ask("get=1\n\n", 1)).isEqualTo("errno=5\n\n");
        assertThat(served.ask("set=1\n\n", 1)).isEqualTo("errno=-5\n\n");
    }

    @Test
    void theDevicesNumberReachesTheClient() {
        served.device.failWith(new DeviceException(Reason.BUSY, Errno.EADDRINUSE, null));

        assertThatThrownBy(() -> served.client().read())
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
    }

    @Test
    void manyClientsAtOnceAreAllServed() throws Exception {
        try (var threads = Executors.newFixedThreadPool(20)) {
            List<Callable<String>> asks = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                asks.add(() -> served.ask("set=1\nfwmark=7\n\nget=1\n\n", 2));
            }
            for (Future<String> answer : threads.invokeAll(asks)) {
                assertThat(answer.get()).isEqualTo("errno=0\n\nfwmark=7\nerrno=0\n\n");
            }
        }
    }

    /// As many connections as are served, each in the middle of a request.
    private List<UnixStream> leaveOpen() throws Exception {
        List<UnixStream> open = new ArrayList<>();
        for (int i = 0; i < UapiServer.MOST_CLIENTS; i++) {
            UnixStream stream = served.connect();
            stream.write("set=1\n".getBytes(StandardCharsets.ISO_8859_1));
            open.add(stream);
        }
        served.clock.awaitReads(UapiServer.MOST_CLIENTS);
        return open;
    }

    @Test
    void noConnectionIsEndedInItsFirstSecond() throws Exception {
        List<UnixStream> open = leaveOpen();
        served.clock.advance(999_000_000);
        try (UnixStream late = served.connect()) {
            late.write("get=1\n\n".getBytes(StandardCharsets.ISO_8859_1));
            // The late session itself, and the server's search for one to end, twice.
            served.clock.awaitReads(UapiServer.MOST_CLIENTS + 3);
            UnixStream oldest = open.getFirst();
            oldest.write("\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(FakeServedDevice.read(oldest, 1)).isEqualTo("errno=0\n\n");

            served.clock.advance(1_000_000);
            assertThat(FakeServedDevice.read(late, 1)).isEqualTo("errno=0\n\n");
        }
        open.forEach(UnixStream::close);
    }

    @Test
    void connectionsThatAreLeftOpenLockNoClientOut() throws Exception {
        List<UnixStream> open = leaveOpen();
        served.clock.advance(1_200_000_000);

        for (int i = 0; i < 10; i++) {
            assertThat(served.ask("get=1\n\n", 1)).isEqualTo("errno=0\n\n");
        }

        assertThat(FakeServedDevice.read(open.getFirst(), 1)).as("the oldest").isEmpty();
        UnixStream youngest = open.getLast();
        youngest.write("\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(FakeServedDevice.read(youngest, 1)).isEqualTo("errno=0\n\n");
        open.forEach(UnixStream::close);
    }

    /// More than are served at once, and more than may wait in a short queue.
    @Test
    void twoHundredClientsThatConnectAtOnceAreAllAnswered() throws Exception {
        List<UnixStream> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(served.connect());
        }
        for (UnixStream client : clients) {
            client.write("get=1\n\n".getBytes(StandardCharsets.ISO_8859_1));
        }

        for (UnixStream client : clients) {
            assertThat(FakeServedDevice.read(client, 1)).isEqualTo("errno=0\n\n");
            client.close();
        }
    }

    @Test
    void linesOfASetMayEndWithCrLf() throws Exception {
        assertThat(served.ask("set=1\nfwmark=7\r\npublic_key=" + PEER + "\r\nallowed_ip=10.0.0.0/8\r\n\r\n", 1))
                .isEqualTo("errno=0\n\n");
        assertThat(served.device.read().fwmark()).isEqualTo(7);
        assertThat(served.device.read().peers()).hasSize(1);
    }

    /// As wireguard-go: one CR alone, and not behind the operation.
    @Test
    void otherCarriageReturnsAreRefused() throws Exception {
        assertThat(served.ask("set=1\nfwmark=7\r\r\n\n", 1)).isEqualTo("errno=-22\n\n");
        assertThat(served.ask("set=1\r\nfwmark=7\r\n\r\n", 1)).isEmpty();
        assertThat(served.ask("get=1\r\n\r\n", 1)).isEmpty();
        assertThat(served.ask("get=1\n\r\n", 1)).isEqualTo("errno=22\n\n");
        assertThat(served.device.read().fwmark()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fe80::1%nosuch",
                "fe80::1%999",
                "fe80::1%a%b",
                "fe80::1%0",
                "fe80::1%007",
                "fe80::1%4294967296",
                "2001:db8::1%nosuch",
                "2001:db8::1%lo",
                "fe80::1%lo"
            })
    void aZoneIsReturnedAsItWasGiven(String address) throws Exception {
        assertThat(served.ask("set=1\npublic_key=" + PEER + "\nendpoint=[" + address + "]:5\n\n", 1))
                .isEqualTo("errno=0\n\n");

        assertThat(served.ask("get=1\n\n", 1)).contains("\nendpoint=[" + address + "]:5\n");
        assertThat(served.client().read().peers().getFirst().endpoint()).isPresent();
    }

    @Test
    void anEmptyZoneIsRefused() throws Exception {
        assertThat(served.ask("set=1\npublic_key=" + PEER + "\nendpoint=[fe80::1%]:5\n\n", 1))
                .isEqualTo("errno=-22\n\n");
    }

    @Test
    void anAnswerThatIsTooLargeForTheMemoryIsANumber() throws Exception {
        try (TooLarge device = new TooLarge()) {
            assertThat(device.ask("get=1\n\n")).isEqualTo("errno=12\n\n");
            assertThat(device.ask("wgj_get=1\n\n")).isEqualTo("errno=12\n\n");
            assertThat(device.failure).isNotDone();
        }
    }

    /// Whether it was done in part cannot be known.
    @Test
    void aChangeThatIsTooLargeForTheMemoryIsAFailureOfTheServer() throws Exception {
        try (TooLarge device = new TooLarge()) {
            assertThat(device.ask("set=1\n\n")).isEmpty();
            assertThat(device.failure.get(20, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void aSocketThatTakesNoMoreClientsIsAFailureOfTheServer() throws Exception {
        try (TooLarge device = new TooLarge()) {
            device.file.listener().shutdown();

            assertThat(device.failure.get(20, TimeUnit.SECONDS)).isInstanceOf(SystemException.class);
        }
    }

    /// A device that no memory is enough for.
    private static final class TooLarge implements ServedDevice, AutoCloseable {
        private final Path folder = Files.createTempDirectory("wgj-large");
        private final SocketFile file = SocketFile.bind(folder.toString(), FakeServedDevice.NAME);
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
        private final UapiServer server = UapiServer.start(file.listener(), this, _ -> {}, failure::complete);

        TooLarge() throws IOException, DeviceException {}

        String ask(String request) throws Exception {
            try (UnixStream stream = UnixStream.connect(file.path())) {
                stream.write(request.getBytes(StandardCharsets.ISO_8859_1));
                return FakeServedDevice.read(stream, 1);
            }
        }

        @Override
        public DeviceState read() {
            throw new OutOfMemoryError("made up");
        }

        @Override
        public void apply(SetRequest request) {
            throw new OutOfMemoryError("made up");
        }

        @Override
        public List<EngineStat> stats() {
            throw new OutOfMemoryError("made up");
        }

        @Override
        public void close() throws IOException {
            server.close();
            file.remove();
            Files.delete(folder);
        }
    }

    @Test
    void aLineWithoutAnEndIsNotKept() throws Exception {
        String endless = "a".repeat(RequestLines.LONGEST * 3);

        assertThat(served.ask("set=1\n" + endless + "\n\nget=1\n\n", 2)).isEqualTo("errno=-5\n\nerrno=0\n\n");
    }

    @Test
    void aMillionPrefixesArriveInOneRequest() throws Exception {
        StringBuilder request = new StringBuilder("set=1\npublic_key=" + PEER + "\n");
        for (int i = 0; i < 1_000_000; i++) {
            request.append("allowed_ip=")
                    .append(i >> 16 & 0xff)
                    .append('.')
                    .append(i >> 8 & 0xff)
                    .append('.');
            request.append(i & 0xff).append(".0/24\n");
        }

        assertThat(served.ask(request.append('\n').toString(), 1)).isEqualTo("errno=0\n\n");

        assertThat(served.device.read().peers().getFirst().allowedIps()).hasSize(1_000_000);
        assertThat(served.client().read().peers().getFirst().allowedIps()).hasSize(1_000_000);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
