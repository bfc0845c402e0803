// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.DeviceName;
import io.wgj.it.cases.Keys;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.generic.GenericNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.wireguard.KernelDevice;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the kernel says to requests that our encoder never makes: the rules that it is built on. Numbers are those
/// of linux/wireguard.h.
@Tag("kernel")
class RawRequestsTest {
    private static final int WG_CMD_GET_DEVICE = 0;
    private static final int WG_CMD_SET_DEVICE = 1;
    private static final int WGDEVICE_A_IFINDEX = 1;
    private static final int WGDEVICE_A_IFNAME = 2;
    private static final int WGDEVICE_A_FLAGS = 5;
    private static final int WGDEVICE_A_FWMARK = 7;
    private static final int WGDEVICE_A_PEERS = 8;
    private static final int WGPEER_A_PUBLIC_KEY = 1;
    private static final int WGPEER_A_FLAGS = 3;
    private static final int WGPEER_F_UPDATE_ONLY = 4;
    private static final int WGPEER_A_ENDPOINT = 4;
    private static final int WGPEER_A_ALLOWEDIPS = 9;
    private static final int WGPEER_A_PROTOCOL_VERSION = 10;
    private static final int WGALLOWEDIP_A_FAMILY = 1;
    private static final int WGALLOWEDIP_A_IPADDR = 2;
    private static final int WGALLOWEDIP_A_CIDR_MASK = 3;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    /// Not in use, in all three kinds of flags.
    private static final int UNKNOWN_FLAG = 0x80;

    private static final byte[] K1 = Base64.getDecoder().decode(Keys.base64("<K1>"));

    @FunctionalInterface
    private interface Requests {
        void run(Kernel kernel) throws Exception;
    }

    @Test
    @Case("N20")
    void aDeviceIsNamedOnce() throws Exception {
        onKernel(kernel -> {
            Consumer<AttributeWriter> both =
                    out -> out.u32(WGDEVICE_A_IFINDEX, kernel.index).string(WGDEVICE_A_IFNAME, "wg0");
            kernel.refuses(Errno.EBADR, out -> {});
            kernel.refuses(Errno.EBADR, both);
            assertErrno(Errno.EBADR, () -> kernel.get(out -> {}));
            assertErrno(Errno.EBADR, () -> kernel.get(both));
            kernel.get(out -> out.u32(WGDEVICE_A_IFINDEX, kernel.index));
        });
    }

    @Test
    @Case("N21")
    void aDeviceIsReadAsADumpOnly() throws Exception {
        onKernel(kernel -> assertErrno(
                Errno.EOPNOTSUPP,
                () -> kernel.request(WG_CMD_GET_DEVICE, out -> out.string(WGDEVICE_A_IFNAME, "wg0"))));
    }

