// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.FakeDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.uapi.EngineEvent.Kind;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventFeedTest {
    private static final PublicKey PEER = PublicKey.parseBase64("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=")
            .orElseThrow();
    private static final Endpoint.Numeric HERE =
            new Endpoint.Numeric(IpAddress.parse("192.0.2.1").orElseThrow(), 51_820);
    private static final Endpoint.Numeric THERE =
            new Endpoint.Numeric(IpAddress.parse("2001:db8::1").orElseThrow(), 5);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private Path folder;
    private SocketFile file;
    private EventFeed feed;
    private UapiServer server;
    private UapiDevice client;

    @BeforeEach
    void serve() throws Exception {
        folder = Files.createTempDirectory("wgj-feed");
        file = SocketFile.bind(folder.toString(), FakeServedDevice.NAME);
        feed = EventFeed.open(log::add);
        server = UapiServer.start(file.listener(), new WithEvents(feed), log::add, _ -> {});
        client = new UapiDevice(new DeviceName(FakeServedDevice.NAME.text()), file.path());
    }

    @AfterEach
    void end() throws Exception {
        file.remove();
        server.close();
        feed.close();
        Files.delete(folder);
    }

    private record WithEvents(EventFeed feed, FakeDevice device) implements ServedDevice {
        WithEvents(EventFeed feed) {
            this(feed, new FakeDevice(new DeviceName(FakeServedDevice.NAME.text())));
        }

        @Override
        public DeviceState read() throws DeviceException {
            return device.read();
        }

        @Override
        public void apply(SetRequest request) throws DeviceException {
            device.apply(request.update());
        }

        @Override
        public List<EngineStat> stats() {
            return List.of();
        }

        @Override
        public Optional<EventFeed> events() {
            return Optional.of(feed);
        }
    }

    private static EngineEvent event(int number) {
        return new EngineEvent(
                Kind.INITIATION_SENT, number, Optional.of(PEER), Optional.of(HERE), Optional.empty(), "");
    }

    /// The other side closes, or the thread of the feed has not looked yet.
    private void awaitReaders(boolean some) throws Exception {
        while (feed.hasReaders() != some) {
            Thread.sleep(5);
        }
    }

    @Test
    void everyKindOfEventArrivesAsItWasPublished() throws Exception {
        try (EngineEvents events = client.events()) {
            for (Kind kind : Kind.values()) {
                EngineEvent sent =
                        new EngineEvent(kind, 123, Optional.of(PEER), Optional.of(HERE), Optional.of(THERE), "word");
                feed.publish(sent);
                assertThat(events.next()).contains(sent);
            }
            feed.publish(EngineEvent.of(Kind.LOST, 0, ""));
            assertThat(events.next()).contains(EngineEvent.of(Kind.LOST, 0, ""));
            // Other requests go on beside it.
            assertThat(client.read().peers()).isEmpty();
        }
        awaitReaders(false);
    }

    @Test
    void withoutAReaderNothingIsKept() throws Exception {
        feed.publish(event(1));
        try (EngineEvents events = client.events()) {
            feed.publish(event(2));
            assertThat(events.next()).contains(event(2));
        }
        awaitReaders(false);
        feed.publish(event(3));
        try (EngineEvents events = client.events()) {
            feed.publish(event(4));
            assertThat(events.next()).contains(event(4));
        }
    }

    @Test
    void twoHundredReadersGetEverythingAndTakeNoClientsPlace() throws Exception {
        List<EngineEvents> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                readers.add(client.events());
            }
            for (int i = 0; i < 10; i++) {
                feed.publish(event(i));
            }
            for (EngineEvents reader : readers) {
                for (int i = 0; i < 10; i++) {
                    assertThat(reader.next()).contains(event(i));
                }
            }
            assertThat(client.read().peers()).isEmpty();
            for (int i = 200; i < EventFeed.MOST_READERS; i++) {
                readers.add(client.events());
            }
            assertThatThrownBy(client::events)
                    .isInstanceOfSatisfying(
                            DeviceException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
        } finally {
            readers.forEach(EngineEvents::close);
        }
        awaitReaders(false);
    }

    @Test
    void aReaderThatDoesNotReadIsDroppedAndTheOthersGoOn() throws Exception {
        try (UnixStream slow = UnixStream.connect(file.path());
                EngineEvents events = client.events()) {
            slow.write("wgj_events=1\n\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(FakeServedDevice.read(slow, 1)).isEqualTo("errno=0\n\n");
            int sent = 0;
            while (log.stream().noneMatch(line -> line.contains("1 are left"))) {
                feed.publish(event(sent));
                assertThat(events.next()).contains(event(sent));
                sent++;
            }
            assertThat(sent).isGreaterThan(100);
            feed.publish(event(7));
            assertThat(events.next()).contains(event(7));
        }
    }

    @Test
    void aFloodIsCutAndReadersAreTold() throws Exception {
        try (EngineEvents events = client.events()) {
            // The feed's thread sends meanwhile, so that how many are missing is not known.
            for (int i = 0; i < 50 * EventFeed.MOST_WAITING; i++) {
                feed.publish(event(i));
            }
            int seen = 0;
            long missing = 0;
            while (seen + missing < 50 * EventFeed.MOST_WAITING) {
                Optional<EngineEvent> next = events.next();
                if (next.isEmpty()) {
                    // It was too slow for so many, and was dropped.
                    return;
                }
                if (next.get().kind() == Kind.LOST) {
                    missing += Long.parseLong(next.get().detail());
                } else {
                    seen++;
                }
            }
            assertThat(missing).isPositive();
        }
    }

    @Test
    void aReaderThatSpeaksIsDropped() throws Exception {
        try (UnixStream reader = UnixStream.connect(file.path())) {
            reader.write("wgj_events=1\n\nget=1\n\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(FakeServedDevice.read(reader, 1)).isEqualTo("errno=0\n\n");
            reader.write("get=1\n\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> FakeServedDevice.read(reader, 1))
                    .isInstanceOfSatisfying(
                            SystemException.class,
                            e -> assertThat(e.errno().number()).isEqualTo(Errno.ECONNRESET));
        }
    }

    @Test
    void theStreamEndsWithTheEngine() throws Exception {
        try (EngineEvents events = client.events()) {
            server.close();
            feed.close();
            assertThat(events.next()).isEmpty();
        }
        feed = EventFeed.open(log::add);
    }

    @Test
    void anotherThreadEndsTheWait() throws Exception {
        try (EngineEvents events = client.events()) {
            Thread.ofPlatform().start(events::end);
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void aDeviceWithoutEventsRefuses() throws Exception {
        try (FakeServedDevice served = new FakeServedDevice()) {
            assertThatThrownBy(() -> served.client().events())
                    .isInstanceOfSatisfying(
                            DeviceException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPROTO));
            assertThat(served.log).containsExactly("UAPI: no such operation: wgj_events=1");
        }
    }

    @Test
    void theLevelOfALogIsSetByName() throws Exception {
        try (FakeServedDevice served = new FakeServedDevice()) {
            // This device has no log.
            assertThat(served.ask("wgj_log=verbose\n\n", 1)).isEqualTo("errno=-22\n\n");
        }
    }

    @Test
    void whatANewerEngineReportsIsSkipped() throws Exception {
        assertThat(EngineEvent.parse("event=eclipse boot_ns=1")).isEmpty();
        assertThat(EngineEvent.parse("event=completed boot_ns=1 colour=red detail=initiator"))
                .contains(EngineEvent.of(Kind.COMPLETED, 1, "initiator"));
        assertThatThrownBy(() -> EngineEvent.parse("nonsense")).isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> EngineEvent.parse("event=completed boot_ns=soon"))
                .isInstanceOf(DeviceException.class);
    }
}
