// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.LinuxNetlinkSocket;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is read of a large or busy host.
@Tag("namespace")
class SnapshotReaderNamespaceTest {
    private static final int RTM_GETROUTE = 26;
    private static final int LONG_TABLE = 20_000;

    /// A socket that counts what comes in, and lets something happen at the first request for routes.
    private static final class Watched implements NetlinkSocket {
        private final LinuxNetlinkSocket socket;
        private final Runnable first;
        private boolean asked;
        private long received;

        Watched(Runnable first) throws SystemException {
            this.socket = LinuxNetlinkSocket.open(NetlinkConnection.NETLINK_ROUTE);
            this.first = first;
        }

        @Override
        public int portId() {
            return socket.portId();
        }

        @Override
        public void send(ByteBuffer datagram) throws SystemException {
            int type = datagram.duplicate().order(ByteOrder.nativeOrder()).getShort(datagram.position() + 4);
            if (type == RTM_GETROUTE && !asked) {
                asked = true;
                first.run();
            }
            socket.send(datagram);
        }

        @Override
        public Datagram receive() throws SystemException {
            Datagram datagram = socket.receive();
            received += datagram.bytes().remaining();
            return datagram;
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static List<FibRoute> ofTable(HostSnapshot host, int table) {
        return host.routes().stream().filter(route -> route.table() == table).toList();
    }

    /// A router's full table that no rule names costs nothing; one that a rule names is read.
    @Test
    void tablesThatNoRuleNamesAreNotRead() throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "link add v0 type veth peer name v1",
                "link set v0 up",
                "link set v1 up",
                "address add 10.7.0.1/24 dev v0",
                "route add 10.8.0.0/16 dev v1 table 4242"));
        for (int i = 0; i < LONG_TABLE; i++) {
            lines.add("route add 11." + (i >> 8) + "." + (i & 255) + ".0/24 dev v0 table 4242");
        }
        Network.with(network -> {
            network.apply(lines);
            assertThat(network.refused()).isEmpty();
            Watched socket = new Watched(() -> {});
            try (RouteNetlink netlink = new RouteNetlink(new NetlinkConnection(socket))) {
                SnapshotReader reader = new SnapshotReader(netlink);
                HostSnapshot host = reader.read();
                assertThat(ofTable(host, 4242)).isEmpty();
                assertThat(ofTable(host, 254)).isNotEmpty();
                assertThat(socket.received).isLessThan(100_000);
                // The question was about v1: why does its route not count?
                assertThat(ofTable(reader.read("v1", Set.of()), 4242)).hasSize(1);
                assertThat(socket.received).isLessThan(200_000);
                assertThat(ofTable(reader.read("v1", Set.of(4242)), 4242)).hasSize(LONG_TABLE + 1);
                network.apply(List.of("rule add fwmark 7 table 4242"));
                assertThat(ofTable(reader.read(), 4242)).hasSize(LONG_TABLE + 1);
            }
            return true;
        });
    }

    /// The reading starts again, so that links and routes are of one moment.
    @Test
    void anInterfaceThatVanishesMeanwhile() throws Exception {
        Network.with(network -> {
            network.apply(List.of(
                    "link add v0 type veth peer name v1",
                    "link set v0 up",
                    "link set v1 up",
                    "address add 10.7.0.1/24 dev v0"));
            Watched socket = new Watched(() -> network.apply(List.of("link del v0")));
            try (RouteNetlink netlink = new RouteNetlink(new NetlinkConnection(socket))) {
                HostSnapshot host = new SnapshotReader(netlink).read("v0", Set.of());
                assertThat(socket.asked).isTrue();
                assertThat(host.devices()).extracting(NetworkDevice::name).containsExactly("lo");
                assertThat(host.routes()).allMatch(route -> route.leavesThrough("lo"));
            }
            return true;
        });
    }
}
