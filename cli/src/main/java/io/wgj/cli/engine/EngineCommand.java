// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.engine;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.Engines;
import io.wgj.engine.run.EngineEnd;
import io.wgj.engine.run.EngineEnvironment;
import io.wgj.engine.run.EngineFactory;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.run.EngineProcess;
import io.wgj.engine.run.StartFailure;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `wgj engine [-f] IFACE` and `wgj engine --stats IFACE`. That the former goes to the background is the
/// launcher's work: the process itself always stays. A launcher that waits for a daemon reads `ready` or, from a daemon
/// that does not get that far, its exit code.
public final class EngineCommand {
    private final Invocation invocation;
    private final Optional<EngineFactory> engine;
    private final UapiSockets sockets;
    /// Whether the launcher has had its word.
    private boolean served;

    public EngineCommand(Invocation invocation) {
        this(invocation, Optional.of(Engines.own()), new UapiSockets());
    }

    /// With another engine than this build's, and another folder of sockets.
    EngineCommand(Invocation invocation, Optional<EngineFactory> engine, UapiSockets sockets) {
        this.invocation = invocation;
        this.engine = engine;
        this.sockets = sockets;
    }

    /// Runs until the engine's end; the exit code.
    public int run() {
        int code = runWords();
        if (!served && code != ExitCode.DONE) {
            tellLauncher(code);
        }
        return code;
    }

    private int runWords() {
        List<String> names = new ArrayList<>();
        boolean stats = false;
        for (String word : invocation.arguments()) {
            switch (word) {
                case "-f", "--foreground" -> {}
                case "--stats" -> stats = true;
                default -> names.add(word);
            }
        }
        if (names.size() != 1 || names.getFirst().startsWith("-")) {
            String odd = names.stream()
                    .filter(name -> name.startsWith("-"))
                    .findFirst()
                    .orElse("");
            return misused(odd.isEmpty() ? "it takes the name of one interface" : odd + ": no such option");
        }
        if (stats) {
            return stats(names.getFirst());
        }
        Optional<InterfaceName> name = InterfaceName.parse(names.getFirst());
        return name.isPresent()
                ? start(name.get())
                : misused(names.getFirst() + ": no name for an interface: 1 to 15 letters, digits and _=+.-");
    }

    private int start(InterfaceName name) {
        if (engine.isEmpty()) {
            invocation.remark("engine: this build has none");
            return ExitCode.FAILED;
        }
        try {
            EngineEnvironment environment = EngineEnvironment.of(invocation.host()::env);
            EngineLog log = EngineLog.queued(environment.level(), name.text(), System.err);
            try {
                EngineEnd end =
                        new EngineProcess(engine.get(), name, environment, log, UapiSockets.DEFAULT_FOLDER).run();
                served = true;
                return end.failed() ? ExitCode.FAILED : ExitCode.DONE;
            } finally {
                log.flush();
            }
        } catch (StartFailure failure) {
            invocation.remark("engine: " + failure.sentence());
            return failure.isNotPermitted() ? ExitCode.NOT_PERMITTED : ExitCode.FAILED;
        }
    }

    private int stats(String name) {
        DeviceName device = new DeviceName(name);
        if (!sockets.areVisible()) {
            invocation.remark(
                    "engine: " + name + ": " + sockets.pathOf(device) + " is not open to this user; run it as root");
            return ExitCode.NOT_PERMITTED;
        }
        if (!sockets.exists(device)) {
            invocation.remark("engine: " + name + ": no engine answers at " + sockets.pathOf(device));
            return ExitCode.NOT_FOUND;
        }
        try {
            for (EngineStat stat : sockets.open(device).stats()) {
                invocation.out().append(line(stat)).append('\n');
            }
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            invocation.remark("engine: " + name + ": " + failure.getMessage() + "; only wgj's own engine tells");
            return ExitCode.of(failure);
        }
    }

    /// Nobody may be waiting: what was inherited under that number is left alone unless it is a pipe.
    private void tellLauncher(int code) {
        String descriptor = invocation.host().env(EngineEnvironment.READY_DESCRIPTOR);
        if (descriptor == null) {
            return;
        }
        try (NativeFile launcher = NativeFile.ofDescriptor(Integer.parseInt(descriptor))) {
            if (launcher.status().isFifo()) {
                launcher.write((code + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (NumberFormatException | SystemException _) {
            // The launcher makes a failure without a word of it an exit code of 1.
            return;
        }
    }

    private static String line(EngineStat stat) {
        if (stat.name().equals("public_key")) {
            return "peer: "
                    + PublicKey.parseHex(stat.value()).map(PublicKey::toBase64).orElse(stat.value());
        }
        return stat.name().replace('_', ' ') + ": " + stat.value();
    }

    private int misused(String sentence) {
        invocation.remark("engine: " + sentence + "; `" + invocation.program() + " help engine' tells more");
        return ExitCode.MISUSED;
    }
}
