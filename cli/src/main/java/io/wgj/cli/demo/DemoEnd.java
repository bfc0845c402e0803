// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.InterfaceAddress;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.NetworkAddress;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.transport.NetlinkException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// One end of the demo's tunnel, in a namespace of its own.
///
/// @param name what the demo calls it
/// @param thread where all of it happens
/// @param key its private key
/// @param outer its address on the wire between the two
/// @param inner its address inside the tunnel
record DemoEnd(String name, NamespaceThread thread, PrivateKey key, IpAddress outer, IpAddress inner)
        implements AutoCloseable {
    static final String DEVICE = "wg0";
    static final int LISTEN_PORT = 51820;
    private static final String WIRE = "wire";
    private static final int OUTER_PREFIX = 30;
    private static final int INNER_PREFIX = 24;
    private static final int PING_TIMEOUT_MILLIS = 5_000;

    /// Joins this end and `other` by a pair of virtual Ethernet links, each with its outer address, and switches them
    /// on.
    void wireTo(DemoEnd other) throws DemoException {
        try (NativeFile otherNetwork = other.thread.network()) {
            thread.call(() -> {
                try (RouteNetlink links = RouteNetlink.open()) {
                    links.createLink(WIRE, "veth");
                    for (Link link : links.links()) {
                        boolean isFarEnd = link.kind().orElse("").equals("veth")
                                && !link.name().equals(WIRE);
                        if (isFarEnd) {
                            links.moveToNamespace(link.index(), otherNetwork);
                        }
                    }
                }
                return true;
            });
        }
        switchOnWire();
        other.switchOnWire();
    }

    private void switchOnWire() throws DemoException {
        thread.call(() -> {
            try (RouteNetlink links = RouteNetlink.open()) {
                for (Link link : links.links()) {
                    if (link.kind().orElse("").equals("veth")) {
                        links.addAddress(address(link, outer, OUTER_PREFIX));
                        links.setUp(link.index());
                    }
                }
            }
            return true;
        });
    }

    /// Creates the WireGuard link, without an address and switched off.
    void createDevice() throws DemoException {
        thread.call(() -> {
            try (RouteNetlink links = RouteNetlink.open()) {
                links.createLink(DEVICE, "wireguard");
            } catch (NetlinkException e) {
                if (e.errno().is(Errno.EOPNOTSUPP)) {
                    throw new DemoException(
                            "this kernel has no WireGuard; load its module with `modprobe wireguard', or,"
                                    + " from a checkout of wgj, see the demo in a virtual machine that has it:"
                                    + " it-tests/grounds/kernel-vm -- ./wgj demo");
                }
                throw e;
            }
            return true;
        });
    }

    /// Gives the WireGuard link its inner address and switches it on.
    void switchOnDevice() throws DemoException {
        thread.call(() -> {
            try (RouteNetlink links = RouteNetlink.open()) {
                Link device = links.link(DEVICE).orElseThrow(() -> new DemoException(DEVICE + " is gone"));
                links.addAddress(address(device, inner, INNER_PREFIX));
                links.setUp(device.index());
            }
            return true;
        });
    }

    /// Writes `text` where only this end sees it; the path.
    String writeConfiguration(String text) throws DemoException {
        return thread.call(() -> {
            Path file = Path.of("/tmp", name + ".conf");
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
            return file.toString();
        });
    }

    /// Sends an ICMP echo to `target` and waits for its answer; the round trip in microseconds.
    long ping(IpAddress target) throws DemoException {
        return thread.call(() -> {
            InetAddress address = InetAddress.getByAddress(target.toBytes());
            long before = System.nanoTime();
            if (!address.isReachable(PING_TIMEOUT_MILLIS)) {
                throw new DemoException("no answer from " + target + " within " + PING_TIMEOUT_MILLIS / 1000 + " s");
            }
            return (System.nanoTime() - before) / 1000;
        });
    }

    private static InterfaceAddress address(Link link, IpAddress address, int prefixLength) {
        NetworkAddress number = new NetworkAddress(address.v6(), address.high(), address.low());
        return new InterfaceAddress(link.index(), number, prefixLength);
    }

    @Override
    public void close() {
        thread.close();
    }
}
