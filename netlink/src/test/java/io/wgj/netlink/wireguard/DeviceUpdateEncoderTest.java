// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.wireguard.Samples.K1;
import static io.wgj.netlink.wireguard.Samples.K2_AS_PRESHARED;
import static io.wgj.netlink.wireguard.Samples.K2_AS_PRIVATE;
import static io.wgj.netlink.wireguard.Samples.keyNumber;
import static io.wgj.netlink.wireguard.Samples.keyOf;
import static io.wgj.netlink.wireguard.Samples.mixed;
import static io.wgj.netlink.wireguard.Samples.prefix;
import static io.wgj.netlink.wireguard.Samples.put;
import static io.wgj.netlink.wireguard.Samples.replacing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.Golden;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceUpdateEncoderTest {
    private static final DeviceName WG0 = new DeviceName("wg0");
    /// The message limit of `wg`.
    private static final int PAGE = 4_096;

    @Test
    @Case("N01")
    void everythingAtOnceAsWgSendsIt() {
        assertRecorded(
                "set-all",
                new DeviceUpdate(
                        Change.set(K2_AS_PRIVATE),
                        Change.set(51_820),
                        Change.set(0x10),
                        false,
                        List.of(new PeerUpdate.Put(
                                K1,
                                PeerSettings.NONE
                                        .withPresharedKey(K2_AS_PRESHARED)
                                        .withEndpoint(new Endpoint.Numeric(IpAddress.ofV4(0xc0000201), 51_820))
                                        .withPersistentKeepalive(25)
                                        .withOnlyAllowedIps(List.of(prefix("10.0.0.0", 8), prefix("fd00::", 64)))))));
    }

    @Test
    @Case("N02")
    void addsAndRemovesSinglePrefixesAsWgDoes() {
        assertRecorded(
                "set-incremental",
                DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                        K1,
                        PeerSettings.NONE.withAllowedIps(
                                false,
                                List.of(
                                        AllowedIpUpdate.add(prefix("10.5.0.0", 16)),
                                        new AllowedIpUpdate(prefix("11.0.0.1", 32), true)))))));
    }

    @Test
    @Case("N03")
    void removesAPeerAsWgDoes() {
        assertRecorded("set-remove", DeviceUpdate.ofPeers(List.of(new PeerUpdate.Remove(K1))));
    }

    @Test
    @Case("N04")
    void anEmptyFileErasesEverything() {
        assertRecorded("set-empty", replacing(List.of()));
    }

    @Test
    @Case("N06")
    void splitsOneLargePeerWhereWgDoes() {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            prefixes.add(prefix("10.0." + i + ".0", 24));
            prefixes.add(prefix("fd00:0:0:" + Integer.toHexString(i) + "::", 64));
        }

        assertRecorded("set-n06", replacing(List.of(put(K1, true, prefixes))));
    }

    @Test
    @Case("N07")
    void splitsSeveralPeersWhereWgDoes() {
        List<PeerUpdate> peers = new ArrayList<>();
        for (int peer = 0; peer < 4; peer++) {
            List<IpPrefix> prefixes = new ArrayList<>();
            for (int i = 0; i < 52; i++) {
                prefixes.add(prefix("10." + peer + "." + i + ".0", 24));
            }
            peers.add(put(keyOf(peer + 1), true, prefixes));
        }

        assertRecorded("set-n07", replacing(peers));
    }

    @Test
    @Case("N08")
    void splitsBarePeersWhereWgDoes() {
        List<PeerUpdate> peers = new ArrayList<>();
        for (int peer = 1; peer <= 140; peer++) {
            peers.add(put(keyOf(peer), true, List.of()));
        }

        assertRecorded("set-n08", DeviceUpdate.ofPeers(peers));
    }

    @Test
    @Case("N16")
    void cutsALongNameAsWgDoes() {
        byte[] message = encode(
                        new DeviceName("a-name-of-thirty-three-characters"), DeviceUpdate.ofPeers(List.of()), PAGE)
                .getFirst();

        assertThat(new String(message, 24, 15, StandardCharsets.ISO_8859_1)).isEqualTo("a-name-of-thirt");
        assertThat(message).hasSize(16 + 4 + 4 + 16);
    }

    @Test
    void writesAnIpv6EndpointWithItsScope() {
        Endpoint.Numeric endpoint =
                new Endpoint.Numeric(IpAddress.parse("fe80::1").orElseThrow(), 7, 0x01020304);

        assertThat(HexFormat.of().formatHex(SocketAddress.encode(endpoint)))
                .isEqualTo("0a000007" + "00000000" + "fe800000000000000000000000000001" + "04030201");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 513, 600, 1_000, 4_096, 8_192, 61_440, 65_535})
    void whateverTheLimitNothingIsLostAndReplacingIsSaidOnce(int limit) throws MalformedMessageException {
        List<PeerUpdate> peers = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int peer = 0; peer < 60; peer++) {
            PeerUpdate.Put put = new PeerUpdate.Put(
                    keyNumber(peer),
                    peer % 11 == 0,
                    PeerSettings.NONE
                            .withPresharedKey(peer % 2 == 0 ? Change.clear() : Change.set(K2_AS_PRESHARED))
                            .withEndpoint(
                                    peer % 3 == 0
                                            ? Change.set(new Endpoint.Numeric(IpAddress.ofV6(1, 2), 3))
                                            : Change.keep())
                            .withPersistentKeepalive(peer % 5 == 0 ? Change.set(9) : Change.clear())
                            .withAllowedIps(
                                    peer % 7 != 0,
                                    mixed(peer, peer * 3).stream()
                                            .map(prefix -> new AllowedIpUpdate(prefix, peer(prefix) % 13 == 0))
                                            .toList()));
            peers.add(put);
            for (AllowedIpUpdate allowedIp : put.settings().allowedIps()) {
                expected.add(put.publicKey() + " " + allowedIp.prefix().length() + (allowedIp.remove() ? "-" : "+"));
            }
        }

        Sent sent = new Sent();
        List<byte[]> messages = encode(WG0, replacing(peers), limit);
        for (byte[] message : messages) {
            assertThat(message.length).isLessThanOrEqualTo(limit);
            sent.read(message);
        }
        assertThat(sent.replacePeers).isEqualTo(1);
        assertThat(sent.allowedIps).isEqualTo(expected);
        for (int peer = 0; peer < 60; peer++) {
            int fragments = sent.fragments(keyNumber(peer).toString());
            assertThat(sent.flags(keyNumber(peer).toString(), 2)).isEqualTo(peer % 7 != 0 ? 1 : 0);
            assertThat(sent.flags(keyNumber(peer).toString(), 4))
                    .as("without it the rest of an unknown peer would create it")
                    .isEqualTo(peer % 11 == 0 ? fragments : 0);
        }
    }

    @Test
    void refusesALimitThatCannotWork() {
        assertThatThrownBy(() -> encode(WG0, replacing(List.of()), 511)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(WG0, replacing(List.of()), 65_536))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tenThousandPeersTakeLessThanASecond() {
        List<PeerUpdate> peers = new ArrayList<>();
        for (int peer = 0; peer < 10_000; peer++) {
            peers.add(put(keyNumber(peer), true, mixed(peer, 2)));
        }
        DeviceUpdate update = replacing(peers);
        AttributeWriter message = AttributeWriter.inNativeOrder();
        long best = Long.MAX_VALUE;
        int messages = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            DeviceUpdateEncoder encoder = new DeviceUpdateEncoder(WG0, update, KernelDevice.MESSAGE_LIMIT);
            for (messages = 0; encoder.hasNext(); messages++) {
                encoder.encodeNext(message);
            }
            best = Math.min(best, System.nanoTime() - start);
        }

        assertThat(messages).isEqualTo(20);
        assertThat(best).isLessThan(1_000_000_000L);
    }

    private static int peer(IpPrefix prefix) {
        return (int) prefix.address().low() & 31;
    }

    private static void assertRecorded(String golden, DeviceUpdate update) {
        List<String> expected = new ArrayList<>();
        for (byte[] message : Golden.datagrams(golden)) {
            expected.add(HexFormat.of().formatHex(message));
        }
        List<String> actual = new ArrayList<>();
        for (byte[] message : encode(WG0, update, PAGE)) {
            actual.add(HexFormat.of().formatHex(message));
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static List<byte[]> encode(DeviceName name, DeviceUpdate update, int limit) {
        DeviceUpdateEncoder encoder = new DeviceUpdateEncoder(name, update, limit);
        AttributeWriter message = AttributeWriter.inNativeOrder();
        List<byte[]> messages = new ArrayList<>();
        while (encoder.hasNext()) {
            encoder.encodeNext(message);
            messages.add(new NetlinkMessage(0x20, 5, 0, 0, message.payload())
                    .encode()
                    .array());
        }
        return messages;
    }

    /// The update as the kernel receives it, read without the product's decoder.
    private static final class Sent {
        private int replacePeers;
        private final List<String> allowedIps = new ArrayList<>();
        private final List<String> fragments = new ArrayList<>();
        private final List<Integer> flags = new ArrayList<>();

        int fragments(String key) {
            return (int) fragments.stream().filter(key::equals).count();
        }

        int flags(String key, int flag) {
            int count = 0;
            for (int i = 0; i < fragments.size(); i++) {
                count += fragments.get(i).equals(key) && (flags.get(i) & flag) != 0 ? 1 : 0;
            }
            return count;
        }

        void read(byte[] bytes) throws MalformedMessageException {
            AttributeReader in =
                    AttributeReader.inNativeOrder(ByteBuffer.wrap(bytes, 16, bytes.length - 16), 4, "sent");
            while (in.next()) {
                if (in.type() == WireGuardFamily.WGDEVICE_A_FLAGS) {
                    replacePeers++;
                } else if (in.type() == WireGuardFamily.WGDEVICE_A_PEERS) {
                    in.enter();
                    while (in.next()) {
                        readPeer(in);
                    }
                    in.leave();
                }
            }
        }

        private void readPeer(AttributeReader in) throws MalformedMessageException {
            String key = "";
            int peerFlags = 0;
            in.enter();
            while (in.next()) {
                if (in.type() == WireGuardFamily.WGPEER_A_PUBLIC_KEY) {
                    key = PublicKey.of(in.bytes()).toString();
                } else if (in.type() == WireGuardFamily.WGPEER_A_FLAGS) {
                    peerFlags = in.u32();
                } else if (in.type() == WireGuardFamily.WGPEER_A_ALLOWEDIPS) {
                    in.enter();
                    while (in.next()) {
                        readAllowedIp(in, key);
                    }
                    in.leave();
                }
            }
            in.leave();
            fragments.add(key);
            flags.add(peerFlags);
        }

        private void readAllowedIp(AttributeReader in, String key) throws MalformedMessageException {
            int length = 0;
            String sign = "+";
            in.enter();
            while (in.next()) {
                if (in.type() == WireGuardFamily.WGALLOWEDIP_A_CIDR_MASK) {
                    length = in.u8();
                } else if (in.type() == WireGuardFamily.WGALLOWEDIP_A_FLAGS) {
                    sign = "-";
                }
            }
            in.leave();
            allowedIps.add(key + " " + length + sign);
        }
    }
}
