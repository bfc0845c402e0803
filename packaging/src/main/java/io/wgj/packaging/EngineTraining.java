// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.cli.Main;
import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.cli.linux.RawArguments;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.Engines;
import io.wgj.engine.run.EngineEnvironment;
import io.wgj.engine.run.EngineFactory;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.run.EngineProcess;
import io.wgj.engine.run.StartFailure;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;

/// The run whose loaded classes become the class list of the engine. It covers the command that starts an
/// engine, the engine up to its first handshake and at its end, and the packet path during the warm-up. In a
/// namespace of its own it runs two engines, which answer each other. Without one it runs a [FakeEngine], and the
/// classes that create and serve an interface are not in the list.
final class EngineTraining {
    private static final InterfaceName ONE = new InterfaceName("training1");
    private static final InterfaceName OTHER = new InterfaceName("training2");
    private static final int ROUTES_MILLIS = 1_500;

    private EngineTraining() {}

    /// Ends the process.
    ///
    /// @param words of the command line: the folder to work in; `alone` when this process has a network namespace
    ///     and a `/run` of its own, and no capability but CAP_NET_ADMIN
    public static void main(String[] words)
            throws StartFailure, DeviceException, SystemException, NetlinkException, InterruptedException {
        // Where a JVM starts; its `main` would end this one.
        List<String> _ = RawArguments.of(new String[] {Main.class.getName()});
        command("not a name");
        if (words.length > 1 && words[1].equals("alone")) {
            real();
        } else {
            pretended(words[0]);
        }
        Engines.warmUp();
        Runtime.getRuntime().halt(0);
    }

    private static void command(String name) {
        Programs.run(new Invocation(InvokedAs.WGJ, "wgj", List.of("engine", "-f", name), new LinuxHost()));
    }

    private static void real()
            throws StartFailure, DeviceException, SystemException, NetlinkException, InterruptedException {
        UapiSockets sockets = new UapiSockets();
        TrainedTunnel tunnel = new TrainedTunnel(sockets, new DeviceName(ONE.text()), new DeviceName(OTHER.text()));
        Thread one = Thread.ofPlatform().daemon().start(() -> command(ONE.text()));
        EngineProcess process = process(Engines.own(), OTHER, UapiSockets.DEFAULT_FOLDER);
        Thread other = Thread.ofPlatform().daemon().start(() -> serve(process));
        tunnel.configure();
        tunnel.shakeHands();
        // Within a second of a handshake, an engine asks for the route to its peer.
        Thread.sleep(ROUTES_MILLIS);
        NativeFile.unlink(sockets.pathOf(new DeviceName(ONE.text())));
        process.end("The training is over");
        one.join();
        other.join();
    }

    private static void pretended(String folder) throws StartFailure, DeviceException, InterruptedException {
        TrainedTunnel tunnel =
                new TrainedTunnel(new UapiSockets(folder), new DeviceName(ONE.text()), new DeviceName(OTHER.text()));
        EngineProcess process = process(FakeEngine::new, ONE, folder);
        Thread thread = Thread.ofPlatform().daemon().start(() -> serve(process));
        tunnel.configure(0);
        process.end("The training is over");
        thread.join();
    }

    /// An engine that logs each step, so that the classes of logging are in the list too.
    private static EngineProcess process(EngineFactory factory, InterfaceName name, String folder) throws StartFailure {
        EngineLog log = new EngineLog(EngineLog.Level.VERBOSE, name.text(), System.err);
        return new EngineProcess(factory, name, EngineEnvironment.of(System::getenv), log, folder);
    }

    private static void serve(EngineProcess process) {
        try {
            process.serve();
        } catch (StartFailure failure) {
            throw new IllegalStateException(failure.sentence());
        }
    }
}
