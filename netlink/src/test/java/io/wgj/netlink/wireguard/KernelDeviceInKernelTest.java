// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.wireguard.Samples.K1;
import static io.wgj.netlink.wireguard.Samples.K2;
import static io.wgj.netlink.wireguard.Samples.K2_AS_PRESHARED;
import static io.wgj.netlink.wireguard.Samples.K2_AS_PRIVATE;
import static io.wgj.netlink.wireguard.Samples.keyNumber;
import static io.wgj.netlink.wireguard.Samples.mixed;
import static io.wgj.netlink.wireguard.Samples.prefix;
import static io.wgj.netlink.wireguard.Samples.put;
import static io.wgj.netlink.wireguard.Samples.replacing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.transport.NetlinkConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests against the kernel's WireGuard, in a network namespace of its own.
@Tag("kernel")
class KernelDeviceInKernelTest {
    private static final DeviceName WG0 = new DeviceName("wg0");

    @FunctionalInterface
    private interface Body {
        void run(RouteNetlink route, KernelDevice wg0) throws Exception;
    }

    @Test
    void aNewDeviceHasNothing() throws Exception {
        withWg0((route, wg0) -> assertThat(wg0.read())
                .isEqualTo(new DeviceState(WG0, Optional.empty(), Optional.empty(), 0, 0, List.of())));
    }

