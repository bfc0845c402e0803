// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.ReferenceTool;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeSocket;
import io.wgj.netlink.sys.SystemException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sends real packets through the filter, over the loopback link of a network namespace of its own.
@Tag("namespace")
class PacketsNamespaceTest {
    private static final InterfaceName WG0 = new InterfaceName("wg0");
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM = 2;
    private static final int SO_MARK = 36;
    private static final int PORT = 51_820;
    private static final int MARK = 0x5151;

    @FunctionalInterface
    private interface Body {
        void run(Nftables nftables) throws Exception;
    }

    @Test
    void markedPacketsGetTheirSource() throws Exception {
        inFreshNetwork(nftables -> {
            nftables.commit(new NftablesBatch()
                    .add(TunnelTables.sources(
                            WG0,
                            PORT,
                            List.of(),
                            MARK,
                            List.of(IpAddress.ofV4(0xc0000207), IpAddress.ofV6(0xfd00_0000_0000_0000L, 7)))));

            assertThat(sourceSeen("192.0.2.1", "192.0.2.9", PORT, MARK)).isEqualTo("192.0.2.7");
            assertThat(sourceSeen("192.0.2.1", "192.0.2.9", PORT, MARK + 1)).isEqualTo("192.0.2.1");
            assertThat(sourceSeen("fd00::1", "fd00::9", PORT, MARK)).isEqualTo("fd00:0:0:0:0:0:0:7");
            assertThat(sourceSeen("fd00::1", "fd00::9", PORT, 0)).isEqualTo("fd00:0:0:0:0:0:0:1");
        });
    }

    @Test
    void onlyWhoIsInEveryListGetsThrough() throws Exception {
        inFreshNetwork(nftables -> {
            IpPrefix all = new IpPrefix(IpAddress.ofV4(0xc0000200), 24);
            nftables.commit(new NftablesBatch()
                    .add(TunnelTables.sources(
                            WG0,
                            PORT,
                            List.of(
                                    List.of(all, IpPrefix.host(IpAddress.ofV6(0xfd00_0000_0000_0000L, 7))),
                                    List.of(
                                            IpPrefix.host(IpAddress.ofV4(0xc0000207)),
                                            IpPrefix.host(IpAddress.ofV6(0xfd00_0000_0000_0000L, 7)))),
                            0,
                            List.of())));

            assertThat(sourceSeen("192.0.2.7", "192.0.2.9", PORT, 0)).isEqualTo("192.0.2.7");
            assertThat(sourceSeen("192.0.2.1", "192.0.2.9", PORT, 0)).isEqualTo("none");
            assertThat(sourceSeen("192.0.2.1", "192.0.2.9", PORT + 1, 0)).isEqualTo("192.0.2.1");
            assertThat(sourceSeen("fd00::7", "fd00::9", PORT, 0)).isEqualTo("fd00:0:0:0:0:0:0:7");
            assertThat(sourceSeen("fd00::1", "fd00::9", PORT, 0)).isEqualTo("none");
        });
    }

    @Test
    void aListOfOneFamilyKeepsTheOtherOut() throws Exception {
        inFreshNetwork(nftables -> {
            List<IpPrefix> anybody = List.of(IpPrefix.all(IpFamily.V4));
            nftables.commit(new NftablesBatch().add(TunnelTables.sources(WG0, PORT, List.of(anybody), 0, List.of())));

            assertThat(sourceSeen("192.0.2.1", "192.0.2.9", PORT, 0)).isEqualTo("192.0.2.1");
            assertThat(sourceSeen("fd00::1", "fd00::9", PORT, 0)).isEqualTo("none");
        });
    }

    @Test
    void theTunnelsAddressesAreReachedFromThisHostOnly() throws Exception {
        inFreshNetwork(nftables -> {
            nftables.commit(new NftablesBatch()
                    .add(TunnelTables.markChains(IpFamily.V4, WG0, MARK, List.of(IpAddress.ofV4(0xc0000209)))));

            // The packet arrives on lo, not on wg0, but its source is local.
            assertThat(sourceSeen("192.0.2.1", "192.0.2.9", PORT, MARK)).isEqualTo("192.0.2.1");
        });
    }

    /// The source address that a datagram from `source` has at `destination`; `none` when it does not arrive.
    private static String sourceSeen(String source, String destination, int port, int mark) throws Exception {
        int family = source.indexOf(':') < 0 ? AF_INET : AF_INET6;
        try (NativeSocket receiver = NativeSocket.open(family, SOCK_DGRAM, 0);
                NativeSocket sender = NativeSocket.open(family, SOCK_DGRAM, 0)) {
            receiver.bind(socketAddress(family, destination, port));
            sender.bind(socketAddress(family, source, 0));
            sender.setOption(NativeSocket.SOL_SOCKET, SO_MARK, mark);
            sender.connect(socketAddress(family, destination, port));
            try {
                sender.send(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            } catch (SystemException _) {
                // The sender sees an error for a packet that the filter drops on output.
                return "none";
            }
            // Loopback delivers during the send, so a short wait is enough.
            if (!receiver.isReadable(200)) {
                return "none";
            }
            ByteBuffer from = receiver.receive(new byte[16]).sender();
            byte[] address = new byte[family == AF_INET ? 4 : 16];
            from.get(family == AF_INET ? 4 : 8, address);
            return InetAddress.getByAddress(address).getHostAddress();
        }
    }

    /// `struct sockaddr_in` or `sockaddr_in6`.
    private static byte[] socketAddress(int family, String address, int port) throws Exception {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        ByteBuffer out = ByteBuffer.allocate(28).order(ByteOrder.nativeOrder()).putShort((short) family);
        out.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        out.position(family == AF_INET ? 4 : 8);
        out.put(bytes);
        return Arrays.copyOf(out.array(), family == AF_INET ? 16 : 28);
    }

    private static void inFreshNetwork(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            ReferenceTool.output("ip link set lo up");
            for (String host : List.of("1", "7", "9")) {
                ReferenceTool.output("ip address add 192.0.2." + host + "/32 dev lo");
                ReferenceTool.output("ip address add fd00::" + host + "/128 dev lo nodad");
            }
            awaitLocalRoutes();
            try (Nftables nftables = Nftables.open().orElseThrow()) {
                body.run(nftables);
            }
            return true;
        });
    }

    /// An IPv6 address works once the kernel has added its route, a little after the address.
    private static void awaitLocalRoutes() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ReferenceTool.output("ip -6 route show table local").split("local fd00::", -1).length < 4
                && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }
}
