// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceDiff;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.InterfaceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Configures the tunnel's device, and remembers how to undo it as long as the process lives.
final class DeviceDeeds {
    private final Environment environment;
    private final InterfaceName link;
    private final Job.Configuration configuration;
    private @Nullable DeviceState before;
    private @Nullable DeviceUpdate changes;

    DeviceDeeds(Environment environment, InterfaceName link, Job.Configuration configuration) {
        this.environment = environment;
        this.link = link;
        this.configuration = configuration;
    }

    DeviceState read() throws StepException {
        try (WireGuardDevice device = environment.device(link)) {
            return device.read();
        } catch (DeviceException e) {
            throw Failures.ofDevice("access", e);
        }
    }

    /// Sends what the file says.
    void configure() throws StepException, RunException {
        send(configuration.resolve());
    }

    /// What [#change] will send.
    void prepare(DeviceState now, DeviceUpdate update) {
        before = now;
        changes = update;
    }

    void change() throws StepException {
        DeviceUpdate update = changes;
        if (update == null) {
            throw new IllegalStateException("no change has been prepared");
        }
        send(update);
    }

    /// Makes the device what it was before [#change], but for what its peers have done since.
    void changeBack() throws StepException {
        DeviceState then = before;
        if (then == null) {
            throw new IllegalStateException("no change has been made");
        }
        send(DeviceDiff.sync(read(), DeviceRestore.wanted(then)));
    }

    void setFwmark(int mark) throws StepException {
        send(new DeviceUpdate(Change.keep(), Change.keep(), Change.set(mark), false, List.of()));
    }

    private void send(DeviceUpdate update) throws StepException {
        try (WireGuardDevice device = environment.device(link)) {
            device.apply(update);
        } catch (DeviceException e) {
            throw Failures.ofDevice("modify", e);
        }
    }
}