    @Test
    void whatIsSetIsRead() throws Exception {
        withWg0((route, wg0) -> {
            Endpoint.Numeric v4 = new Endpoint.Numeric(IpAddress.ofV4(0xc0000201), 51_820);
            Endpoint.Numeric v6 =
                    new Endpoint.Numeric(IpAddress.parse("fe80::1").orElseThrow(), 7, 1);
            wg0.apply(new DeviceUpdate(
                    Change.set(K2_AS_PRIVATE),
                    Change.set(51_820),
                    Change.set(0xffff_fffe),
                    true,
                    List.of(
                            new PeerUpdate.Put(
                                    K1,
                                    PeerSettings.NONE
                                            .withPresharedKey(K2_AS_PRESHARED)
                                            .withEndpoint(v4)
                                            .withPersistentKeepalive(25)
                                            .withOnlyAllowedIps(List.of(
                                                    prefix("10.1.2.3", 8),
                                                    prefix("fd00::", 64),
                                                    prefix("0.0.0.0", 0)))),
                            new PeerUpdate.Put(keyNumber(1), PeerSettings.NONE.withEndpoint(v6)),
                            new PeerUpdate.Remove(keyNumber(2)),
                            PeerUpdate.Put.existing(
                                    keyNumber(3),
                                    PeerSettings.NONE.withMoreAllowedIps(List.of(prefix("10.9.0.0", 16)))))));

            DeviceState state = wg0.read();
            assertThat(state.listenPort()).isEqualTo(51_820);
            assertThat(state.fwmark()).isEqualTo(0xffff_fffe);
            assertThat(state.publicKey()).isEqualTo(state.privateKey().map(key -> key.publicKey()));
            assertThat(state.peers())
                    .containsExactly(
                            new PeerState(K1)
                                    .withPresharedKey(K2_AS_PRESHARED)
                                    .withEndpoint(v4)
                                    .withAllowedIps(
                                            List.of(prefix("10.0.0.0", 8), prefix("fd00::", 64), prefix("0.0.0.0", 0)))
                                    .withPersistentKeepalive(25),
                            new PeerState(keyNumber(1)).withEndpoint(v6));

            wg0.apply(replacing(List.of()));
            assertThat(wg0.read()).isEqualTo(new DeviceState(WG0, Optional.empty(), Optional.empty(), 0, 0, List.of()));
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 130560", "5000, 4", "40, 52", "1201, 0", "1, 2000"})
    void everyAllowedIpComesBackInItsOrder(int peerCount, int each) throws Exception {
        List<PeerUpdate> peers = new ArrayList<>();
        List<List<IpPrefix>> expected = new ArrayList<>();
        for (int peer = 0; peer < peerCount; peer++) {
            List<IpPrefix> prefixes = peerCount == 1 ? Samples.addresses(each) : mixed(peer, each);
            peers.add(put(keyNumber(peer), true, prefixes));
            expected.add(prefixes);
        }
        // With a key the kernel computes a shared secret for each peer, which takes an emulated machine minutes.
        Change<PrivateKey> key = peerCount == 1 ? Change.set(K2_AS_PRIVATE) : Change.keep();
        withWg0((route, wg0) -> {
            // Replacing thousands of peers takes an emulated 7.x kernel more than a minute: once is enough.
            int[] limits = peerCount > 2_000
                    ? new int[] {KernelDevice.MESSAGE_LIMIT}
                    : new int[] {KernelDevice.MESSAGE_LIMIT, 4_096};
            for (int limit : limits) {
                new KernelDevice(WG0, () -> NetlinkConnection.open(NetlinkConnection.NETLINK_GENERIC), limit)
                        .apply(new DeviceUpdate(key, Change.keep(), Change.set(7), true, peers));

                DeviceState state = wg0.read();
                assertThat(state.fwmark()).isEqualTo(7);
                assertThat(state.peers()).hasSize(peerCount);
                for (int peer = 0; peer < peerCount; peer++) {
                    assertThat(state.peers().get(peer).publicKey()).isEqualTo(keyNumber(peer));
                    assertThat(state.peers().get(peer).allowedIps().equals(expected.get(peer)))
                            .isTrue();
                }
            }
        });
    }

    @Test
    void aSinglePrefixIsRemovedWhereTheKernelCan() throws Exception {
        withWg0((route, wg0) -> {
            wg0.apply(DeviceUpdate.ofPeers(
                    List.of(put(K1, false, List.of(prefix("10.0.0.0", 8), prefix("fd00::", 64))))));
            DeviceUpdate removal = DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                    K1,
                    PeerSettings.NONE.withAllowedIps(
                            false, List.of(new AllowedIpUpdate(prefix("10.0.0.0", 8), true))))));
            if (kernelIsAtLeast(6, 16)) {
                wg0.apply(removal);
                assertThat(wg0.read().peers().getFirst().allowedIps()).containsExactly(prefix("fd00::", 64));
            } else {
                assertThatThrownBy(() -> wg0.apply(removal)).isInstanceOfSatisfying(DeviceException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.EINVAL);
                    assertThat(e.detail().orElse("")).contains("needs Linux 6.16 or later");
                });
            }
        });
    }

    @Test
    void aTakenPortIsBusyAndWhatCameBeforeItStays() throws Exception {
        withWg0((route, wg0) -> {
            route.createLink("wg1", "wireguard");
            KernelDevice wg1 = new KernelDevice(new DeviceName("wg1"));
            route.setUp(route.link("wg0").orElseThrow().index());
            route.setUp(route.link("wg1").orElseThrow().index());
            int taken = wg0.read().listenPort();
            assertThat(taken).isPositive();

            assertFails(
                    Reason.BUSY,
                    Errno.EADDRINUSE,
                    () -> wg1.apply(new DeviceUpdate(
                            Change.keep(),
                            Change.set(taken),
                            Change.set(7),
                            false,
                            List.of(put(K1, false, List.of())))));
            assertThat(wg1.read().fwmark()).isEqualTo(7);
            assertThat(wg1.read().peers()).isEmpty();
        });
    }

    @Test
    void thePeerThatIsTheDeviceItselfIsLeftOut() throws Exception {
        withWg0((route, wg0) -> {
            PublicKey own = K2_AS_PRIVATE.publicKey();
            wg0.apply(DeviceUpdate.ofPeers(List.of(put(own, false, List.of()), put(K2, false, List.of()))));
            wg0.apply(new DeviceUpdate(
                    Change.set(K2_AS_PRIVATE),
                    Change.keep(),
                    Change.keep(),
                    false,
                    List.of(put(own, false, List.of()))));

            assertThat(wg0.read().peers()).extracting(PeerState::publicKey).containsExactly(K2);
        });
    }

    @Test
    void refusalsHaveTheirReasons() throws Exception {
        withWg0((route, wg0) -> {
            DeviceUpdate mark = new DeviceUpdate(Change.keep(), Change.keep(), Change.set(1), false, List.of());
            KernelDevice missing = new KernelDevice(new DeviceName("nosuch"));
            KernelDevice loopback = new KernelDevice(new DeviceName("lo"));
            assertFails(Reason.NOT_FOUND, Errno.ENODEV, missing::read);
            assertFails(Reason.NOT_FOUND, Errno.ENODEV, () -> missing.apply(mark));
            assertFails(Reason.NOT_SUPPORTED, Errno.EOPNOTSUPP, loopback::read);
            assertFails(Reason.NOT_SUPPORTED, Errno.EOPNOTSUPP, () -> loopback.apply(mark));
            assertFails(Reason.NOT_FOUND, Errno.ENODEV, new KernelDevice(new DeviceName(""))::read);

            List<PeerUpdate> many = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                many.add(put(keyNumber(i), true, List.of()));
            }
            // More than a page: `wg` reports "no space left on device" here, because the echo does not fit.
            assertFails(Reason.NOT_FOUND, Errno.ENODEV, () -> missing.apply(replacing(many)));
        });
    }

    private static void withWg0(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            try (RouteNetlink route = RouteNetlink.open();
                    KernelDevice wg0 = new KernelDevice(WG0)) {
                route.createLink("wg0", "wireguard");
                body.run(route, wg0);
            }
            return true;
        });
    }

    private static boolean kernelIsAtLeast(int major, int minor) throws Exception {
        String release = new String(NativeFile.readAll("/proc/sys/kernel/osrelease"), StandardCharsets.ISO_8859_1);
        String[] numbers = release.split("[.+-]", -1);
        int kernelMajor = Integer.parseInt(numbers[0]);
        return kernelMajor > major || kernelMajor == major && Integer.parseInt(numbers[1]) >= minor;
    }

    private static void assertFails(Reason reason, int errno, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DeviceException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.errno()).isEqualTo(errno);
        });
    }
}
