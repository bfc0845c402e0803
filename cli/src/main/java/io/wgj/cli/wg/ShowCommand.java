// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.Host;
import io.wgj.cli.show.FieldRenderer;
import io.wgj.cli.show.PrettyRenderer;
import io.wgj.cli.status.MonitorDevices;
import io.wgj.cli.status.NamedPeers;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `wg show`: devices for people, one field for scripts, or, with `--json`, a document for programs.
final class ShowCommand implements WgCommand, OwnCommand {
    private static final String SECRETS = "--secrets";
    private static final String NAMES = "--names";

    /// Fields that the monitor does not have.
    private static final List<String> SECRET_FIELDS = List.of("private-key", "preshared-keys", "dump");

    private @Nullable MonitorDevices monitor;
    private boolean hasNames;

    @Override
    public String summary() {
        return "Prints what devices are and how their peers are doing";
    }

    @Override
    public String usage() {
        return "{ <interface> | all | interfaces } [" + String.join(" | ", FieldRenderer.FIELDS) + "]";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("show", this)
                .synopsis("[INTERFACE | all | interfaces] [FIELD | --json[=wg] [--secrets]] [--names]")
                .text("""
                    WG_HIDE_KEYS=never prints secret keys. WG_COLOR_MODE=always|never|auto, NO_COLOR, CLICOLOR,
                    CLICOLOR_FORCE and TERM=dumb choose colours.

                    Reading a device needs root. Members of the group wgj are shown what the monitor knows, while one runs:
                    everything but private-key, preshared-keys and dump. JSON names such a source.

                    A peer's name comes from the configuration file: its line Name, `# Name = X' in its section, or the
                    comment line directly above [Peer]. With --names, the block of such a peer begins with the name, and
                    of a FIELD the name takes the place of the public key.
                    """)
                .operand(Options.optional(
                        "[INTERFACE | all | interfaces]",
                        "0",
                        "a WireGuard interface, or `all', which is the default, or `interfaces' for their names alone",
                        List.of("all", "interfaces")))
                .operand(Options.optional(
                        "[FIELD]",
                        "1",
                        "for scripts: " + String.join(", ", FieldRenderer.FIELDS),
                        FieldRenderer.FIELDS))
                .option(JsonShow.option())
                .option(Options.flag(SECRETS, "with the private and preshared keys, which JSON leaves out otherwise"))
                .option(Options.flag(NAMES, "with the names of peers"))
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .exit("2", "with --json or --names: " + ExitCode.meaning(ExitCode.MISUSED))
                .exit("4", "with --json: " + ExitCode.meaning(ExitCode.NOT_PERMITTED))
                .exit("5", "with --json: " + ExitCode.meaning(ExitCode.NOT_FOUND))
                .example("wgj show", "Prints all interfaces")
                .example("wgj show wg0 latest-handshakes", "Prints one field of each peer, for a script")
                .example("wgj show --names", "Prints all interfaces, with the names of their peers")
                .example("wgj show --json", "Prints all interfaces as one JSON document")
                .build();
    }

    @Override
    public int run(Invocation invocation) {
        List<String> words = invocation.arguments();
        if (invocation.extended() && hasOwnOption(words)) {
            return CommandRun.run(this, invocation);
        }
        if (words.size() == 1 && WgCommands.isHelp(words.getFirst())) {
            misused(invocation);
            return 0;
        }
        if (words.size() > 2) {
            return misused(invocation);
        }
        return text(invocation, words);
    }

    private int text(Invocation invocation, List<String> words) {
        String target = words.isEmpty() ? "all" : words.getFirst();
        String field = words.size() == 2 ? words.get(1) : null;
        if (target.equals("interfaces")) {
            return field == null ? interfaces(invocation) : misused(invocation);
        }
        return target.equals("all") ? all(invocation, field) : one(invocation, new DeviceName(target), field);
    }

    /// The words with `--json` or `--names`, which the original does not know.
    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException {
        List<String> operands = arguments.operands();
        String target = operands.isEmpty() ? "all" : operands.getFirst();
        hasNames = arguments.has(NAMES);
        if (hasNames && target.equals("interfaces")) {
            throw new MisuseException(NAMES + ": `interfaces' shows no peers");
        }
        Optional<String> shape = arguments.text(Options.JSON);
        if (shape.isEmpty()) {
            if (arguments.has(SECRETS)) {
                throw new MisuseException(SECRETS + " goes with --json; WG_HIDE_KEYS=never shows keys without it");
            }
            return text(invocation, operands);
        }
        if (operands.size() > 1) {
            throw new MisuseException(operands.getLast() + ": --json goes without a FIELD");
        }
        return new JsonShow(invocation, target, shape.get(), arguments.has(SECRETS), hasNames).run();
    }

