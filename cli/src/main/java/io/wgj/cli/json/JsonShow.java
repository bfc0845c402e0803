// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.UserspaceDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `wgj show [IFACE|all|interfaces] --json[=wg] [--secrets]`. Standard output gets one document in every state of the
/// system, failures included; what failed is told on standard error, in JSON too.
public final class JsonShow {
    private static final String JSON = "--json";

    private final Invocation invocation;
    private final Map<DeviceName, List<EngineStat>> engines = new HashMap<>();
    private String target = "all";
    private boolean targetNamed;
    private boolean wgShape;
    private boolean secrets;

    public JsonShow(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Whether these words ask for JSON.
    public static boolean isAskedFor(List<String> words) {
        if (words.size() < 2 || !words.getFirst().equals("show")) {
            return false;
        }
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals(JSON) || words.get(i).startsWith("--json=")) {
                return true;
            }
        }
        return false;
    }

    /// Prints the document; the exit code.
    public int run() {
        for (String word : invocation.arguments()) {
            String complaint = take(word);
            if (!complaint.isEmpty()) {
                return misused(complaint);
            }
        }
        if (!target.equals("interfaces")) {
            return devices();
        }
        return wgShape ? misused("--json=wg has no list of interfaces; use --json") : names();
    }

    /// What is wrong about a word; empty when it was taken.
    private String take(String word) {
        if (word.equals(JSON)) {
            wgShape = false;
        } else if (word.equals("--json=wg")) {
            wgShape = true;
        } else if (word.equals("--secrets")) {
            secrets = true;
        } else if (word.startsWith("--json=")) {
            return word + ": the shapes are --json and --json=wg";
        } else if (targetNamed) {
            return word + ": with --json go one interface, all or interfaces, and --secrets";
        } else {
            target = word;
            targetNamed = true;
        }
        return "";
    }

    private int misused(String complaint) {
        invocation.host().err(ErrorJson.misuse(complaint));
        return ExitCode.MISUSED;
    }

    private int names() {
        try {
            invocation
                    .out()
                    .append(DeviceJson.ofNames(invocation.host().devices().list()));
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            invocation.out().append(DeviceJson.ofNames(List.of()));
            return listingFailed(failure);
        }
    }

    private int devices() {
        List<DeviceState> states = new ArrayList<>();
        int code = target.equals("all") ? readAll(states) : readOne(new DeviceName(target), states);
        invocation
                .out()
                .append(
                        wgShape
                                ? WgJson.of(states, secrets, invocation.host().scopes())
                                : DeviceJson.of(
                                        states,
                                        engines,
                                        secrets,
                                        invocation.host().scopes()));
        return code;
    }

    /// Reads what can be read. As for `wg show`, one readable device makes it a success.
    private int readAll(List<DeviceState> states) {
        List<DeviceName> names;
        try {
            names = invocation.host().devices().list();
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
            DeviceException examined = invocation.host().devices().examine(name, failure);
            invocation.host().err(ErrorJson.of("cannot read " + name, name, examined));
            return ExitCode.of(examined);
        }
    }

    /// None from an implementation that is not ours.
    private static List<EngineStat> stats(UserspaceDevice device) {
        try {
            return device.stats();
        } catch (DeviceException _) {
            return List.of();
        }
    }

    private int listingFailed(DeviceException failure) {
        invocation.host().err(ErrorJson.of("cannot list the interfaces", null, failure));
        return ExitCode.of(failure);
    }
}
