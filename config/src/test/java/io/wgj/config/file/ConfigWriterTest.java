// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static io.wgj.config.Fixtures.K2;
import static io.wgj.config.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgj.config.Golden;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfigWriterTest {
    /// Places say where, not what.
    private static WgConfig withoutPlaces(WgConfig config) {
        return new WgConfig(
                config.privateKey(),
                config.listenPort().map(port -> new Located<>(RandomConfig.NOWHERE, port.value())),
                config.fwmark(),
                config.peers().stream()
                        .map(peer -> new WgPeer(
                                peer.publicKey(),
                                peer.presharedKey(),
                                peer.endpoint().map(endpoint -> new Located<>(RandomConfig.NOWHERE, endpoint.value())),
                                peer.persistentKeepalive(),
                                peer.replaceAllowedIps(),
                                peer.allowedIps()))
                        .toList());
    }

    private static WgConfig parse(String text) {
        ParsedWg parsed = WgConfigParser.parse("f", text);
        assertThat(parsed.problems()).isEmpty();
        return withoutPlaces(parsed.config().orElseThrow());
    }

    @Test
    void readsBackEveryConfigurationItWrites() {
        var random = new RandomConfig(42);
        for (int i = 0; i < 3_000; i++) {
            WgConfig config = random.next();
            assertThat(parse(ConfigWriter.writeWg(config))).isEqualTo(config);
        }
    }

    @Test
    void writesTheWordsOfShowconf() {
        String text = """
                [Interface]
                ListenPort = 51820
                FwMark = 0xca6c
                PrivateKey = %s

                [Peer]
                PublicKey = %s
                PresharedKey = %s
                AllowedIPs = 10.0.0.0/8, fd00::/64
                Endpoint = 192.0.2.1:51820
                PersistentKeepalive = 25

                [Peer]
                PublicKey = %s
                """.formatted(K1, K1, K2, K2);
        assertThat(ConfigWriter.writeWg(parse(text))).isEqualTo(text);
    }

    @Test
    void refusesListsThatNoLineSays() {
        var add = AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV4(0), 0));
        var remove = new AllowedIpUpdate(add.prefix(), true);
        assertThatIllegalArgumentException().isThrownBy(() -> write(false));
        assertThatIllegalArgumentException().isThrownBy(() -> write(true, add, remove));
        assertThat(write(true, remove, add)).contains("AllowedIPs = -0.0.0.0/0\nAllowedIPs = 0.0.0.0/0\n");
        assertThat(write(false, remove, add)).contains("AllowedIPs = -0.0.0.0/0, +0.0.0.0/0\n");
    }

    private static String write(boolean replace, AllowedIpUpdate... allowedIps) {
        var peer = new WgPeer(
                key(K1), Optional.empty(), Optional.empty(), OptionalInt.empty(), replace, List.of(allowedIps));
        return ConfigWriter.writeWg(
                new WgConfig(Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of(peer)));
    }

    @Test
    void writesWgQuickFilesByteForByte() {
        List<String> golden = Golden.lines("wg-quick-strip.txt");
        for (int i = 0; i < golden.size(); i += 3) {
            String text = Golden.unescape(golden.get(i));
            assertThat(ConfigWriter.writeQuick(QuickFile.of("f", text))).isEqualTo(text);
        }
        for (String text : List.of("", "\n", "\n\n", "a", "a\r\n\tb ", "\0")) {
            assertThat(ConfigWriter.writeQuick(QuickFile.of("f", text))).isEqualTo(text);
        }
    }
}
