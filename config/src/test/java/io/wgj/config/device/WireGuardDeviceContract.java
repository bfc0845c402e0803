// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tests that every implementation of [WireGuardDevice] passes: in memory, behind a UAPI socket, in the kernel. A
/// subclass opens a fresh device. Its link is down, so ports are stored and never bound. Allowed IPs are compared
/// as a set, and peers too unless the device keeps their order.
public abstract class WireGuardDeviceContract {
    private static final PrivateKey PRIVATE = PrivateKey.fromRandom(filled(0x5a));
    private static final PresharedKey PRESHARED = PresharedKey.of(filled(0x77));
    private static final PublicKey ALICE = PublicKey.of(filled(1));
    private static final PublicKey BOB = PublicKey.of(filled(2));
    private static final PublicKey CAROL = PublicKey.of(filled(3));

    private WireGuardDevice device;

    /// A device without keys, port, mark and peers, its link down. The test closes it; the subclass removes
    /// everything else that it made.
    protected abstract WireGuardDevice openFreshDevice() throws Exception;

    /// Whether the device lists its peers in the order of their creation.
    protected abstract boolean keepsPeersInCreationOrder();

    /// Whether it can take one prefix away from a peer (Linux 6.16, wireguard-go after 2025).
    protected abstract boolean removesSingleAllowedIps();

    /// Whether it listens before its link is up, on a port of its choice unless one is set.
    protected abstract boolean choosesPortsWhileDown();