    private static boolean hasOwnOption(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(Options.JSON) || word.startsWith(Options.JSON + "=") || word.equals(NAMES)) {
                return true;
            }
        }
        return false;
    }

    /// Prints every device in blocks for people.
    int all(Invocation invocation) {
        return all(invocation, null);
    }

    private int interfaces(Invocation invocation) {
        List<DeviceName> names;
        try {
            names = list(invocation);
        } catch (DeviceException failure) {
            return cannotList(invocation, failure);
        }
        for (int i = 0; i < names.size(); i++) {
            invocation.out().append(names.get(i).text()).append(i + 1 < names.size() ? ' ' : '\n');
        }
        return 0;
    }

    private int all(Invocation invocation, @Nullable String field) {
        Host host = invocation.host();
        List<DeviceName> names;
        try {
            names = list(invocation);
        } catch (DeviceException failure) {
            return cannotList(invocation, failure);
        }
        boolean anyRead = false;
        for (int i = 0; i < names.size(); i++) {
            DeviceName name = names.get(i);
            DeviceState device;
            try {
                device = read(invocation, name, field);
            } catch (DeviceException failure) {
                invocation.report("Unable to access interface " + name + ": " + ErrorReport.sentence(failure));
                ErrorReport.addReading(invocation, name, failure);
                continue;
            }
            anyRead = true;
            if (field != null) {
                if (!new FieldRenderer(true, host.scopes(), names(invocation, name))
                        .render(field, device, invocation.out())) {
                    return unknownField(invocation, field);
                }
            } else {
                pretty(invocation, name).render(device, invocation.out());
                if (i + 1 < names.size()) {
                    invocation.out().append('\n');
                }
            }
        }
        return anyRead || names.isEmpty() ? 0 : 1;
    }

    private int one(Invocation invocation, DeviceName name, @Nullable String field) {
        DeviceState device;
        try {
            device = read(invocation, name, field);
        } catch (DeviceException failure) {
            return cannotRead(invocation, name, failure);
        }
        if (field == null) {
            pretty(invocation, name).render(device, invocation.out());
            return 0;
        }
        return new FieldRenderer(false, invocation.host().scopes(), names(invocation, name))
                        .render(field, device, invocation.out())
                ? 0
                : unknownField(invocation, field);
    }

    /// Lists the devices, or asks the monitor where this process may not.
    private List<DeviceName> list(Invocation invocation) throws DeviceException {
        try {
            return invocation.host().devices().list();
        } catch (DeviceException failure) {
            Optional<List<DeviceName>> known =
                    invocation.extended() ? monitor(invocation).namesInstead(failure) : Optional.empty();
            if (known.isEmpty()) {
                throw failure;
            }
            return known.get();
        }
    }

    private MonitorDevices monitor(Invocation invocation) {
        MonitorDevices known = monitor;
        if (known == null) {
            known = new MonitorDevices(invocation.host());
            monitor = known;
        }
        return known;
    }

    /// Reads the device, or asks the monitor where this process may not.
    private DeviceState read(Invocation invocation, DeviceName name, @Nullable String field) throws DeviceException {
        try {
            return read(invocation.host(), name);
        } catch (DeviceException failure) {
            if (!invocation.extended() || field != null && SECRET_FIELDS.contains(field)) {
                throw failure;
            }
            Optional<DeviceState> shown = monitor(invocation).instead(name, failure);
            if (shown.isEmpty()) {
                throw failure;
            }
            return shown.get();
        }
    }

    /// Opens, reads and closes.
    static DeviceState read(Host host, DeviceName name) throws DeviceException {
        try (WireGuardDevice device = host.devices().openToRead(name)) {
            return device.read();
        }
    }

    /// What `show` and `showconf` print about a device that cannot be read; their exit code.
    static int cannotRead(Invocation invocation, DeviceName name, DeviceException failure) {
        invocation.report("Unable to access interface: " + ErrorReport.sentence(failure));
        ErrorReport.addReading(invocation, name, failure);
        return 1;
    }

    private static int cannotList(Invocation invocation, DeviceException failure) {
        invocation.report("Unable to list interfaces: " + ErrorReport.sentence(failure));
        ErrorReport.addListing(invocation, failure);
        return 1;
    }

    private int unknownField(Invocation invocation, String field) {
        invocation.report("Invalid parameter: `" + field + "'");
        return misused(invocation);
    }

    private PrettyRenderer pretty(Invocation invocation, DeviceName name) {
        Host host = invocation.host();
        boolean showKeys = "never".equals(host.env("WG_HIDE_KEYS"));
        return new PrettyRenderer(
                Colours.wanted(invocation), showKeys, host.nowSeconds(), host.scopes(), names(invocation, name));
    }

    /// The names of the device's peers, when they are wanted.
    private Map<PublicKey, String> names(Invocation invocation, DeviceName name) {
        if (!hasNames) {
            return Map.of();
        }
        NamedPeers peers = NamedPeers.of(invocation.host(), name);
        if (!peers.failure().isEmpty()) {
            invocation.remark("show: " + name + ": no names of peers: " + peers.failure());
        }
        return peers.names();
    }
}
