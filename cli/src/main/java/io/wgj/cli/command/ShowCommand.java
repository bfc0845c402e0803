// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

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
    private final Call call;
    private final Host host;

    ShowCommand(Call call) {
        this.call = call;
        this.host = call.host();
    }

    int run() {
        List<String> words = call.arguments();
        if (words.size() == 1 && WgWords.isHelp(words.getFirst())) {
            host.err(WgUsage.of(call.program(), "show"));
            return 0;
        }
        if (words.size() > 2) {
            return WgWords.misused(call, "show");
        }
        String target = words.isEmpty() ? "all" : words.getFirst();
        String field = words.size() == 2 ? words.get(1) : null;
        if (target.equals("interfaces")) {
            return field == null ? interfaces() : WgWords.misused(call, "show");
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
            call.out().append(names.get(i).text()).append(i + 1 < names.size() ? ' ' : '\n');
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
                call.say("Unable to access interface " + name + ": " + ErrorReport.sentence(failure));
                ErrorReport.addReading(call, name, failure);
                continue;
            }
            anyRead = true;
            if (field != null) {
                if (!new FieldRenderer(true, host.scopes()).render(field, device, call.out())) {
                    return unknownField(field);
                }
            } else {
                pretty().render(device, call.out());
                if (i + 1 < names.size()) {
                    call.out().append('\n');
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
            return cannotRead(call, name, failure);
        }
        if (field == null) {
            pretty().render(device, call.out());
            return 0;
        }
        return new FieldRenderer(false, host.scopes()).render(field, device, call.out()) ? 0 : unknownField(field);
    }

    /// Opens, reads and closes.
    static DeviceState read(Host host, DeviceName name) throws DeviceException {
        try (WireGuardDevice device = host.devices().openToRead(name)) {
            return device.read();
        }
    }

    /// What `show` and `showconf` print about a device that cannot be read; their exit code.
    static int cannotRead(Call call, DeviceName name, DeviceException failure) {
        call.say("Unable to access interface: " + ErrorReport.sentence(failure));
        ErrorReport.addReading(call, name, failure);
        return 1;
    }

    private int cannotList(DeviceException failure) {
        call.say("Unable to list interfaces: " + ErrorReport.sentence(failure));
        ErrorReport.addListing(call, failure);
        return 1;
    }

    private int unknownField(String field) {
        call.say("Invalid parameter: `" + field + "'");
        return WgWords.misused(call, "show");
    }

    private PrettyRenderer pretty() {
        boolean showKeys = "never".equals(host.env("WG_HIDE_KEYS"));
        return new PrettyRenderer(Colours.wanted(call), showKeys, host.nowSeconds(), host.scopes());
    }
}
