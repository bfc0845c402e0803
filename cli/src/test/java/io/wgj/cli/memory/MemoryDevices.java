// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.SetRequest;
import io.wgj.engine.uapi.UserspaceDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Devices with prepared answers, which record the requests.
public final class MemoryDevices implements DeviceCatalog {
    private static final int ENODEV = 19;
    private static final int EPROTO = 71;

    /// Every access and update, as `read m0` and `apply m0`.
    public final List<String> accesses = new ArrayList<>();
    /// The updates that were sent, whether they succeeded or not.
    public final List<DeviceUpdate> updates = new ArrayList<>();

    /// Settings that userspace devices received beside the updates.
    public final List<EngineOptions> options = new ArrayList<>();

    public @Nullable DeviceException listFailure;
    public @Nullable DeviceException applyFailure;
    /// What devices say of themselves; one that is not in here is in the kernel.
    public final Map<DeviceName, List<EngineStat>> stats = new HashMap<>();

    /// What the system's links tell of a failure; of other devices they tell nothing more.
    public final Map<DeviceName, DeviceException> examined = new HashMap<>();

    private final Map<DeviceName, DeviceState> states = new LinkedHashMap<>();
    private final Map<DeviceName, DeviceException> failures = new HashMap<>();

    public void put(DeviceState state) {
        states.put(state.name(), state);
    }

    /// Adds a device that cannot be read.
    public void putBroken(String name, DeviceException failure) {
        DeviceName key = new DeviceName(name);
        states.put(key, States.empty(name));
        failures.put(key, failure);
    }

    @Override
    public List<DeviceName> list() throws DeviceException {
        if (listFailure != null) {
            throw listFailure;
        }
        return List.copyOf(states.keySet());
    }

    @Override
    public WireGuardDevice openToRead(DeviceName name) {
        return stats.containsKey(name) ? new Userspace(name) : new Opened(name);
    }

    @Override
    public WireGuardDevice openToWrite(DeviceName name) {
        return openToRead(name);
    }

    @Override
    public DeviceException examine(DeviceName name, DeviceException failure) {
        return examined.getOrDefault(name, failure);
    }

    private final class Userspace extends Opened implements UserspaceDevice {
        Userspace(DeviceName name) {
            super(name);
        }

        @Override
        public void apply(SetRequest request) throws DeviceException {
            apply(request.update());
            options.add(request.options());
        }

        @Override
        public List<EngineStat> stats() throws DeviceException {
            List<EngineStat> told = stats.getOrDefault(name(), List.of());
            if (told.isEmpty()) {
                throw new DeviceException(DeviceException.Reason.IO, EPROTO, null);
            }
            return told;
        }
    }

    private class Opened implements WireGuardDevice {
        private final DeviceName name;

        Opened(DeviceName name) {
            this.name = name;
        }

        @Override
        public DeviceName name() {
            return name;
        }

        @Override
        public DeviceState read() throws DeviceException {
            accesses.add("read " + name);
            DeviceState state = states.get(name);
            DeviceException failure = failures.get(name);
            if (failure != null) {
                throw failure;
            }
            if (state == null) {
                throw new DeviceException(DeviceException.Reason.NOT_FOUND, ENODEV, null);
            }
            return state;
        }

        @Override
        public void apply(DeviceUpdate update) throws DeviceException {
            accesses.add("apply " + name);
            updates.add(update);
            if (applyFailure != null) {
                throw applyFailure;
            }
        }

        @Override
        public void close() {}
    }
}
