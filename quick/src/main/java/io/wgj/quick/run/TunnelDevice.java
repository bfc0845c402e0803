// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceDiff;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Configures the tunnel's device, and remembers how to undo it as long as the process lives.
final class TunnelDevice {
    private final Environment environment;
    private final InterfaceName link;
    private final TunnelRequest.Configuration configuration;
    private boolean portIsNamed;
    private DeviceUpdate configured = DeviceUpdate.ofPeers(List.of());
    private @Nullable DeviceState before;
    private @Nullable DeviceUpdate changes;
    private Optional<EngineOptions> told = Optional.empty();
    private EngineOptions newOptions = EngineOptions.NONE;
    private Function<DeviceState, DeviceUpdate> withoutRemoval = state -> DeviceUpdate.ofPeers(List.of());

    TunnelDevice(Environment environment, InterfaceName link, TunnelRequest.Configuration configuration) {
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

    /// As [OwnEngine#listeningErrno].
    int listeningErrno() throws StepException {
        try (WireGuardDevice device = environment.device(link)) {
            return OwnEngine.listeningErrno(device);
        } catch (DeviceException e) {
            throw Failures.ofDevice("access", e);
        }
    }

    /// Sends what the file says.
    void configure() throws StepException, RunException {
        DeviceUpdate update = configuration.resolve();
        configured = update;
        portIsNamed = update.listenPort().value().isPresent();
        EngineOptions options = configuration.options();
        try (WireGuardDevice device = environment.device(link)) {
            boolean tells = !options.isUnrestricted() && OwnEngine.told(device).isPresent();
            OwnEngine.send(device, update, tells ? options : EngineOptions.NONE);
        } catch (DeviceException e) {
            throw Failures.ofDevice("modify", e);
        }
    }

    /// What [#configure] has sent.
    DeviceUpdate configured() {
        return configured;
    }

    /// Whether [#configure] has sent a port.
    boolean portIsNamed() {
        return portIsNamed;
    }

    /// What [#change] will send.
    ///
    /// @param otherwise the same from the state that is then, for devices that cannot take single prefixes away
    /// @param toldBefore what our own engine has been told; empty where it is none
    /// @param own the device's own public key: there is no such peer
    /// @return whether it is told something new
    boolean prepare(
            DeviceState now,
            DeviceUpdate update,
            Function<DeviceState, DeviceUpdate> otherwise,
            Optional<EngineOptions> toldBefore,
            Optional<PublicKey> own) {
        before = now;
        changes = update;
        told = toldBefore;
        newOptions = EngineOptions.NONE;
        if (told.isPresent()) {
            EngineOptions options = configuration.options();
            newOptions = (own.isPresent() ? options.without(own.get()) : options).since(told.get());
        }
        withoutRemoval = otherwise;
        return !newOptions.isEmpty();
    }

    void change() throws StepException {
        DeviceUpdate update = changes;
        if (update == null) {
            throw new IllegalStateException("no change has been prepared");
        }
        try {
            change(update);
        } catch (StepException e) {
            changeBack();
            throw e;
        }
    }

    /// Kernels before 6.16 and other userspace implementations refuse to take single prefixes away, what came
    /// before them in the update being done.
    private void change(DeviceUpdate update) throws StepException {
        try (WireGuardDevice device = environment.device(link)) {
            OwnEngine.send(device, update, newOptions);
        } catch (DeviceException e) {
            if (e.reason() != DeviceException.Reason.INVALID || !update.removesAllowedIps()) {
                throw Failures.ofDevice("modify", e);
            }
            send(withoutRemoval.apply(read()));
        }
    }

    /// Makes the device what it was before [#change], but for what its peers have done since.
    void changeBack() throws StepException {
        DeviceState then = before;
        if (then == null) {
            throw new IllegalStateException("no change has been made");
        }
        DeviceUpdate back = DeviceDiff.sync(read(), DeviceRestore.wanted(then));
        try (WireGuardDevice device = environment.device(link)) {
            Optional<EngineOptions> now = told.isPresent() ? OwnEngine.told(device) : Optional.empty();
            OwnEngine.send(device, back, now.isPresent() ? told.get().since(now.get()) : EngineOptions.NONE);
        } catch (DeviceException e) {
            throw Failures.ofDevice("modify", e);
        }
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
