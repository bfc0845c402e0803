// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.DeviceCatalog;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.FakeDevice;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.it.CapturingHost;
import io.wgj.it.Command;
import io.wgj.it.Ran;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.TunDevice;
import io.wgj.netlink.transport.LinuxNetlinkSocket;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.transport.NetlinkSocket;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.Kernel;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.QuickRun;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Namespaces of the calling thread's own in which `wgj-quick` runs in this JVM, thousands of times: links,
/// addresses, routes, rules and firewalls are the kernel's. Where it has no WireGuard, a link of that kind is a
/// TUN whose device is in memory and behaves as the kernel's.
final class GeneratedWorld implements AutoCloseable {
    private static final int RTM_NEWLINK = 16;
    private static final int NLM_F_EXCL = 0x200;
    private static final int NLM_F_CREATE = 0x400;
    private static final int MOST_BYTES = 2_000;
    private static final int FIRST_CHOSEN_PORT = 40_000;
    private static final String ROOT = "/run/wgj";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "WG_ENDPOINT_RESOLUTION_RETRIES",
            "0");

    private final String link;
    private final boolean module;
    private final Path file;
    private final Set<Route> routes;
    private final Set<PolicyRule> rules;
    private @Nullable TunDevice tun;
    private FakeDevice device;
    private int port = FIRST_CHOSEN_PORT;

    private GeneratedWorld(String link, boolean module, Path folder) throws NetlinkException {
        this.link = link;
        this.module = module;
        this.file = folder.resolve(link + ".conf");
        this.device = new FakeDevice(new DeviceName(link));
        try (RouteNetlink netlink = RouteNetlink.open()) {
            this.routes = new HashSet<>(netlink.routes().list());
            this.rules = new HashSet<>(netlink.rules().list());
        }
    }

    /// @param link what tunnels are called here
    /// @param module whether the kernel has WireGuard
    static GeneratedWorld enter(String link, boolean module) throws Exception {
        Namespaces.unshare(Namespaces.CLONE_NEWNET | Namespaces.CLONE_NEWNS);
        Namespaces.mount("none", "/", null, Namespaces.MS_REC | Namespaces.MS_PRIVATE, null);
        Namespaces.mount("tmpfs", "/run", "tmpfs", 0, "mode=755");
        Command.of("bash", "-c", """
                set -e
                for c in all default; do echo 0 >/proc/sys/net/ipv6/conf/$c/accept_dad; done
                echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode
                ip link set lo up
                ip link add up0 type veth peer name up1
                ip link set up1 up; ip link set up0 up
                ip address add 192.0.2.2/24 dev up0; ip address add 2001:db8::2/64 dev up0 nodad
                ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8::1 dev up0
                """).run().ok();
        return new GeneratedWorld(link, module, Files.createTempDirectory(Path.of("/run"), "generated"));
    }

    /// Writes the file and runs `wgj-quick` with it.
    Ran quick(String text, String... words) throws Exception {
        Files.writeString(file, text, ISO_8859_1);
        CapturingHost host = module ? new CapturingHost(ENVIRONMENT, now()) : new Machine();
        List<String> all =
                Stream.concat(Stream.of(words), Stream.of(file.toString())).toList();
        return host.ran(Programs.run(new Invocation(InvokedAs.WGJ_QUICK, "wgj-quick", all, host)));
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /// Removes what hooks have left, and what could not be undone.
    void clean() throws NetlinkException, IOException {
        device = new FakeDevice(new DeviceName(link));
        TunDevice left = tun;
        if (left != null) {
            left.close();
            tun = null;
        }
        try (RouteNetlink netlink = RouteNetlink.open()) {
            Optional<Link> there = netlink.link(link);
            if (there.isPresent()) {
                netlink.deleteLink(there.get().index());
            }
            for (PolicyRule rule : netlink.rules().list()) {
                if (!rules.contains(rule)) {
                    netlink.rules().delete(rule);
                }
            }
            for (Route route : netlink.routes().list()) {
                if (!routes.contains(route)) {
                    netlink.routes().delete(route);
                }
            }
        }
        Files.writeString(Path.of("/proc/sys/net/ipv4/conf/all/src_valid_mark"), "0\n");
    }

    @Override
    public void close() throws NetlinkException, IOException {
        clean();
    }

    /// This machine with a kernel that has WireGuard.
    private final class Machine extends CapturingHost {
        Machine() {
            super(ENVIRONMENT, now());
        }

        @Override
        public DeviceCatalog devices() {
            return new Devices();
        }

        @Override
        public QuickHost quick() {
            QuickHost real = super.quick();
            return (QuickHost) Proxy.newProxyInstance(
                    QuickHost.class.getClassLoader(), new Class<?>[] {QuickHost.class}, (proxy, method, words) -> {
                        if (method.getName().equals("runner")) {
                            return new QuickRun(
                                    (Environment) words[0], new TunKernel(), (ProgressListener) words[1], ROOT);
                        }
                        try {
                            return method.invoke(real, words);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private final class Devices implements DeviceCatalog {
        @Override
        public List<DeviceName> list() {
            return tun == null ? List.of() : List.of(new DeviceName(link));
        }

        @Override
        public WireGuardDevice openToRead(DeviceName name) throws DeviceException {
            return openToWrite(name);
        }

        @Override
        public WireGuardDevice openToWrite(DeviceName name) throws DeviceException {
            if (tun == null || !name.text().equals(link)) {
                throw new DeviceException(DeviceException.Reason.NOT_FOUND, Errno.ENODEV, null);
            }
            return new Device();
        }

        @Override
        public DeviceException examine(DeviceName name, DeviceException failure) {
            return failure;
        }
    }

    /// One look at the device in memory, which stays when it is closed, and which chooses its port at once.
    private final class Device implements WireGuardDevice {
        @Override
        public DeviceName name() {
            return device.name();
        }

        @Override
        public DeviceState read() throws DeviceException {
            return device.read();
        }

        @Override
        public void apply(DeviceUpdate update) throws DeviceException {
            boolean chooses = update.listenPort().isMentioned()
                    ? update.listenPort().value().orElse(0) == 0
                    : device.read().listenPort() == 0;
            device.apply(
                    chooses
                            ? new DeviceUpdate(
                                    update.privateKey(),
                                    Change.set(port++),
                                    update.fwmark(),
                                    update.replacePeers(),
                                    update.peers())
                            : update);
            port = port > 60_000 ? FIRST_CHOSEN_PORT : port;
        }

        @Override
        public void close() {}
    }

    /// The running one, whose WireGuard links are TUNs.
    private final class TunKernel implements Kernel {
        @Override
        public RouteNetlink routing() throws NetlinkException {
            try {
                NetlinkSocket real = LinuxNetlinkSocket.open(NetlinkConnection.NETLINK_ROUTE);
                return new RouteNetlink(new NetlinkConnection(new Creating(real)));
            } catch (SystemException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Optional<Nftables> firewall() throws NetlinkException {
            return Nftables.open();
        }

        @Override
        public boolean hasWireGuard() {
            return true;
        }

        @Override
        public String settings() {
            return "/proc/sys/";
        }
    }

    /// Makes a TUN where a link is asked for, and lets the request become one that changes nothing.
    private final class Creating implements NetlinkSocket {
        private final NetlinkSocket real;

        Creating(NetlinkSocket real) {
            this.real = real;
        }

        @Override
        public int portId() {
            return real.portId();
        }

        @Override
        public void send(ByteBuffer datagram) throws SystemException {
            ByteBuffer message = datagram.duplicate().order(ByteOrder.nativeOrder());
            int flags = message.getShort(message.position() + 6);
            if (message.getShort(message.position() + 4) == RTM_NEWLINK && (flags & NLM_F_CREATE) != 0) {
                ByteBuffer copy = ByteBuffer.allocate(message.remaining()).order(ByteOrder.nativeOrder());
                copy.put(message).flip();
                copy.putShort(6, (short) (flags & ~(NLM_F_CREATE | NLM_F_EXCL)));
                tun = TunDevice.open(link, TunDevice.IFF_TUN | TunDevice.IFF_NO_PI, MOST_BYTES);
                real.send(copy);
            } else {
                real.send(datagram);
            }
        }

        @Override
        public Datagram receive() throws SystemException {
            return real.receive();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
