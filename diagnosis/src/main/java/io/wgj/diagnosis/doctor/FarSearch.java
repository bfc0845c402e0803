// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.wireguard.KernelDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Looks for far ends on this host: other userspace interfaces, and kernel interfaces in this network namespace
/// and in those that have names. What this process may not read is left out.
final class FarSearch {
    private static final String NAMESPACES = "/run/netns";
    private static final int MOST = 64;

    private final DeviceName own;

    /// @param own this end, which is not looked at
    FarSearch(DeviceName own) {
        this.own = own;
    }

    /// What is there now.
    List<FarDevice> find() {
        List<FarDevice> found = new ArrayList<>();
        userspace(found);
        kernel(found, "the interface %s of this host", true);
        List<String> names;
        try {
            names = NativeFile.list(NAMESPACES);
        } catch (SystemException _) {
            names = List.of();
        }
        for (String name : names.subList(0, Math.min(MOST, names.size()))) {
            try {
                found.addAll(Namespaces.on(() -> inNamespace(name)));
            } catch (ExecutionException _) {
                // Not for this process, or gone.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        return found;
    }

    private static List<FarDevice> inNamespace(String name) throws SystemException {
        try (NativeFile file = NativeFile.open(NAMESPACES + "/" + name)) {
            Namespaces.enter(file, Namespaces.CLONE_NEWNET);
        }
        List<FarDevice> found = new ArrayList<>();
        new FarSearch(new DeviceName("")).kernel(found, "the interface %s in the network namespace " + name, false);
        return found;
    }

    private void userspace(List<FarDevice> found) {
        UapiSockets sockets = new UapiSockets();
        try {
            for (DeviceName name : sockets.list()) {
                if (!name.equals(own)) {
                    add(
                            found,
                            "the interface " + name.text() + " of this host",
                            () -> sockets.open(name).read());
                }
            }
        } catch (DeviceException _) {
            // The folder cannot be read.
            return;
        }
    }

    private void kernel(List<FarDevice> found, String source, boolean here) {
        List<Link> links;
        try (RouteNetlink netlink = RouteNetlink.open()) {
            links = netlink.links();
        } catch (NetlinkException _) {
            return;
        }
        for (Link link : links) {
            DeviceName name = new DeviceName(link.name());
            if (link.kind().orElse("").equals("wireguard") && !(here && name.equals(own))) {
                add(found, source.replace("%s", link.name()), () -> {
                    try (KernelDevice device = new KernelDevice(name)) {
                        return device.read();
                    }
                });
            }
        }
    }

    private static void add(List<FarDevice> found, String source, DeviceReader reader) {
        try {
            found.add(FarDevice.of(source, reader.read()));
        } catch (DeviceException _) {
            // Not for this process, or gone.
            return;
        }
    }
}