    @Test
    @Case("N22")
    void attributesAreCheckedStrictly() throws Exception {
        onKernel(kernel -> {
            byte[] peer = attributes(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1));
            byte[] peers = attributes(out -> out.item(inner -> inner.bytes(WGPEER_A_PUBLIC_KEY, K1)));
            kernel.refuses(
                    Errno.EINVAL, out -> out.string(WGDEVICE_A_IFNAME, "wg0").bytes(WGDEVICE_A_PEERS, peers));
            kernel.refuses(
                    Errno.EINVAL,
                    out -> out.string(WGDEVICE_A_IFNAME, "wg0").nested(WGDEVICE_A_PEERS, list -> list.bytes(0, peer)));
            kernel.refuses(
                    Errno.EINVAL, out -> out.string(WGDEVICE_A_IFNAME, "wg0").u32(99, 1));
            kernel.refuses(
                    Errno.EINVAL, out -> out.string(WGDEVICE_A_IFNAME, "wg0").u16(WGDEVICE_A_FWMARK, 1));
            assertThat(kernel.peers()).isEmpty();
        });
    }

    @Test
    @Case("N23")
    void thereIsOneProtocolVersion() throws Exception {
        onKernel(kernel -> {
            kernel.refuses(
                    Errno.EPFNOSUPPORT,
                    peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1).u32(WGPEER_A_PROTOCOL_VERSION, 2)));
            kernel.set(peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1).u32(WGPEER_A_PROTOCOL_VERSION, 1)));
            assertThat(kernel.peers()).hasSize(1);
        });
    }

    @Test
    @Case("N24")
    void unknownFlagsAreRefused() throws Exception {
        int errno = KernelVersion.isAtLeast6_16() ? Errno.EINVAL : Errno.EOPNOTSUPP;
        onKernel(kernel -> {
            kernel.refuses(errno, out -> out.string(WGDEVICE_A_IFNAME, "wg0").u32(WGDEVICE_A_FLAGS, UNKNOWN_FLAG));
            kernel.refuses(errno, peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1).u32(WGPEER_A_FLAGS, UNKNOWN_FLAG)));
            assertThat(kernel.peers()).isEmpty();
        });
    }

    @Test
    @Case("N25")
    void anEndpointOfAnotherFamilyIsOverlooked() throws Exception {
        byte[] packetAddress = new byte[16];
        // AF_PACKET, in the byte order of either machine.
        packetAddress[0] = 17;
        packetAddress[1] = 17;
        onKernel(kernel -> {
            kernel.set(peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1).bytes(WGPEER_A_ENDPOINT, packetAddress)));
            assertThat(kernel.peers()).hasSize(1);
            assertThat(kernel.peers().getFirst().endpoint()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({AF_INET + ", 4, 33", AF_INET6 + ", 16, 129", AF_INET6 + ", 4, 32", "17, 4, 32"})
    @Case("N26")
    void anAllowedIpMustBePossible(int family, int bytes, int prefixLength) throws Exception {
        onKernel(kernel -> {
            kernel.refuses(
                    Errno.EINVAL,
                    peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1)
                            .nested(
                                    WGPEER_A_ALLOWEDIPS,
                                    list -> list.item(entry -> entry.u16(WGALLOWEDIP_A_FAMILY, family)
                                            .bytes(WGALLOWEDIP_A_IPADDR, new byte[bytes])
                                            .u8(WGALLOWEDIP_A_CIDR_MASK, prefixLength)))));
            assertThat(kernel.peers()).flatMap(PeerState::allowedIps).isEmpty();
        });
    }

    @Test
    @Case("N27")
    void oneMessageMayHold1201Peers() throws Exception {
        onKernel(kernel -> {
            kernel.set(out -> out.string(WGDEVICE_A_IFNAME, "wg0").nested(WGDEVICE_A_PEERS, list -> {
                for (int i = 0; i < 1201; i++) {
                    byte[] key = ByteBuffer.allocate(32).putInt(i + 1).array();
                    list.item(entry -> entry.bytes(WGPEER_A_PUBLIC_KEY, key));
                }
                assertThat(list.size()).isGreaterThan(48_000);
            }));
            assertThat(kernel.peers()).hasSize(1201);
        });
    }

    @Test
    @Case("N18")
    void anUpdateOfAnUnknownPeerMakesNone() throws Exception {
        onKernel(kernel -> {
            kernel.set(peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1).u32(WGPEER_A_FLAGS, WGPEER_F_UPDATE_ONLY)));
            assertThat(kernel.peers()).isEmpty();
            // The control: it is the flag that keeps it out.
            kernel.set(peer(out -> out.bytes(WGPEER_A_PUBLIC_KEY, K1)));
            assertThat(kernel.peers())
                    .extracting(peer -> peer.publicKey().toString())
                    .containsExactly(Keys.base64("<K1>"));
        });
    }

    private static Consumer<AttributeWriter> peer(Consumer<AttributeWriter> content) {
        return out -> out.string(WGDEVICE_A_IFNAME, "wg0").nested(WGDEVICE_A_PEERS, list -> list.item(content));
    }

    private static byte[] attributes(Consumer<AttributeWriter> content) {
        AttributeWriter out = AttributeWriter.inNativeOrder();
        content.accept(out);
        byte[] bytes = new byte[out.size()];
        out.payload().get(bytes);
        return bytes;
    }

    private static void onKernel(Requests requests) throws Exception {
        Stage.play(Tool.OURS, stage -> {
            stage.addWireGuard("wg0");
            try (NetlinkConnection connection = NetlinkConnection.open(NetlinkConnection.NETLINK_GENERIC)) {
                int family = GenericNetlink.familyId(connection, "wireguard").orElseThrow();
                requests.run(new Kernel(connection, family, stage.index("wg0")));
            }
        });
    }

    private static void assertErrno(int errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.errno().number()).isEqualTo(errno));
    }

    /// The family in a namespace that has the one device `wg0`.
    private record Kernel(NetlinkConnection connection, int family, int index) {
        void set(Consumer<AttributeWriter> content) throws NetlinkException {
            request(WG_CMD_SET_DEVICE, content);
        }

        void refuses(int errno, Consumer<AttributeWriter> content) {
            assertErrno(errno, () -> set(content));
        }

        void get(Consumer<AttributeWriter> content) throws NetlinkException {
            connection.dump(
                    "get", family, payload(WG_CMD_GET_DEVICE, content), OnInterruption.RESTART, () -> message -> {});
        }

        void request(int command, Consumer<AttributeWriter> content) throws NetlinkException {
            connection.request("request", family, 0, payload(command, content), MessageHandler.NONE);
        }

        List<PeerState> peers() throws Exception {
            try (KernelDevice device = new KernelDevice(new DeviceName("wg0"))) {
                return device.read().peers();
            }
        }

        private static ByteBuffer payload(int command, Consumer<AttributeWriter> content) {
            AttributeWriter out = AttributeWriter.inNativeOrder().header(GenericNetlink.header(command, 1));
            content.accept(out);
            return out.payload();
        }
    }
}
