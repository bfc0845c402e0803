// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of a file a running device is sent, as `wg set` words.
class DeviceChangesTest {
    private static final String K1 = QuickText.K1;
    private static final String K2 = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    private static final String THROWN = "gN65BkIKy1eCE9pP1wdc8ROUtkHLF2PfAqYdyYBz6EA=";

    /// K1 at 192.0.2.1:5 with keepalive 25 and two prefixes, K2 with one; port 7, mark 9.
    private static final DeviceState NOW = new DeviceState(
            new DeviceName("wg0"),
            Optional.of(PrivateKey.parseBase64(QuickText.PRIV).orElseThrow()),
            Optional.empty(),
            7,
            9,
            List.of(peer(K1, "192.0.2.1", 25, "10.1.0.0/16", "10.2.0.0/16"), peer(K2, "192.0.2.2", 0, "10.3.0.0/16")));

    private static final String FIRST = "PersistentKeepalive = 25;Endpoint = 192.0.2.1:5;";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AllowedIPs = 10.1.0.0/16, 10.2.0.0/16 | AllowedIPs = 10.3.0.0/16 | ''
            AllowedIPs = 10.1.0.0/16, 10.2.0.0/16, 10.4.0.0/16 | AllowedIPs = 10.3.0.0/16 | K1 allowed-ips +10.4.0.0/16
            AllowedIPs = 10.2.1.0/16 | AllowedIPs = 10.3.0.0/16 | K1 allowed-ips -10.1.0.0/16
            AllowedIPs = 10.1.0.0/16 | AllowedIPs = 10.3.0.0/16, 10.2.0.0/16 | K2 allowed-ips +10.2.0.0/16
            AllowedIPs = 10.1.0.0/16, 10.2.0.0/16 | PersistentKeepalive = 3;AllowedIPs = 10.3.0.0/16 | K2 persistent-keepalive 3
            """)
    void sendsWhatChangedOfAPeer(String first, String second, String lines) {
        assertThat(changes(FIRST + first, second)).isEqualTo(expected(lines));
    }

    @Test
    void erasesWhatTheFileNoLongerHas() {
        assertThat(changes("Endpoint = 192.0.2.1:5;AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "AllowedIPs = 10.3.0.0/16"))
                .containsExactly("wg set wg0 peer " + K1 + " persistent-keepalive off");
    }

    @Test
    void removesAPeerThatTheFileNoLongerHas() {
        QuickText file = file(FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", null);
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> true)))
                .containsExactly("wg set wg0 peer " + K2 + " remove");
    }

    @Test
    void addsANewPeerWhole() {
        DeviceState one = new DeviceState(
                NOW.name(), NOW.privateKey(), NOW.publicKey(), 7, 9, NOW.peers().subList(0, 1));
        QuickText file =
                file(FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "Endpoint = 192.0.2.9:9;AllowedIPs = ::/0");
        assertThat(lines(DeviceChanges.of(one, file.replacing(), _ -> false)))
                .containsExactly("wg set wg0 peer " + K2 + " endpoint 192.0.2.9:9 allowed-ips +::/0");
    }

    @Test
    void leavesAPeerWhereItRoamedToUnlessTheFileSaysOtherwise() {
        QuickText file = file(
                "PersistentKeepalive = 25;Endpoint = 192.0.2.50:5;AllowedIPs = 10.1.0.0/16, 10.2.0.0/16",
                "AllowedIPs = 10.3.0.0/16");
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> false))).isEmpty();
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> true)))
                .containsExactly("wg set wg0 peer " + K1 + " endpoint 192.0.2.50:5");
    }

    @Test
    void movesPrefixesToAPeerThatIsThrownAwayOnOlderKernels() {
        QuickText file = file(FIRST + "AllowedIPs = 10.1.0.0/16", "Endpoint = 192.0.2.2:5");
        PublicKey thrown = PublicKey.parseBase64(THROWN).orElseThrow();
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> false, thrown)))
                .containsExactly(
                        "wg set wg0 peer " + THROWN + " allowed-ips +10.2.0.0/16,+10.3.0.0/16",
                        "wg set wg0 peer " + THROWN + " remove");
    }

    @Test
    void namesPortAndMarkOnlyWhenTheFileDoes() {
        String peers = FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16";
        assertThat(changes(peers, "AllowedIPs = 10.3.0.0/16")).isEmpty();
        QuickText file = QuickText.ofFile(
                "wg0",
                "[Interface]\nListenPort = 8\nFwMark = 9\n"
                        + text(peers, "AllowedIPs = 10.3.0.0/16").substring("[Interface]\n".length()));
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> true)))
                .containsExactly("wg set wg0 listen-port 8");
    }

    @Test
    void setsAndErasesPresharedKeysWithoutShowingThem() {
        String psk = "PresharedKey = " + K2 + ";";
        QuickText file = file(psk + FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "AllowedIPs = 10.3.0.0/16");
        DeviceUpdate update = DeviceChanges.of(NOW, file.replacing(), _ -> true);
        assertThat(lines(update)).containsExactly("wg set wg0 peer " + K1 + " preshared-key (hidden)");

        PeerState first = NOW.peers().getFirst();
        PeerState keyed = new PeerState(
                first.publicKey(),
                Optional.of(PresharedKey.parseBase64(K2).orElseThrow()),
                first.endpoint(),
                first.allowedIps(),
                first.latestHandshake(),
                0,
                0,
                25);
        DeviceState now = new DeviceState(
                NOW.name(),
                NOW.privateKey(),
                NOW.publicKey(),
                7,
                9,
                List.of(keyed, NOW.peers().get(1)));
        assertThat(lines(DeviceChanges.of(now, file.replacing(), _ -> true))).isEmpty();
        QuickText without = file(FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "AllowedIPs = 10.3.0.0/16");
        assertThat(lines(DeviceChanges.of(now, without.replacing(), _ -> true)))
                .containsExactly("wg set wg0 peer " + K1 + " preshared-key /dev/null");
    }

    private static PeerState peer(String key, String endpoint, int keepalive, String... allowedIps) {
        List<IpPrefix> prefixes = Stream.of(allowedIps).map(Host::prefix).toList();
        return new PeerState(
                PublicKey.parseBase64(key).orElseThrow(),
                Optional.empty(),
                Optional.of(new Endpoint.Numeric(IpAddress.parse(endpoint).orElseThrow(), 5)),
                prefixes,
                HandshakeTime.NEVER,
                0,
                0,
                keepalive);
    }

    private static List<String> changes(String first, String second) {
        return lines(DeviceChanges.of(NOW, file(first, second).replacing(), _ -> true));
    }

    private static String text(String first, @Nullable String second) {
        String text = "[Interface]\n[Peer]\nPublicKey = " + K1 + "\n" + first.replace(';', '\n') + "\n";
        return second == null ? text : text + "[Peer]\nPublicKey = " + K2 + "\n" + second.replace(';', '\n') + "\n";
    }

    private static QuickText file(String first, @Nullable String second) {
        return QuickText.ofFile("wg0", text(first, second));
    }

    private static List<String> lines(DeviceUpdate update) {
        return WgSetWords.lines("wg0", update);
    }

    private static List<String> expected(String cell) {
        List<String> lines = new ArrayList<>();
        for (String line : QuickText.lines(cell)) {
            if (!line.isEmpty()) {
                lines.add("wg set wg0 peer " + line.replace("K1", K1).replace("K2", K2));
            }
        }
        return lines;
    }
}
