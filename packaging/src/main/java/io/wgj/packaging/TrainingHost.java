// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.cli.host.ForwardingHost;
import io.wgj.cli.host.QuickHost;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.wireguard.KernelDevice;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// This machine, except for its devices, standard input (a key) and standard output (dropped). A device is a
/// socket in the given folder, or else a device of a fake kernel. Everything else is real, because its classes
/// belong in the archive.
final class TrainingHost extends ForwardingHost implements DeviceCatalog {
    private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n";

    private final StringBuilder out = new StringBuilder();
    private final String folder;
    private final UapiSockets sockets;
    private final @Nullable FakeKernel kernel;

    TrainingHost(String folder) {
        this(folder, null);
    }

    /// @param kernel that the links of devices are in; null where devices need none
    TrainingHost(String folder, @Nullable FakeKernel kernel) {
        super(new LinuxHost());
        this.folder = folder;
        this.sockets = new UapiSockets(folder);
        this.kernel = kernel;
    }

    @Override
    public List<DeviceName> list() throws DeviceException {
        return sockets.list();
    }

    @Override
    public WireGuardDevice openToRead(DeviceName name) {
        return open(name);
    }

    @Override
    public WireGuardDevice openToWrite(DeviceName name) {
        return open(name);
    }

    @Override
    public DeviceException examine(DeviceName name, DeviceException failure) {
        return failure;
    }

    private WireGuardDevice open(DeviceName name) {
        if (kernel != null && !kernel.has(name)) {
            return sockets.open(new DeviceName("none"));
        }
        boolean module = kernel != null && kernel.hasWireGuard();
        return !module && sockets.exists(name)
                ? sockets.open(name)
                : new KernelDevice(
                        name, () -> new NetlinkConnection(new FakeWireGuardSocket()), KernelDevice.MESSAGE_LIMIT);
    }

    @Override
    public StringBuilder out() {
        return out;
    }

    @Override
    public InputStream in() {
        return new ByteArrayInputStream(KEY.getBytes(ISO_8859_1));
    }

    @Override
    public @Nullable String env(String name) {
        // A userspace implementation whose device exists at once.
        return name.equals("WG_QUICK_USERSPACE_IMPLEMENTATION") ? "true" : super.env(name);
    }

    @Override
    public DeviceCatalog devices() {
        return this;
    }

    @Override
    public QuickHost quick() {
        return kernel == null ? super.quick() : new TrainingQuickHost(super.quick(), kernel, folder + "/state");
    }
}
