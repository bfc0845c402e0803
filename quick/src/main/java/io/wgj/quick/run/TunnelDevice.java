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
import io.wgj.engine.uapi.UserspaceDevice;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.plan.DeviceChanges;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and configures the tunnel's device.
final class TunnelDevice {
    private static final int KEY_BYTES = 32;

    private final Environment environment;
    private final InterfaceName link;
    private final TunnelRequest.Configuration configuration;
    private boolean portIsNamed;
    private DeviceUpdate configured = DeviceUpdate.ofPeers(List.of());
    /// What our own engine knew when a reload was planned; empty where the device is another
    /// implementation's.
    private Optional<EngineOptions> told = Optional.empty();
    private EngineOptions newOptions = EngineOptions.NONE;
    /// The userspace device that this run has started. Looking it up again would take as long as a request. A
    /// request that fails looks it up after all, so that an engine that has ended is reported as ever.
    private @Nullable WireGuardDevice started;

    TunnelDevice(Environment environment, InterfaceName link, TunnelRequest.Configuration configuration) {
        this.environment = environment;
        this.link = link;
        this.configuration = configuration;
    }

    InterfaceName link() {
        return link;
    }

    /// Whether a userspace implementation answers under this name.
    boolean isUserspace() {
        try (WireGuardDevice device = environment.device(link)) {
            return device instanceof UserspaceDevice;
        } catch (DeviceException _) {
            return false;
        }
    }

    /// Reads the device of an engine that this run has just started.
    void readStarted() throws StepException {
        try (WireGuardDevice device = environment.device(link)) {
            device.read();
            started = device instanceof UserspaceDevice ? device : null;
        } catch (DeviceException e) {
            throw Failures.ofDevice("access", e);
        }
    }

    DeviceState read() throws StepException {
        if (started != null) {
            try {
                return started.read();
            } catch (DeviceException _) {
                started = null;
            }
        }
        try (WireGuardDevice device = environment.device(link)) {
            return device.read();
        } catch (DeviceException e) {
            throw Failures.ofDevice("access", e);
        }
    }

    /// As [OwnEngine#listeningErrno].
    int listeningErrno() throws StepException {
        if (started != null) {
            return OwnEngine.listeningErrno(started);
        }
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
        if (started != null) {
            try {
                configure(started, update, options);
                return;
            } catch (DeviceException e) {
                if (isUserspace()) {
                    throw Failures.ofDevice("modify", e);
                }
                started = null;
            }
        }
        try (WireGuardDevice device = environment.device(link)) {
            configure(device, update, options);
        } catch (DeviceException e) {
            throw Failures.ofDevice("modify", e);
        }
    }

    private static void configure(WireGuardDevice device, DeviceUpdate update, EngineOptions options)
            throws DeviceException {
        boolean tells = !options.isUnrestricted() && OwnEngine.told(device).isPresent();
        OwnEngine.send(device, update, tells ? options : EngineOptions.NONE);
    }

    /// What [#configure] has sent.
    DeviceUpdate configured() {
        return configured;
    }

    /// Whether [#configure] has sent a port.
    boolean portIsNamed() {
        return portIsNamed;
    }

    /// Whether our own engine needs other restrictions than it has; [#change] then sends them.
    ///
    /// @param own the device's own public key: there is no such peer
    boolean tellsEngine(Optional<PublicKey> own) {
        told = OwnEngine.told(environment, link);
        newOptions = EngineOptions.NONE;
        if (told.isPresent()) {
            EngineOptions options = configuration.options();
            newOptions = (own.isPresent() ? options.without(own.get()) : options).since(told.get());
        }
        return !newOptions.isEmpty();
    }

    /// What our own engine knew when a reload was planned; empty where the device is another implementation's.
    Optional<EngineOptions> told() {
        return told;
    }

    /// Makes [#restore] restore these settings of our own engine, too.
    void toldBefore(Optional<EngineOptions> options) {
        told = options;
    }

    /// Changes the device. Where that fails halfway, restores what it was.
    void change(DeviceChange change) throws StepException {
        try {
            send(change);
        } catch (StepException e) {
            restore(change);
            throw e;
        }
    }

    /// Kernels before 6.16 and other userspace implementations refuse to remove single allowed IPs, after
    /// they have applied what stands before them in the update.
    private void send(DeviceChange change) throws StepException {
        DeviceUpdate update = change.update();
        try (WireGuardDevice device = environment.device(link)) {
            OwnEngine.send(device, update, change.tellsEngine() ? newOptions : EngineOptions.NONE);
        } catch (DeviceException e) {
            if (e.reason() != DeviceException.Reason.INVALID || !update.removesAllowedIps()) {
                throw Failures.ofDevice("modify", e);
            }
            send(DeviceChanges.withoutRemovals(update, unusedKey()));
        }
    }

    /// A key that no peer has.
    private static PublicKey unusedKey() {
        try {
            return PublicKey.of(Randomness.bytes(KEY_BYTES));
        } catch (SystemException e) {
            // getrandom(2) without flags fails only for wrong arguments.
            throw new IllegalStateException(e);
        }
    }

    /// Makes the device what it was before the change, except for what its peers have done since.
    void restore(DeviceChange change) throws StepException {
        DeviceUpdate back = DeviceDiff.sync(read(), DeviceRestore.wanted(change.before()));
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
