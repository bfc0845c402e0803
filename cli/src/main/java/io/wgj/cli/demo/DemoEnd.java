// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.route.InterfaceAddress;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.transport.NetlinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;

/// One end of the demo's tunnel, in a namespace of its own.
///
/// @param name in the demo's output
/// @param device its WireGuard interface, with a unique name
/// @param thread that lives in its namespace
/// @param key its private key
/// @param outer its address on the wire between the two
/// @param inner its address inside the tunnel
record DemoEnd(String name, String device, NamespaceThread thread, PrivateKey key, IpAddress outer, IpAddress inner)
        implements AutoCloseable {
    static final int LISTEN_PORT = 51820;
    private static final String WIRE = "wire";
    private static final int OUTER_PREFIX = 30;
    private static final int BUFFER = 1 << 16;
    /// Long enough for a first handshake that is lost and repeated after 5 s.
    private static final int PING_TIMEOUT_MILLIS = 15_000;

    /// Joins this end and `other` by a pair of virtual Ethernet links, each with its outer address, and switches
    /// them on.
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
                        links.addAddress(new InterfaceAddress(link.index(), new IpPrefix(outer, OUTER_PREFIX)));
                        links.setUp(link.index());
                    }
                }
            }
            return true;
        });
    }

    /// Whether the kernel can create a WireGuard link here. The link is deleted again.
    boolean kernelHasWireGuard() throws DemoException {
        return thread.call(() -> {
            try (RouteNetlink links = RouteNetlink.open()) {
                links.createLink(device, "wireguard");
                Link probe = links.link(device).orElseThrow(() -> new DemoException(device + " is gone"));
                links.deleteLink(probe.index());
                return true;
            } catch (NetlinkException e) {
                if (e.errno().is(Errno.EOPNOTSUPP)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /// Writes `text` to a file that only this end sees; its path.
    String writeConfiguration(String text) throws DemoException {
        return thread.call(() -> {
            Path file = Path.of("/tmp", device + ".conf");
            Files.write(file, Latin1.bytes(text));
            return file.toString();
        });
    }

    /// Sends an ICMP echo to `target` and waits for its answer; the round trip in microseconds.
    long ping(IpAddress target) throws DemoException {
        return thread.call(() -> {
            InetAddress address = inet(target);
            long before = System.nanoTime();
            if (!address.isReachable(PING_TIMEOUT_MILLIS)) {
                throw new DemoException("no answer from " + target + " within " + PING_TIMEOUT_MILLIS / 1000 + " s");
            }
            return (System.nanoTime() - before) / 1000;
        });
    }

    /// Sends `bytes` to `other` through the tunnel by TCP; how long it took until the last of them was there, in
    /// microseconds.
    long sendTo(DemoEnd other, long bytes) throws DemoException {
        ServerSocket listening = other.thread.call(() -> new ServerSocket(0, 1, inet(other.inner)));
        try (listening) {
            listening.setSoTimeout(PING_TIMEOUT_MILLIS);
            Future<Long> received = other.thread.start(() -> receive(listening));
            long before = System.nanoTime();
            thread.call(() -> {
                send(new InetSocketAddress(inet(other.inner), listening.getLocalPort()), bytes);
                return true;
            });
            long there = NamespaceThread.await(received);
            if (there != bytes) {
                throw new DemoException(there + " of " + bytes + " bytes arrived");
            }
            return (System.nanoTime() - before) / 1000;
        } catch (IOException e) {
            throw DemoException.of(e);
        }
    }

    private static long receive(ServerSocket listening) throws IOException {
        try (Socket socket = listening.accept()) {
            socket.setSoTimeout(PING_TIMEOUT_MILLIS);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[BUFFER];
            long sum = 0;
            int count = in.read(buffer);
            while (count >= 0) {
                sum += count;
                count = in.read(buffer);
            }
            return sum;
        }
    }

    private static void send(InetSocketAddress target, long bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(target, PING_TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (long left = bytes; left > 0; left -= buffer.length) {
                out.write(buffer, 0, (int) Math.min(left, buffer.length));
            }
        }
    }

    private static InetAddress inet(IpAddress address) throws IOException {
        return InetAddress.getByAddress(address.toBytes());
    }

    @Override
    public void close() {
        thread.close();
    }
}
