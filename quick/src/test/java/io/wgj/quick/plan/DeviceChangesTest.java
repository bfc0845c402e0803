// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.text.WgSetWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The changes that a running device is sent, as `wg set` commands.
class DeviceChangesTest {
    private static final String K1 = QuickText.K1;
    private static final String K2 = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    private static final String NO_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
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
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> true, HookChanges.none())))
                .containsExactly("wg set wg0 peer " + K2 + " remove");
    }

    @Test
    void addsANewPeerWhole() {
        DeviceState one = new DeviceState(
                NOW.name(), NOW.privateKey(), NOW.publicKey(), 7, 9, NOW.peers().subList(0, 1));
        QuickText file =
                file(FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "Endpoint = 192.0.2.9:9;AllowedIPs = ::/0");
        assertThat(lines(DeviceChanges.of(one, file.replacing(), _ -> false, HookChanges.none())))
                .containsExactly("wg set wg0 peer " + K2 + " endpoint 192.0.2.9:9 allowed-ips +::/0");
    }

    @Test
    void leavesAPeerWhereItRoamedToUnlessTheFileSaysOtherwise() {
        QuickText file = file(
                "PersistentKeepalive = 25;Endpoint = 192.0.2.50:5;AllowedIPs = 10.1.0.0/16, 10.2.0.0/16",
                "AllowedIPs = 10.3.0.0/16");
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> false, HookChanges.none())))
                .isEmpty();
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> true, HookChanges.none())))
                .containsExactly("wg set wg0 peer " + K1 + " endpoint 192.0.2.50:5");
    }

    @Test
    void movesPrefixesToAPeerThatIsThrownAwayOnOlderKernels() {
        QuickText file = file(FIRST + "AllowedIPs = 10.1.0.0/16", "Endpoint = 192.0.2.2:5");
        PublicKey thrown = PublicKey.parseBase64(THROWN).orElseThrow();
        DeviceUpdate changes = DeviceChanges.of(NOW, file.replacing(), _ -> false, HookChanges.none());
        assertThat(lines(DeviceChanges.withoutRemovals(changes, thrown)))
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
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> true, HookChanges.none())))
                .containsExactly("wg set wg0 listen-port 8");
    }

    @ParameterizedTest
    @CsvSource({"ListenPort = 0", "FwMark = 0", "FwMark = off", "FwMark = 0x0", "FwMark = 0x9"})
    void takesNoValueForNone(String line) {
        QuickText file = QuickText.ofFile(
                "wg0",
                "[Interface]\n" + line + "\n[Peer]\nPublicKey = " + K1 + "\nPresharedKey = " + NO_KEY
                        + "\nPersistentKeepalive = 25\nAllowedIPs = 10.1.0.0/16, 10.2.0.0/16\n[Peer]\nPublicKey = " + K2
                        + "\nPersistentKeepalive = off\nAllowedIPs = 10.3.0.0/16\n");
        DeviceUpdate wanted = DeviceChanges.normal(NOW, file.replacing(), true);
        assertThat(lines(DeviceChanges.of(NOW, wanted, _ -> true, HookChanges.none())))
                .isEmpty();
    }

    @Test
    void switchesAMarkOffThatTheFileNamed() {
        QuickText file = QuickText.ofFile("wg0", "[Interface]\nFwMark = off\n");
        assertThat(DeviceChanges.of(
                                NOW, DeviceChanges.normal(NOW, file.replacing(), false), _ -> true, HookChanges.none())
                        .fwmark()
                        .value())
                .contains(0);
    }

    /// Kernel and engines ignore such a peer. The key is the device's where the file has none.
    @ParameterizedTest
    @CsvSource({"PrivateKey = " + QuickText.PRIV, "''"})
    void knowsNoPeerWithTheInterfacesOwnKey(String line) {
        String own =
                PrivateKey.parseBase64(QuickText.PRIV).orElseThrow().publicKey().toBase64();
        DeviceState now = new DeviceState(
                NOW.name(),
                NOW.privateKey(),
                PublicKey.parseBase64(own),
                7,
                9,
                NOW.peers().subList(0, 1));
        QuickText file = QuickText.ofFile(
                "wg0",
                "[Interface]\n" + line + "\n[Peer]\nPublicKey = " + K1 + "\n" + FIRST.replace(';', '\n')
                        + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16\n[Peer]\nPublicKey = " + own
                        + "\nEndpoint = 192.0.2.77:7\nAllowedIPs = 10.8.0.0/16, 10.2.0.0/16\n");
        DeviceUpdate wanted = DeviceChanges.normal(now, file.replacing(), false);
        assertThat(lines(DeviceChanges.of(now, wanted, _ -> true, HookChanges.none())))
                .isEmpty();
        assertThat(DeviceView.foreseen(wanted).allowedIps())
                .containsExactly(Host.prefix("10.1.0.0/16"), Host.prefix("10.2.0.0/16"));
        assertThat(DeviceView.foreseen(wanted).endpoints()).hasSize(1);
    }

    /// The hooks would make the changes again.
    @Test
    void leavesWhatHooksHaveMadeOfADevice() {
        QuickText file =
                file("PresharedKey = " + K2 + ";Endpoint = 192.0.2.1:5;AllowedIPs = 10.1.0.0/16, 10.5.0.0/16", null);
        DeviceUpdate changes = DeviceChanges.of(NOW, file.replacing(), _ -> false, HookChanges.none());
        assertThat(changes.peers()).hasSize(2);
        HookChanges hooks = new HookChanges(List.of(), HookChanges.changed(changes));
        assertThat(lines(DeviceChanges.of(NOW, file.replacing(), _ -> false, hooks)))
                .isEmpty();
        assertThat(hooks.deviceInUse()).hasSize(5);
        assertThat(hooks.prefixes()).containsExactlyInAnyOrder(Host.prefix("10.3.0.0/16"), Host.prefix("10.2.0.0/16"));
        QuickText more = file("AllowedIPs = 10.6.0.0/16", null);
        assertThat(lines(DeviceChanges.of(NOW, more.replacing(), _ -> false, hooks)))
                .containsExactly("wg set wg0 peer " + K1 + " allowed-ips +10.6.0.0/16,-10.1.0.0/16");
    }

    @Test
    void setsAndErasesPresharedKeysWithoutShowingThem() {
        String psk = "PresharedKey = " + K2 + ";";
        QuickText file = file(psk + FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "AllowedIPs = 10.3.0.0/16");
        DeviceUpdate update = DeviceChanges.of(NOW, file.replacing(), _ -> true, HookChanges.none());
        assertThat(lines(update)).containsExactly("wg set wg0 peer " + K1 + " preshared-key (hidden)");

        PeerState first = NOW.peers().getFirst();
        PeerState keyed = first.withPresharedKey(PresharedKey.parseBase64(K2).orElseThrow())
                .withPersistentKeepalive(25);
        DeviceState now = new DeviceState(
                NOW.name(),
                NOW.privateKey(),
                NOW.publicKey(),
                7,
                9,
                List.of(keyed, NOW.peers().get(1)));
        assertThat(lines(DeviceChanges.of(now, file.replacing(), _ -> true, HookChanges.none())))
                .isEmpty();
        QuickText without = file(FIRST + "AllowedIPs = 10.1.0.0/16, 10.2.0.0/16", "AllowedIPs = 10.3.0.0/16");
        assertThat(lines(DeviceChanges.of(now, without.replacing(), _ -> true, HookChanges.none())))
                .containsExactly("wg set wg0 peer " + K1 + " preshared-key /dev/null");
    }

    private static PeerState peer(String key, String endpoint, int keepalive, String... allowedIps) {
        List<IpPrefix> prefixes = Stream.of(allowedIps).map(Host::prefix).toList();
        return new PeerState(PublicKey.parseBase64(key).orElseThrow())
                .withEndpoint(new Endpoint.Numeric(IpAddress.parse(endpoint).orElseThrow(), 5))
                .withAllowedIps(prefixes)
                .withPersistentKeepalive(keepalive);
    }

    private static List<String> changes(String first, String second) {
        return lines(DeviceChanges.of(NOW, file(first, second).replacing(), _ -> true, HookChanges.none()));
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
