// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.FakeDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineEvent;
import io.wgj.engine.uapi.EngineEvent.Kind;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.EventFeed;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SetRequest;
import io.wgj.engine.uapi.SocketFile;
import io.wgj.engine.uapi.UapiServer;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.liveness.EngineSign;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EngineEventServiceTest {
    private final MemoryContext monitor = new MemoryContext();
    private final AtomicInteger asked = new AtomicInteger();
    private Path folder;
    private SocketFile file;
    private EventFeed feed;
    private UapiServer server;
    private EngineEventService service;

    @BeforeEach
    void serve() throws Exception {
        folder = Files.createTempDirectory("wgj-events");
        file = SocketFile.bind(folder.toString(), new InterfaceName("wg0"));
        feed = EventFeed.open(_ -> {});
        server = UapiServer.start(file.listener(), new Engine(Optional.of(feed)), _ -> {}, _ -> {});
        UapiSockets sockets = new UapiSockets(folder.toString());
        service = new EngineEventService(
                name -> {
                    asked.incrementAndGet();
                    return sockets.open(name).events();
                },
                monitor);
    }

    @AfterEach
    void end() throws Exception {
        service.close();
        file.remove();
        server.close();
        feed.close();
        Files.delete(folder);
    }

    private record Engine(Optional<EventFeed> events, FakeDevice device) implements ServedDevice {
        Engine(Optional<EventFeed> events) {
            this(events, new FakeDevice(new DeviceName("wg0")));
        }

        @Override
        public DeviceState read() throws DeviceException {
            return device.read();
        }

        @Override
        public void apply(SetRequest request) {}

        @Override
        public List<EngineStat> stats() {
            return List.of();
        }
    }

    private PeerView peer(int number, DeviceSource source) {
        PeerView view = monitor.peer(number, "", PeerState.UP, Verdict.UP);
        return new PeerView(
                view.id(),
                view.iface(),
                source,
                view.listenPort(),
                view.fwmark(),
                view.device(),
                view.state(),
                view.verdict(),
                "",
                view.sinceNanos(),
                view.lastHeardNanos(),
                0,
                view.file(),
                view.settings());
    }

    private void publish(Kind kind, int peer) {
        feed.publish(
                new EngineEvent(kind, 1, Optional.of(MemoryContext.key(peer)), Optional.empty(), Optional.empty(), ""));
    }

    private void awaitReader(boolean some) throws Exception {
        while (feed.hasReaders() != some) {
            Thread.sleep(2);
        }
    }

    private void awaitSigns(EngineSign... signs) throws Exception {
        while (monitor.signs.size() < signs.length) {
            monitor.pass(0);
            Thread.sleep(2);
        }
        assertThat(monitor.signs).containsExactly(signs);
    }

    @Test
    void eventsReachTheMonitorAsSigns() throws Exception {
        monitor.show(service, peer(1, DeviceSource.USERSPACE));
        monitor.show(service, peer(2, DeviceSource.USERSPACE));
        awaitReader(true);
        publish(Kind.INITIATION_SENT, 1);
        publish(Kind.RESPONSE_RECEIVED, 1);
        publish(Kind.COMPLETED, 1);
        publish(Kind.INITIATION_RECEIVED, 2);
        publish(Kind.ENDPOINT_MOVED, 2);
        publish(Kind.GIVEN_UP, 1);
        awaitSigns(EngineSign.CALLED, EngineSign.CHANGED, EngineSign.KNOCKED, EngineSign.CHANGED, EngineSign.GAVE_UP);
        // One connection serves all peers of the interface.
        assertThat(asked).hasValue(1);
    }

    @Test
    void theLastPeerOfAnInterfaceEndsTheConnection() throws Exception {
        PeerView one = peer(1, DeviceSource.USERSPACE);
        PeerView two = peer(2, DeviceSource.USERSPACE);
        monitor.showAll(service, List.of(one, two));
        awaitReader(true);
        monitor.remove(service, one.id());
        publish(Kind.COMPLETED, 2);
        awaitSigns(EngineSign.CHANGED);
        monitor.remove(service, two.id());
        awaitReader(false);
    }

    @Test
    void theKernelIsNotAsked() {
        monitor.show(service, peer(1, DeviceSource.KERNEL));
        assertThat(asked).hasValue(0);
    }
}