    @BeforeEach
    void open() throws Exception {
        device = openFreshDevice();
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void readsAFreshDeviceAsEmpty() throws DeviceException {
        assertThatItIsEmpty();
    }

    @Test
    void setsKeyPortAndMark() throws DeviceException {
        device.apply(
                new DeviceUpdate(Change.set(PRIVATE), Change.set(51820), Change.set(0xffff_fff0), false, List.of()));

        assertThat(device.read())
                .isEqualTo(new DeviceState(
                        device.name(),
                        Optional.of(PRIVATE),
                        Optional.of(PRIVATE.publicKey()),
                        51820,
                        0xffff_fff0,
                        List.of()));
    }

    @Test
    void leavesAloneWhatIsNotMentioned() throws DeviceException {
        device.apply(new DeviceUpdate(Change.set(PRIVATE), Change.set(51820), Change.set(7), false, List.of()));
        device.apply(update(full(ALICE)));
        DeviceState before = device.read();

        device.apply(update(new PeerUpdate.Put(ALICE)));

        assertThat(device.read()).isEqualTo(before);
    }

    @Test
    void clearsKeyPortAndMark() throws DeviceException {
        device.apply(new DeviceUpdate(Change.set(PRIVATE), Change.set(51820), Change.set(7), false, List.of()));

        device.apply(new DeviceUpdate(Change.clear(), Change.clear(), Change.clear(), false, List.of()));

        assertThatItIsEmpty();
    }

    @Test
    void takesAKeyOfZerosForNone() throws DeviceException {
        device.apply(new DeviceUpdate(Change.set(PRIVATE), Change.keep(), Change.keep(), false, List.of()));

        PrivateKey zero = PrivateKey.of(new byte[32]);
        device.apply(new DeviceUpdate(Change.set(zero), Change.keep(), Change.keep(), false, List.of()));

        assertThat(device.read().privateKey()).isEmpty();
    }

    @Test
    void addsABarePeer() throws DeviceException {
        device.apply(update(new PeerUpdate.Put(ALICE)));

        assertThat(device.read().peers()).containsExactly(new PeerState(ALICE));
    }

    @Test
    void addsAPeerWithEverything() throws DeviceException {
        device.apply(update(full(ALICE)));

        PeerState peer = onlyPeer();
        assertThat(peer.presharedKey()).contains(PRESHARED);
        assertThat(peer.endpoint()).contains(endpoint("192.0.2.1", 51820));
        assertThat(peer.persistentKeepalive()).isEqualTo(25);
        assertThat(peer.allowedIps()).containsExactlyInAnyOrder(prefix("10.0.0.0", 8), prefix("fd00::", 64));
    }

    @Test
    void takesEndpointsOfBothFamilies() throws DeviceException {
        for (Endpoint.Numeric endpoint : List.of(
                endpoint("192.0.2.7", 1),
                endpoint("2001:db8::7", 65535),
                new Endpoint.Numeric(address("fe80::7"), 5, 1))) {
            device.apply(update(new PeerUpdate.Put(ALICE, PeerSettings.NONE.withEndpoint(endpoint))));

            assertThat(onlyPeer().endpoint()).contains(endpoint);
        }
    }

    @Test
    void clearsPresharedKeyAndKeepalive() throws DeviceException {
        device.apply(update(full(ALICE)));

        device.apply(update(new PeerUpdate.Put(
                ALICE, PeerSettings.NONE.withPresharedKey(Change.clear()).withPersistentKeepalive(Change.clear()))));

        assertThat(onlyPeer().presharedKey()).isEmpty();
        assertThat(onlyPeer().persistentKeepalive()).isZero();
        assertThat(onlyPeer().endpoint()).isPresent();
    }

    @Test
    void clearsTheHostBitsOfAllowedIps() throws DeviceException {
        device.apply(update(allowing(ALICE, false, prefix("10.1.2.3", 16), prefix("fd00::1", 64))));

        assertThat(onlyPeer().allowedIps()).containsExactlyInAnyOrder(prefix("10.1.0.0", 16), prefix("fd00::", 64));
    }

    @Test
    void addsToAllowedIpsUnlessTheyAreReplaced() throws DeviceException {
        device.apply(update(allowing(ALICE, false, prefix("10.1.0.0", 16))));
        device.apply(update(allowing(ALICE, false, prefix("10.2.0.0", 16))));

        assertThat(onlyPeer().allowedIps()).containsExactlyInAnyOrder(prefix("10.1.0.0", 16), prefix("10.2.0.0", 16));

        device.apply(update(allowing(ALICE, true, prefix("10.3.0.0", 16))));

        assertThat(onlyPeer().allowedIps()).containsExactly(prefix("10.3.0.0", 16));
    }

    @Test
    void replacesAllowedIpsByNothing() throws DeviceException {
        device.apply(update(full(ALICE)));

        device.apply(update(allowing(ALICE, true)));

        assertThat(onlyPeer().allowedIps()).isEmpty();
    }

    @Test
    void movesAnAllowedIpToTheLastPeerThatAsks() throws DeviceException {
        device.apply(update(allowing(ALICE, true, prefix("10.0.0.0", 8), prefix("::", 0))));

        device.apply(update(allowing(BOB, true, prefix("10.0.0.0", 8))));

        assertThat(allowedIps(ALICE)).containsExactly(prefix("::", 0));
        assertThat(allowedIps(BOB)).containsExactly(prefix("10.0.0.0", 8));
    }

    @Test
    void takesSinglePrefixesAwayAndOnlyFromTheirOwner() throws DeviceException {
        assumeThat(removesSingleAllowedIps()).isTrue();
        device.apply(update(
                allowing(ALICE, false, prefix("10.1.0.0", 16), prefix("10.2.0.0", 16)),
                allowing(BOB, false, prefix("10.3.0.0", 16))));

        device.apply(update(removing(ALICE, prefix("10.1.7.7", 16), prefix("10.3.0.0", 16), prefix("99.0.0.0", 8))));

        assertThat(allowedIps(ALICE)).containsExactly(prefix("10.2.0.0", 16));
        assertThat(allowedIps(BOB)).containsExactly(prefix("10.3.0.0", 16));
    }

    @Test
    void removesPeersAndIsSilentAboutAbsentOnes() throws DeviceException {
        device.apply(update(full(ALICE), new PeerUpdate.Put(BOB)));

        device.apply(update(new PeerUpdate.Remove(ALICE), new PeerUpdate.Remove(CAROL)));

        assertThat(peers()).containsOnlyKeys(BOB);
    }

    @Test
    void forgetsARemovedPeer() throws DeviceException {
        device.apply(update(full(ALICE)));

        device.apply(update(new PeerUpdate.Remove(ALICE), new PeerUpdate.Put(ALICE)));

        assertThat(onlyPeer().presharedKey()).isEmpty();
        assertThat(onlyPeer().endpoint()).isEmpty();
        assertThat(onlyPeer().allowedIps()).isEmpty();
    }

    @Test
    void replacesAllPeers() throws DeviceException {
        device.apply(update(full(ALICE), new PeerUpdate.Put(BOB)));

        device.apply(new DeviceUpdate(
                Change.keep(), Change.keep(), Change.keep(), true, List.of(new PeerUpdate.Put(CAROL))));

        assertThat(peers()).containsOnlyKeys(CAROL);
    }

    @Test
    void updatesOnlyPeersThatExistWhenAskedTo() throws DeviceException {
        device.apply(update(new PeerUpdate.Put(ALICE)));

        device.apply(update(
                PeerUpdate.Put.existing(ALICE, PeerSettings.NONE.withPersistentKeepalive(9)),
                PeerUpdate.Put.existing(BOB, PeerSettings.NONE.withPersistentKeepalive(9))));

        assertThat(peers()).containsOnlyKeys(ALICE);
        assertThat(onlyPeer().persistentKeepalive()).isEqualTo(9);
    }

    @Test
    void appliesEntriesOfOnePeerInTheirOrder() throws DeviceException {
        device.apply(update(
                allowing(ALICE, true, prefix("10.1.0.0", 16)),
                new PeerUpdate.Put(ALICE, PeerSettings.NONE.withPersistentKeepalive(5)),
                allowing(ALICE, true, prefix("10.2.0.0", 16))));

        assertThat(onlyPeer().allowedIps()).containsExactly(prefix("10.2.0.0", 16));
        assertThat(onlyPeer().persistentKeepalive()).isEqualTo(5);
    }

    @Test
    void createsNoPeerWithItsOwnKey() throws DeviceException {
        device.apply(new DeviceUpdate(
                Change.set(PRIVATE),
                Change.keep(),
                Change.keep(),
                false,
                List.of(new PeerUpdate.Put(PRIVATE.publicKey()), new PeerUpdate.Put(BOB))));

        assertThat(peers()).containsOnlyKeys(BOB);
    }

    @Test
    void dropsThePeerThatItsNewKeyBelongsTo() throws DeviceException {
        device.apply(update(new PeerUpdate.Put(PRIVATE.publicKey()), new PeerUpdate.Put(BOB)));

        device.apply(new DeviceUpdate(Change.set(PRIVATE), Change.keep(), Change.keep(), false, List.of()));

        assertThat(peers()).containsOnlyKeys(BOB);
    }

    @Test
    void listsPeersInTheOrderOfTheirCreation() throws DeviceException {
        assumeThat(keepsPeersInCreationOrder()).isTrue();
        device.apply(update(new PeerUpdate.Put(CAROL), new PeerUpdate.Put(ALICE)));
        device.apply(update(new PeerUpdate.Put(BOB), full(CAROL)));

        assertThat(device.read().peers()).extracting(PeerState::publicKey).containsExactly(CAROL, ALICE, BOB);
    }

    @Test
    void carriesThousandsOfPeersAndPrefixes() throws DeviceException {
        List<PeerUpdate> updates = new ArrayList<>();
        IpPrefix[] many = new IpPrefix[5000];
        for (int i = 0; i < many.length; i++) {
            many[i] = new IpPrefix(IpAddress.ofV4(10 << 24 | i << 8), 24);
        }
        updates.add(allowing(ALICE, true, many));
        for (int i = 0; i < 1000; i++) {
            byte[] key = filled(9);
            key[0] = (byte) i;
            key[1] = (byte) (i >> 8);
            updates.add(allowing(PublicKey.of(key), true, new IpPrefix(IpAddress.ofV4(11 << 24 | i), 32)));
        }

        device.apply(DeviceUpdate.ofPeers(updates));

        assertThat(peers()).hasSize(1001);
        assertThat(allowedIps(ALICE)).containsExactlyInAnyOrder(many);
        assertThat(device.read().peers())
                .allSatisfy(peer -> assertThat(peer.allowedIps()).isNotEmpty());
    }

    private void assertThatItIsEmpty() throws DeviceException {
        DeviceState state = device.read();
        int port = choosesPortsWhileDown() ? state.listenPort() : 0;
        assertThat(state)
                .isEqualTo(new DeviceState(device.name(), Optional.empty(), Optional.empty(), port, 0, List.of()));
    }

    private PeerState onlyPeer() throws DeviceException {
        List<PeerState> peers = device.read().peers();
        assertThat(peers).hasSize(1);
        return peers.getFirst();
    }

    private Map<PublicKey, PeerState> peers() throws DeviceException {
        Map<PublicKey, PeerState> peers = new HashMap<>();
        device.read()
                .peers()
                .forEach(peer -> assertThat(peers.put(peer.publicKey(), peer)).isNull());
        return peers;
    }

    private List<IpPrefix> allowedIps(PublicKey key) throws DeviceException {
        PeerState peer = peers().get(key);
        assertThat(peer).as("the peer %s", key).isNotNull();
        return peer == null ? List.of() : peer.allowedIps();
    }

    private static PeerUpdate full(PublicKey key) {
        return new PeerUpdate.Put(
                key,
                PeerSettings.NONE
                        .withPresharedKey(PRESHARED)
                        .withEndpoint(endpoint("192.0.2.1", 51820))
                        .withPersistentKeepalive(25)
                        .withOnlyAllowedIps(List.of(prefix("10.0.0.0", 8), prefix("fd00::", 64))));
    }

    private static PeerUpdate allowing(PublicKey key, boolean replace, IpPrefix... prefixes) {
        List<AllowedIpUpdate> updates =
                Arrays.stream(prefixes).map(AllowedIpUpdate::add).toList();
        return new PeerUpdate.Put(key, PeerSettings.NONE.withAllowedIps(replace, updates));
    }

    private static PeerUpdate removing(PublicKey key, IpPrefix... prefixes) {
        List<AllowedIpUpdate> updates = Arrays.stream(prefixes)
                .map(prefix -> new AllowedIpUpdate(prefix, true))
                .toList();
        return new PeerUpdate.Put(key, PeerSettings.NONE.withAllowedIps(false, updates));
    }

    private static DeviceUpdate update(PeerUpdate... peers) {
        return DeviceUpdate.ofPeers(List.of(peers));
    }

    private static Endpoint.Numeric endpoint(String address, int port) {
        return new Endpoint.Numeric(address(address), port);
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(address(address), length);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
