// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_DUMP_INTR;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_MULTI;
import static io.wgj.netlink.wireguard.Samples.K1;
import static io.wgj.netlink.wireguard.Samples.K2;
import static io.wgj.netlink.wireguard.Samples.K2_AS_PRESHARED;
import static io.wgj.netlink.wireguard.Samples.K2_AS_PRIVATE;
import static io.wgj.netlink.wireguard.Samples.keyOf;
import static io.wgj.netlink.wireguard.Samples.prefix;
import static io.wgj.netlink.wireguard.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.Golden;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.generic.GenericNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.FakeNetlinkSocket;
import io.wgj.netlink.transport.FakeNetlinkSocket.Script;
import io.wgj.netlink.transport.NetlinkConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelDeviceTest {
    private static final int FAMILY = 0x20;
    private static final DeviceName WG0 = new DeviceName("wg0");

    @Test
    @Case("N05")
    void putsAPeerTogetherThatTheKernelSplit() throws DeviceException {
        DeviceState state = recorded("get-coalesce").read();

        assertThat(state.name()).isEqualTo(WG0);
        assertThat(state.privateKey()).contains(K2_AS_PRIVATE);
        assertThat(state.publicKey()).contains(K1);
        assertThat(state.listenPort()).isEqualTo(51_820);
        assertThat(state.fwmark()).isZero();
        assertThat(state.peers())
                .containsExactly(
                        peerWithTraffic(K1, prefix("10.0.0.0", 8), prefix("11.0.0.0", 8)),
                        peerWithTraffic(K2, prefix("fd00::", 64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1", "7.2"})
    void readsWhatRealKernelsSay(String kernel) throws DeviceException {
        DeviceState fresh = recorded("get-fresh-" + kernel).read();
        assertThat(fresh).isEqualTo(new DeviceState(WG0, Optional.empty(), Optional.empty(), 0, 0, List.of()));

        DeviceState two = recorded("get-two-" + kernel).read();
        assertThat(two.privateKey().orElseThrow().toBase64()).startsWith("SLMv");
        assertThat(two.listenPort()).isEqualTo(51_820);
        assertThat(two.fwmark()).isEqualTo(16);
        assertThat(two.peers())
                .containsExactly(
                        new PeerState(K1)
                                .withPresharedKey(K2_AS_PRESHARED)
                                .withEndpoint(new Endpoint.Numeric(IpAddress.ofV4(0xc0000201), 51_820))
                                .withAllowedIps(List.of(prefix("10.0.0.0", 8), prefix("fd00::", 64)))
                                .withPersistentKeepalive(25),
                        new PeerState(keyOf(1))
                                .withEndpoint(new Endpoint.Numeric(
                                        IpAddress.parse("fe80::1").orElseThrow(), 7, 1)));

        List<PeerState> split = recorded("get-split-" + kernel).read().peers();
        assertThat(split).extracting(PeerState::publicKey).containsExactly(K1, K2);
        assertThat(split.getFirst().allowedIps())
                .hasSize(400)
                .startsWith(prefix("10.0.0.0", 24), prefix("fd00::", 64))
                .endsWith(prefix("10.0.199.0", 24), prefix("fd00:0:0:c7::", 64))
                .doesNotHaveDuplicates();
        assertThat(split.getLast().allowedIps()).containsExactly(prefix("10.9.0.0", 16));
    }

    @Test
    void asksAsWgDoes() throws DeviceException {
        FakeNetlinkSocket socket = socket((request, replies) -> replies.done(0));
        device(WG0, socket).read();

        NetlinkMessage get = socket.requests().get(1);
        assertThat(get.type()).isEqualTo(FAMILY);
        assertThat(get.flags()).isEqualTo(0x305);
        assertThat(hex(get)).isEqualTo("00010000" + "08000200" + "77673000");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    @Case("N09")
    void readsAgainWhatChangedMeanwhile() throws DeviceException {
        int[] tries = {0};
        KernelDevice device = device((request, replies) -> replies.message(
                        FAMILY,
                        tries[0]++ < 3 ? NLM_F_MULTI | NLM_F_DUMP_INTR : NLM_F_MULTI,
                        deviceMessage(out -> out.u16(6, tries[0])
                                .nested(8, peers -> peers.item(peer -> peer.bytes(1, K1.toBytes())))))
                .done(0));

        DeviceState state = device.read();
        assertThat(state.listenPort()).isEqualTo(4);
        assertThat(state.peers()).hasSize(1);
    }

    @Test
    @Case("N17")
    void ignoresWhatItDoesNotKnowAndWhatHasAnotherLength() throws DeviceException {
        KernelDevice device = device((request, replies) -> replies.message(
                        FAMILY,
                        NLM_F_MULTI,
                        deviceMessage(out -> out.u32(0, 0)
                                .u32(99, 1)
                                .u32(6, 5)
                                .u16(7, 5)
                                .bytes(3, new byte[31])
                                .nested(
                                        8,
                                        peers -> peers.item(peer -> peer.nested(9, ips -> {
                                                    ips.item(ip -> ip.u8(3, 8)
                                                            .u16(1, 2)
                                                            .network32(2, 10 << 24));
                                                    ips.item(ip -> ip.u8(3, 8)
                                                            .u16(1, 77)
                                                            .network32(2, 10 << 24));
                                                    ips.item(ip -> ip.u16(1, 2).network32(2, 10 << 24));
                                                    ips.item(ip -> ip.u8(3, 8)
                                                            .u16(1, 10)
                                                            .network32(2, 10 << 24));
                                                    ips.item(ip -> ip.u32(99, 1)
                                                            .u32(0, 0)
                                                            .network32(2, 11 << 24)
                                                            .u16(1, 2)
                                                            .u8(3, 8));
                                                })
                                                .bytes(4, new byte[16])
                                                .bytes(2, new byte[33])
                                                .u32(5, 7)
                                                .u64(6, 7)
                                                .u32(7, 7)
                                                .u32(8, 7)
                                                .u16(10, 2)
                                                .u64(99, 1)
                                                .u32(0, 0)
                                                .bytes(1, K1.toBytes())))))
                .done(0));

        assertThat(device.read())
                .isEqualTo(new DeviceState(
                        WG0,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0,
                        List.of(peer(K1, prefix("10.0.0.0", 8), prefix("11.0.0.0", 8)))));
    }

    @Test
    void readsTheVersionOfAPeersProtocol() throws DeviceException {
        KernelDevice device = device((request, replies) -> replies.message(
                        FAMILY,
                        NLM_F_MULTI,
                        deviceMessage(out -> out.nested(8, peers -> {
                            peers.item(peer -> peer.u32(10, 2).bytes(1, K1.toBytes()));
                            peers.item(peer -> peer.bytes(1, K2.toBytes()));
                        })))
                .done(0));

        assertThat(device.read().peers()).containsExactly(peer(K1).withProtocolVersion(2), peer(K2));
    }

    @Test
    void anEmptyNestOfAllowedIpsIsNone() throws DeviceException {
        KernelDevice device = device((request, replies) -> replies.message(
                        FAMILY,
                        NLM_F_MULTI,
                        deviceMessage(out -> out.nested(
                                8,
                                peers -> peers.item(
                                        peer -> peer.bytes(1, K1.toBytes()).nested(9, none -> {})))))
                .done(0));

        assertThat(device.read().peers()).containsExactly(peer(K1));
    }

    @Test
    @Case("N19")
    void onePeerWithAllAllowedIpsThatFitComesBackWhole() throws DeviceException {
        List<IpPrefix> prefixes = Samples.addresses(130_560);
        KernelDevice device = device((request, replies) -> {
            for (int from = 0; from < prefixes.size(); from += 1_000) {
                List<IpPrefix> part = prefixes.subList(from, Math.min(from + 1_000, prefixes.size()));
                replies.message(
                        FAMILY,
                        NLM_F_MULTI,
                        deviceMessage(out -> out.nested(
                                8,
                                peers -> peers.item(peer -> peer.bytes(1, K1.toBytes())
                                        .nested(9, ips -> {
                                            for (IpPrefix prefix : part) {
                                                ips.item(ip -> ip.u8(3, 32)
                                                        .u16(1, 2)
                                                        .network32(2, (int)
                                                                prefix.address().low()));
                                            }
                                        })))));
            }
            replies.done(0);
        });

        List<PeerState> peers = device.read().peers();
        assertThat(peers).hasSize(1);
        assertThat(peers.getFirst().allowedIps().equals(prefixes)).isTrue();
    }

    @Test
    @Case("N13")
    void aPeerWithoutAKeyIsInvalid() {
        assertFails(
                Reason.IO,
                Errno.EINVAL,
                device((request, replies) -> replies.message(
                                FAMILY,
                                NLM_F_MULTI,
                                deviceMessage(out -> out.nested(8, peers -> peers.item(peer -> peer.u16(5, 1)))))
                        .done(0))::read);
    }

    @Test
    @Case({"N10", "N11"})
    void anErrorComesInEitherForm() {
        assertFails(Reason.NOT_FOUND, Errno.ENODEV, device((request, replies) -> replies.done(Errno.ENODEV))::read);
        assertFails(Reason.NOT_FOUND, Errno.ENODEV, device((request, replies) -> replies.error(Errno.ENODEV))::read);
    }

    @Test
    @Case("N12")
    void aKernelWithoutWireGuardSupportsNoSuchProtocol() {
        KernelDevice device = new KernelDevice(
                WG0,
                () -> new NetlinkConnection(new FakeNetlinkSocket((request, replies) -> replies.error(Errno.ENOENT))),
                4_096);

        assertFails(Reason.NOT_SUPPORTED, Errno.EPROTONOSUPPORT, device::read);
        assertFails(Reason.NOT_SUPPORTED, Errno.EPROTONOSUPPORT, () -> device.apply(DeviceUpdate.ofPeers(List.of())));
    }

    @Test
    void aLongNameIsNotAskedFor() {
        FakeNetlinkSocket socket = socket((request, replies) -> replies.done(0));

        assertFails(Reason.INVALID, Errno.ENAMETOOLONG, device(new DeviceName("sixteen-letters-"), socket)::read);
        assertThat(socket.requests()).isEmpty();
    }

    @Test
    @Case("N16")
    void aLongNameIsCutWhenWriting() throws DeviceException {
        FakeNetlinkSocket socket = socket((request, replies) -> replies.ack());
        device(new DeviceName("a-name-of-thirty-three-characters"), socket).apply(DeviceUpdate.ofPeers(List.of()));

        // The header, and "a-name-of-thirt" with its NUL.
        assertThat(hex(socket.requests().get(1)))
                .isEqualTo("01010000" + "14000200" + "612d6e616d652d6f662d746869727400");
    }

    @ParameterizedTest
    @CsvSource({
        "1, NOT_PERMITTED",
        "19, NOT_FOUND",
        "95, NOT_SUPPORTED",
        "96, NOT_SUPPORTED",
        "98, BUSY",
        "22, INVALID",
        "12, IO"
    })
    @Case("N15")
    void aRefusalHasItsReason(int errno, Reason reason) {
        assertFails(
                reason,
                errno,
                () -> device((request, replies) -> replies.error(errno)).apply(DeviceUpdate.ofPeers(List.of())));
    }

    @Test
    void theFirstErrorEndsAnUpdate() {
        List<PeerUpdate> peers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            peers.add(put(Samples.keyNumber(i), true, List.of()));
        }
        int[] messages = {0};
        FakeNetlinkSocket socket = socket((request, replies) -> {
            if (++messages[0] == 3) {
                replies.error(Errno.ENOMEM);
            } else {
                replies.ack();
            }
        });

        assertFails(Reason.IO, Errno.ENOMEM, () -> device(WG0, socket).apply(DeviceUpdate.ofPeers(peers)));
        assertThat(socket.requests()).as("the look-up and three of twelve").hasSize(4);
    }

    @Test
    void saysWhatAnOldKernelLacks() {
        DeviceUpdate removal = DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                K1,
                PeerSettings.NONE.withAllowedIps(false, List.of(new AllowedIpUpdate(prefix("10.0.0.0", 8), true))))));

        assertThatThrownBy(() -> device((request, replies) ->
                                replies.error(Errno.EINVAL, out -> out.string(1, "Unknown attribute type")))
                        .apply(removal))
                .isInstanceOfSatisfying(
                        DeviceException.class,
                        e -> assertThat(e.detail())
                                .contains(
                                        "Unknown attribute type; removing single allowed IPs needs Linux 6.16 or later"));
        assertThatThrownBy(() -> device((request, replies) -> replies.error(Errno.EINVAL))
                        .apply(DeviceUpdate.ofPeers(List.of())))
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.detail()).isEmpty());
    }

    @Test
    void noReplyEscapesTheDeclaredException() {
        Random random = new Random(1);
        List<byte[]> seeds = new ArrayList<>(Golden.datagrams("get-coalesce").subList(0, 3));
        seeds.addAll(Golden.datagrams("get-two-6.1"));
        int failures = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = seeds.get(random.nextInt(seeds.size())).clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[16 + random.nextInt(mutated.length - 16)] = (byte) random.nextInt();
            }
            if (mutated.length == 544) {
                // An end of its own would leave the next message unread, which is fine as well.
                mutated = Arrays.copyOf(mutated, 524);
            }
            byte[] reply = mutated;
            try {
                device((request, replies) -> replies.recorded(reply).done(0)).read();
            } catch (DeviceException e) {
                failures++;
            }
        }
        assertThat(failures).isBetween(1_000, 19_999);
    }

    private static KernelDevice recorded(String golden) {
        return device((request, replies) -> {
            List<byte[]> datagrams = Golden.datagrams(golden);
            datagrams.forEach(replies::recorded);
        });
    }

    private static KernelDevice device(Script script) {
        return device(WG0, socket(script));
    }

    private static KernelDevice device(DeviceName name, FakeNetlinkSocket socket) {
        return new KernelDevice(name, () -> new NetlinkConnection(socket), 4_096);
    }

    /// A kernel with the family; `script` answers its messages.
    private static FakeNetlinkSocket socket(Script script) {
        return new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == 0x10) {
                replies.message(0x10, 0, out -> out.header(new byte[4]).u16(1, FAMILY))
                        .ack();
            } else {
                script.answer(request, replies);
            }
        });
    }

    private static Consumer<AttributeWriter> deviceMessage(Consumer<AttributeWriter> attributes) {
        return out -> attributes.accept(out.header(GenericNetlink.header(0, 1)));
    }

    private static PeerState peer(PublicKey key, IpPrefix... allowedIps) {
        return peer(key, 0, 0, allowedIps);
    }

    private static PeerState peerWithTraffic(PublicKey key, IpPrefix... allowedIps) {
        return peer(key, 9, 7, allowedIps);
    }

    private static PeerState peer(PublicKey key, long rxBytes, long txBytes, IpPrefix... allowedIps) {
        return new PeerState(key).withAllowedIps(List.of(allowedIps)).withTraffic(rxBytes, txBytes);
    }

    private static String hex(NetlinkMessage message) {
        ByteBuffer payload = message.payload().duplicate();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void assertFails(Reason reason, int errno, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DeviceException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.errno()).isEqualTo(errno);
        });
    }
}
