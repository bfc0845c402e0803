// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.json.DeviceJson;
import io.wgj.cli.json.ErrorJson;
import io.wgj.cli.json.WgJson;
import io.wgj.cli.status.MonitorDevices;
import io.wgj.cli.status.NamedPeers;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.UserspaceDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `wgj show [INTERFACE | all | interfaces] --json[=wg] [--secrets] [--names]`. Standard output gets one document
/// in every state of the system, failures included; failures are reported on standard error, in JSON too.
final class JsonShow {
    private static final String WG = "wg";

    private final Invocation invocation;
    private final Map<DeviceName, List<EngineStat>> engines = new HashMap<>();
    private final String target;
    private final boolean wgShape;
    private final boolean secrets;
    private final boolean hasNames;
    private final Map<DeviceName, Map<PublicKey, String>> names = new HashMap<>();
    private final MonitorDevices monitor;
    private boolean fromMonitor;

    /// @param target an interface, `all` or `interfaces`
    /// @param shape empty for our own shape, `wg` for that of wg-json
    /// @param secrets whether private and preshared keys are shown
    /// @param hasNames whether the names of peers are shown
    JsonShow(Invocation invocation, String target, String shape, boolean secrets, boolean hasNames)
            throws MisuseException {
        if (!shape.isEmpty() && !shape.equals(WG)) {
            throw new MisuseException("--json=" + shape + ": the shapes are --json and --json=wg");
        }
        if (!shape.isEmpty() && hasNames) {
            throw new MisuseException("--json=wg has no names of peers; use --json");
        }
        this.invocation = invocation;
        this.target = target;
        this.wgShape = !shape.isEmpty();
        this.secrets = secrets;
        this.hasNames = hasNames;
        this.monitor = new MonitorDevices(invocation.host());
    }

    /// `--json[=wg]`.
    public static OptionSpec option() {
        return OptionSpec.builder(Options.JSON)
                .type(String.class)
                .arity("0..1")
                .paramLabel(WG)
                .completionCandidates(List.of(WG))
                .preprocessor(new NoSeparateValue())
                .description("one JSON document, schema wgj/1, with errors as JSON on standard error; =wg: an object by"
                        + " interface and public key, as wg-json prints it")
                .build();
    }

    /// Leaves the word after a bare `--json` to the operands: only `--json=wg` has a value.
    private static final class NoSeparateValue implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> words, CommandSpec spec, ArgSpec option, Map<String, Object> information) {
            if (!"=".equals(information.get("separator"))) {
                words.push("");
            }
            return false;
        }
    }

    /// Prints the document; the exit code.
    public int run() throws MisuseException {
        if (!target.equals("interfaces")) {
            return devices();
        }
        if (wgShape) {
            throw new MisuseException("--json=wg has no list of interfaces; use --json");
        }
        return names();
    }

    private int names() {
        try {
            List<DeviceName> listed = list();
            invocation.out().append(DeviceJson.ofNames(listed, fromMonitor));
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            invocation.out().append(DeviceJson.ofNames(List.of(), false));
            return listingFailed(failure);
        }
    }

    private int devices() {
        List<DeviceState> states = new ArrayList<>();
        int code = target.equals("all") ? readAll(states) : readOne(new DeviceName(target), states);
        for (DeviceState state : states) {
            if (hasNames) {
                names.put(
                        state.name(),
                        NamedPeers.of(invocation.host(), state.name()).names());
            }
        }
        invocation
                .out()
                .append(
                        wgShape
                                ? WgJson.of(states, secrets, invocation.host().scopes())
                                : DeviceJson.of(
                                        states,
                                        engines,
                                        names,
                                        secrets,
                                        fromMonitor,
                                        invocation.host().scopes()));
        return code;
    }

    /// Lists the devices, or asks the monitor where this process may not.
    private List<DeviceName> list() throws DeviceException {
        try {
            return invocation.host().devices().list();
        } catch (DeviceException failure) {
            Optional<List<DeviceName>> known = secrets ? Optional.empty() : monitor.namesInstead(failure);
            if (known.isEmpty()) {
                throw failure;
            }
            fromMonitor = true;
            return known.get();
        }
    }

    /// Reads what can be read. As for `wg show`, one readable device makes it a success.
    private int readAll(List<DeviceState> states) {
        List<DeviceName> names;
        try {
            names = list();
        } catch (DeviceException failure) {
            return listingFailed(failure);
        }
        int code = ExitCode.DONE;
        for (DeviceName name : names) {
            int failed = readOne(name, states);
            code = code == ExitCode.DONE ? failed : code;
        }
        return states.isEmpty() ? code : ExitCode.DONE;
    }

    private int readOne(DeviceName name, List<DeviceState> states) {
        try (WireGuardDevice device = invocation.host().devices().openToRead(name)) {
            states.add(device.read());
            if (!wgShape && device instanceof UserspaceDevice talkative) {
                engines.put(name, stats(talkative));
            }
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            Optional<DeviceState> shown = secrets ? Optional.empty() : monitor.instead(name, failure);
            if (shown.isPresent()) {
                states.add(shown.get());
                fromMonitor = true;
                return ExitCode.DONE;
            }
            DeviceException examined = invocation.host().devices().examine(name, failure);
            report("cannot read " + name, name, examined);
            return ExitCode.of(examined);
        }
    }

    /// The engine's statistics; empty for an implementation that is not ours.
    private static List<EngineStat> stats(UserspaceDevice device) {
        try {
            return device.stats();
        } catch (DeviceException _) {
            return List.of();
        }
    }

    private int listingFailed(DeviceException failure) {
        report("cannot list the interfaces", null, failure);
        return ExitCode.of(failure);
    }

    private void report(String what, @Nullable DeviceName name, DeviceException failure) {
        invocation
                .host()
                .err(ErrorJson.of(
                        ExitCode.of(failure),
                        what + ": " + ErrorReport.explain(failure),
                        name,
                        failure.errno(),
                        ErrorReport.sentence(failure)));
    }
}
