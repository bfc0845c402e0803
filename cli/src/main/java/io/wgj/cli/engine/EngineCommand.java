// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.engine;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.StatsJson;
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
import io.wgj.engine.uapi.UapiDevice;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj engine [-f] INTERFACE` and `wgj engine --stats INTERFACE`. The launcher daemonizes; this process
/// itself always stays. A launcher that waits for a daemon reads `ready` or, from a daemon that does not get
/// that far, its exit code.
public final class EngineCommand implements OwnCommand {
    private static final String FOREGROUND = "--foreground";
    private static final String STATS = "--stats";
    private static final String LOG = "--log";
    private static final List<String> LEVELS = List.of("verbose", "error", "silent");

    private final Optional<EngineFactory> engine;
    private final UapiSockets sockets;
    /// Whether the launcher has had its answer.
    private boolean served;

    public EngineCommand() {
        this(Optional.of(Engines.own()), new UapiSockets());
    }

    /// With another engine than this build's, and another folder of sockets.
    EngineCommand(Optional<EngineFactory> engine, UapiSockets sockets) {
        this.engine = engine;
        this.sockets = sockets;
    }

    @Override
    public String summary() {
        return "Runs WireGuard in userspace, where the kernel has none";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("engine", this)
                .synopsis("[-f] [-q] INTERFACE | --stats [--json] INTERFACE | --log LEVEL INTERFACE")
                .text("""
                    Creates the interface and serves /var/run/wireguard/INTERFACE.sock, which wg and wgj speak to. It
                    daemonizes once the socket answers. It exits when the interface is deleted, when the socket's file is
                    removed, or at SIGTERM, SIGINT or SIGHUP, and leaves nothing behind.

                    It drops every capability except CAP_NET_ADMIN. WGJ_ENGINE_LOW_PORTS=1 keeps the one to listen on
                    ports below 1024; wgj-quick sets it where a file's ListenPort asks for it.

                    LOG_LEVEL=verbose|error|silent sets how much is logged, and --log changes it while the engine runs. With verbose, each handshake is logged, and
                    why messages of handshakes are dropped. The log goes to standard error, or, in the background, to
                    /dev/log.

                    wgj-quick starts an engine where the kernel has no WireGuard, and everywhere with
                    WGJ_QUICK_ENGINE=1. For wg-quick, set WG_QUICK_USERSPACE_IMPLEMENTATION=wgj-engine. As with
                    wireguard-go, WG_TUN_FD and WG_UAPI_FD hand over open descriptors, and WG_PROCESS_FOREGROUND=1 means
                    -f.
                    """)
                .operand(Options.operand(
                        Options.INTERFACE,
                        "the name of the new interface, or, with --stats and --log, of a running engine's"))
                .option(Options.flag("-f", FOREGROUND, "stays in the foreground"))
                .option(Options.flag(
                        STATS,
                        "prints what a running engine counts: drops by reason, sizes of batches, and its last error with"
                                + " the time"))
                .option(Options.value(LOG, "LEVEL", "sets how much a running engine logs: verbose, error or silent"))
                .option(Options.json("with --stats: one JSON document"))
                .option(Options.quiet("logs nothing, as with LOG_LEVEL=silent"))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .example("wgj engine wg0", "Creates wg0 and serves it in the background")
                .example("wgj engine --stats wg0", "Prints which ciphers run, and what was dropped and why")
                .example("wgj engine --log verbose wg0", "Logs each handshake from now on")
                .build();
    }

    /// An engine has rights and flags of its own, so it is a process of its own.
    @Override
    public boolean runsInBatch(List<String> words) {
        return words.contains(STATS);
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        String word = arguments.operands().getFirst();
        if (arguments.has(STATS)) {
            return stats(invocation, word, arguments.json());
        }
        Optional<String> level = arguments.text(LOG);
        if (level.isPresent()) {
            return setLogLevel(word, level.get());
        }
        if (arguments.json()) {
            throw new MisuseException("--json goes with --stats");
        }
        Optional<InterfaceName> name = InterfaceName.parse(word);
        if (name.isEmpty()) {
            throw new MisuseException(word + ": no name for an interface: 1 to 15 letters, digits and _=+.-");
        }
        return start(invocation, name.get(), arguments.quiet());
    }

    @Override
    public void ended(Invocation invocation, int code) {
        if (!served && code != ExitCode.DONE) {
            tellLauncher(invocation, code);
        }
    }

    private int start(Invocation invocation, InterfaceName name, boolean quiet) throws RefusalException {
        if (engine.isEmpty()) {
            throw refusal(ExitCode.FAILED, "this build has none");
        }
        try {
            EngineEnvironment environment = EngineEnvironment.of(variable -> quiet && variable.equals("LOG_LEVEL")
                    ? "silent"
                    : invocation.host().env(variable));
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
            throw refusal(failure.isNotPermitted() ? ExitCode.NOT_PERMITTED : ExitCode.FAILED, failure.sentence());
        }
    }

    private int setLogLevel(String name, String level) throws MisuseException, RefusalException {
        if (!LEVELS.contains(level)) {
            throw new MisuseException("--log " + level + ": takes verbose, error or silent");
        }
        try {
            running(name).setLogLevel(level);
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            throw notOurs(name, failure);
        }
    }

    private static RefusalException notOurs(String name, DeviceException failure) {
        return refusal(
                ExitCode.of(failure), name + ": " + failure.getMessage() + "; only wgj's own engine answers this");
    }

    /// The device of a running engine.
    private UapiDevice running(String name) throws RefusalException {
        DeviceName device = new DeviceName(name);
        if (!sockets.areVisible()) {
            throw refusal(
                    ExitCode.NOT_PERMITTED,
                    name + ": " + sockets.pathOf(device) + " is not open to this user; run it as root");
        }
        if (!sockets.exists(device)) {
            throw refusal(ExitCode.NOT_FOUND, name + ": no engine answers at " + sockets.pathOf(device));
        }
        return sockets.open(device);
    }

    private int stats(Invocation invocation, String name, boolean json) throws RefusalException {
        UapiDevice device = running(name);
        try {
            List<EngineStat> stats = device.stats();
            if (json) {
                invocation.out().append(StatsJson.of(device.name(), stats));
                return ExitCode.DONE;
            }
            for (EngineStat stat : stats) {
                invocation.out().append(line(stat)).append('\n');
            }
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            throw notOurs(name, failure);
        }
    }

    private static RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of("engine: " + sentence));
    }

    /// Writes the exit code to the launcher that waits for it. What was inherited under that number is left
    /// alone unless it is a pipe.
    private static void tellLauncher(Invocation invocation, int code) {
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
}
