// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import static io.wgj.config.Fixtures.K1;
import static io.wgj.config.Fixtures.K1_HEX;
import static io.wgj.config.Fixtures.K2;
import static io.wgj.config.Fixtures.K2_HEX;
import static io.wgj.config.Fixtures.K3;
import static io.wgj.config.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceDiffTest {
    private static final PresharedKey PSK = PresharedKey.parseBase64(K2).orElseThrow();
    private static final String ZEROS = "0".repeat(64);
    private static final PeerState FIRST = peer(key(K1), Optional.of(PSK), 25);
    private static final PeerState SECOND = peer(key(K2), Optional.empty(), 0);

    private static PeerState peer(PublicKey key, Optional<PresharedKey> psk, int keepalive) {
        PeerState state = new PeerState(key)
                .withEndpoint(new Endpoint.Numeric(IpAddress.ofV4(1), 5))
                .withAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(0x0b00_0000), 8)))
                .withPersistentKeepalive(keepalive);
        return psk.isPresent() ? state.withPresharedKey(psk.get()) : state;
    }

    private static DeviceState device(PeerState... peers) {
        return new DeviceState(new DeviceName("m0"), Optional.empty(), Optional.empty(), 51820, 7, List.of(peers));
    }

    private static DeviceUpdate file(PeerUpdate... peers) {
        return new DeviceUpdate(Change.clear(), Change.clear(), Change.clear(), true, List.of(peers));
    }

    private static PeerUpdate.Put section(String key, Change<PresharedKey> psk, Change<Integer> keepalive) {
        return new PeerUpdate.Put(
                key(key),
                PeerSettings.NONE
                        .withPresharedKey(psk)
                        .withPersistentKeepalive(keepalive)
                        .withOnlyAllowedIps(List.of()));
    }

    private static PeerUpdate.Put section(String key) {
        return section(key, Change.keep(), Change.keep());
    }

    private static List<String> peerLines(DeviceUpdate update) {
        List<String> lines = new ArrayList<>();
        update.peers().forEach(peer -> lines.addAll(UapiText.lines(peer)));
        return lines;
    }

    @Test
    @Case("I01")
    void aFileWithoutPeersIsSentAsItIs() {
        DeviceUpdate replacing = file();
        assertThat(DeviceDiff.sync(device(FIRST, SECOND), replacing)).isSameAs(replacing);
    }

    @Test
    @Case("I02")
    void aDeviceWithoutPeersTakesTheFileAsItIs() {
        DeviceUpdate replacing = file(section(K1));
        assertThat(DeviceDiff.sync(device(), replacing)).isSameAs(replacing);
    }

    @Test
    @Case("I03")
    void removesWhatIsNotInTheFileAndErasesWhatItDoesNotMention() {
        DeviceUpdate sync = DeviceDiff.sync(device(FIRST, SECOND), file(section(K1)));
        assertThat(sync.replacePeers()).isFalse();
        assertThat(peerLines(sync))
                .containsExactly(
                        "public_key=" + K2_HEX,
                        "remove=true",
                        "public_key=" + K1_HEX,
                        "preshared_key=" + ZEROS,
                        "persistent_keepalive_interval=0",
                        "replace_allowed_ips=true");
    }

    @Test
    @Case("I04")
    void sendsPeersOnBothSidesCompleteAndInTheOrderOfTheFile() {
        PeerUpdate second = section(K2);
        PeerUpdate first = section(K1, Change.set(PSK), Change.set(25));
        assertThat(DeviceDiff.sync(device(FIRST, SECOND), file(second, first)).peers())
                .containsExactly(second, first);
    }

    @Test
    @Case("I05")
    void removesThePeerThatTheFileLacks() {
        assertThat(DeviceDiff.sync(device(FIRST, SECOND), file(section(K2))).peers())
                .containsExactly(new PeerUpdate.Remove(key(K1)), section(K2));
    }

    @Test
    @Case("I06")
    void removesInDescendingOrderOfKeysWhateverTheDevicesOrder() {
        var expected = List.of(new PeerUpdate.Remove(key(K1)), new PeerUpdate.Remove(key(K2)), section(K3));
        assertThat(DeviceDiff.sync(device(FIRST, SECOND), file(section(K3))).peers())
                .isEqualTo(expected);
        assertThat(DeviceDiff.sync(device(SECOND, FIRST), file(section(K3))).peers())
                .isEqualTo(expected);
    }

    @Test
    @Case("I07")
    void keepsTheWishesAboutTheDevice() {
        var replacing = new DeviceUpdate(
                Change.set(PrivateKey.of(new byte[32])), Change.clear(), Change.set(9), true, List.of(section(K1)));
        DeviceUpdate sync = DeviceDiff.sync(device(FIRST), replacing);
        assertThat(sync.privateKey()).isEqualTo(replacing.privateKey());
        assertThat(sync.listenPort()).isEqualTo(Change.clear());
        assertThat(sync.fwmark()).isEqualTo(Change.set(9));
    }

    @Test
    @Case("V13")
    void neverMentionsAnEndpointThatTheFileDoesNot() {
        var put = (PeerUpdate.Put)
                DeviceDiff.sync(device(FIRST), file(section(K1))).peers().getFirst();
        assertThat(put.settings().endpoint().isMentioned()).isFalse();
        assertThat(put.settings().presharedKey()).isEqualTo(Change.clear());
        assertThat(put.settings().persistentKeepalive()).isEqualTo(Change.clear());
        assertThat(put.settings().replaceAllowedIps()).isTrue();
    }

    /// As the original was seen to do it: the second section must not undo the first.
    @Test
    void erasesInTheFirstSectionOfAKeyAlone() {
        DeviceUpdate sync =
                DeviceDiff.sync(device(FIRST), file(section(K1, Change.set(PSK), Change.keep()), section(K1)));
        assertThat(peerLines(sync))
                .containsExactly(
                        "public_key=" + K1_HEX,
                        "preshared_key=" + K2_HEX,
                        "persistent_keepalive_interval=0",
                        "replace_allowed_ips=true",
                        "public_key=" + K1_HEX,
                        "replace_allowed_ips=true");
    }

    @Test
    void doesNotTouchWhatADevicePeerNeverHad() {
        assertThat(DeviceDiff.sync(device(SECOND), file(section(K2))).peers()).containsExactly(section(K2));
    }
}
