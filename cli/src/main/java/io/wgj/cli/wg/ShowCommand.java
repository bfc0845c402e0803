// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.Host;
import io.wgj.cli.show.FieldRenderer;
import io.wgj.cli.show.PrettyRenderer;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `wg show`: devices for people, or one field for scripts.
final class ShowCommand {
    private final Invocation invocation;
    private final Host host;

    ShowCommand(Invocation invocation) {
        this.invocation = invocation;
        this.host = invocation.host();
    }

    int run() {
        List<String> words = invocation.arguments();
        if (words.size() == 1 && WgCommands.isHelp(words.getFirst())) {
            host.err(WgUsage.of(invocation.program(), "show"));
            return 0;
        }
        if (words.size() > 2) {
            return WgCommands.misused(invocation, "show");
        }
        String target = words.isEmpty() ? "all" : words.getFirst();
        String field = words.size() == 2 ? words.get(1) : null;
        if (target.equals("interfaces")) {
            return field == null ? interfaces() : WgCommands.misused(invocation, "show");
        }
        return target.equals("all") ? all(field) : one(new DeviceName(target), field);
    }

    /// Every device in blocks for people.
    int all() {
        return all(null);
    }

    private int interfaces() {
        List<DeviceName> names;
        try {
            names = host.devices().list();
        } catch (DeviceException failure) {
            return cannotList(failure);
        }
        for (int i = 0; i < names.size(); i++) {
            invocation.out().append(names.get(i).text()).append(i + 1 < names.size() ? ' ' : '\n');
        }
        return 0;
    }

    private int all(@Nullable String field) {
        List<DeviceName> names;
        try {
            names = host.devices().list();
        } catch (DeviceException failure) {
            return cannotList(failure);
        }
        boolean anyRead = false;
        for (int i = 0; i < names.size(); i++) {
            DeviceName name = names.get(i);
            DeviceState device;
            try {
                device = read(host, name);
            } catch (DeviceException failure) {
                invocation.report("Unable to access interface " + name + ": " + ErrorReport.sentence(failure));
                ErrorReport.addReading(invocation, name, failure);
                continue;
            }
            anyRead = true;
            if (field != null) {
                if (!new FieldRenderer(true, host.scopes()).render(field, device, invocation.out())) {
                    return unknownField(field);
                }
            } else {
                pretty().render(device, invocation.out());
                if (i + 1 < names.size()) {
                    invocation.out().append('\n');
                }
            }
        }
        return anyRead || names.isEmpty() ? 0 : 1;
    }

    private int one(DeviceName name, @Nullable String field) {
        DeviceState device;
        try {
            device = read(host, name);
        } catch (DeviceException failure) {
            return cannotRead(invocation, name, failure);
        }
        if (field == null) {
            pretty().render(device, invocation.out());
            return 0;
        }
        return new FieldRenderer(false, host.scopes()).render(field, device, invocation.out())
                ? 0
                : unknownField(field);
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

    private int cannotList(DeviceException failure) {
        invocation.report("Unable to list interfaces: " + ErrorReport.sentence(failure));
        ErrorReport.addListing(invocation, failure);
        return 1;
    }

    private int unknownField(String field) {
        invocation.report("Invalid parameter: `" + field + "'");
        return WgCommands.misused(invocation, "show");
    }

    private PrettyRenderer pretty() {
        boolean showKeys = "never".equals(host.env("WG_HIDE_KEYS"));
        return new PrettyRenderer(Colours.wanted(invocation), showKeys, host.nowSeconds(), host.scopes());
    }
}
