// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Call;
import io.wgj.cli.command.Face;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.path.Engines;
import io.wgj.engine.run.EngineConfig;
import io.wgj.engine.run.EngineEnvironment;
import io.wgj.engine.run.EngineHandle;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.run.EngineProcess;
import io.wgj.engine.run.StartFailure;
import io.wgj.engine.uapi.EngineFact;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SetRequest;
import io.wgj.engine.uapi.UapiDevice;
import io.wgj.engine.uapi.UapiSockets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The run whose loaded classes become the ahead-of-time cache of the engine: one that starts, is configured and asked
/// over its socket, and ends; and what a packet passes, rehearsed. It needs no privilege, and changes nothing outside
/// of its folder.
final class EngineTraining {
    private static final PrivateKey KEY = PrivateKey.fromRandom(new byte[32]);
    private static final PublicKey PEER = PublicKey.of(new byte[] {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    });
    private static final IpPrefix PREFIX =
            new IpPrefix(IpAddress.parse("10.0.0.0").orElseThrow(), 8);
    private static final Endpoint.Numeric ENDPOINT =
            new Endpoint.Numeric(IpAddress.parse("2001:db8::1").orElseThrow(), 51820);

    private EngineTraining() {}

    /// Ends the process.
    ///
    /// @param words of the command line: the folder to work in
    public static void main(String[] words) throws StartFailure, DeviceException, InterruptedException {
        // The way there, up to the engine itself.
        Programs.run(new Call(Face.WGJ, "wgj", List.of("engine", "-f", "not a name"), new LinuxHost()));
        String folder = words[0];
        InterfaceName name = new InterfaceName("engine0");
        EngineLog log = new EngineLog(EngineLog.Level.VERBOSE, name.text(), System.err);
        EngineEnvironment environment = EngineEnvironment.of(System::getenv);
        EngineProcess process = new EngineProcess(Engine::new, name, environment, log, folder);
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            try {
                process.serve();
            } catch (StartFailure failure) {
                log.error(failure.sentence());
            }
            ended.countDown();
        });
        UapiSockets sockets = new UapiSockets(folder);
        while (!sockets.exists(new DeviceName(name.text()))) {
            Thread.sleep(10);
        }
        talk(sockets.open(new DeviceName(name.text())));
        process.end("The training is over");
        ended.await();
        Engines.rehearse();
        Runtime.getRuntime().halt(0);
    }

    private static void talk(UapiDevice device) throws DeviceException {
        PeerUpdate peer = new PeerUpdate.Put(
                PEER,
                Change.clear(),
                Change.set(ENDPOINT),
                Change.set(25),
                true,
                false,
                List.of(AllowedIpUpdate.add(PREFIX)));
        device.apply(new DeviceUpdate(
                Change.set(KEY), Change.set(51820), Change.set(7), true, List.of(peer, new PeerUpdate.Remove(PEER))));
        device.read();
        device.facts();
    }

    /// Says the same whatever it is told.
    private record Engine(InterfaceName name, CountDownLatch end) implements EngineHandle, ServedDevice {
        Engine(EngineConfig config) {
            this(config.name(), new CountDownLatch(1));
        }

        @Override
        public ServedDevice device() {
            return this;
        }

        @Override
        public String awaitEnd() throws InterruptedException {
            end.await();
            return "closed";
        }

        @Override
        public void close() {
            end.countDown();
        }

        @Override
        public DeviceState read() {
            PeerState peer = new PeerState(
                    PEER, Optional.empty(), Optional.of(ENDPOINT), List.of(PREFIX), HandshakeTime.NEVER, 1, 2, 25);
            return new DeviceState(
                    new DeviceName(name.text()),
                    Optional.of(KEY),
                    Optional.of(KEY.publicKey()),
                    51820,
                    7,
                    List.of(peer));
        }

        @Override
        public void apply(SetRequest request) {}

        @Override
        public List<EngineFact> facts() {
            return List.of(new EngineFact("engine", "training"));
        }
    }
}
