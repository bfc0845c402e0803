// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static io.wgj.it.kernel.Stage.playTwice;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The same change, made by the original to one device and by ours to another that held the same, leaves the same
/// behind.
@Tag("kernel")
class SetScenesTest {
    private static final List<String> FILE_COMMANDS = List.of("setconf", "addconf", "syncconf");

    /// Files by the names that scenes use.
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("@k1", "<K1>"),
            Map.entry("@k2", "<K2>"),
            Map.entry("@empty", ""),
            Map.entry("@full", """
                    # A file with all that files may hold.
                    [Interface]
                    PrivateKey = <PRIV>
                    ListenPort = 51820
                    FwMark = 0xca6c
                    [Peer]
                    PublicKey = <K1>
                    PresharedKey = <K2>
                    Endpoint = 192.0.2.1:51820
                    AllowedIPs = 10.0.0.0/8, fd00::/64
                    AllowedIPs = 10.1.0.0/16
                    PersistentKeepalive = 25
                    [Peer]
                    PublicKey = <K2>
                    Endpoint = [fe80::1%lo]:5
                    [Peer]
                    PublicKey = <PUBK1>
                    AllowedIPs = 0.0.0.0/0,::/0"""),
            Map.entry("@bare", "[Peer]\nPublicKey = <K1>\n[Peer]\nPublicKey = <PUBK1>"),
            Map.entry("@swapped", """
                    [Interface]
                    FwMark = off
                    [Peer]
                    PublicKey = <PUBK1>
                    AllowedIPs = 10.0.0.0/8
                    [Peer]
                    PublicKey = <K1>
                    AllowedIPs = ::/0, +10.9.0.0/16"""),
            Map.entry("@twice", """
                    [Peer]
                    PublicKey = <K1>
                    PresharedKey = <K2>
                    AllowedIPs = 10.0.0.0/8
                    [Peer]
                    PublicKey = <K1>
                    PersistentKeepalive = 7
                    AllowedIPs = 11.0.0.0/8"""),
            Map.entry("@self", "[Interface]\nPrivateKey = <PRIV>\n[Peer]\nPublicKey = <PUB>\nAllowedIPs = 10.0.0.1"));

    /// What is set before, and the change; what is wrong with some of them is a part of the scene.
    private static Stream<Arguments> scenes() {
        Stream<Arguments> files = FILE_COMMANDS.stream()
                .flatMap(command -> Stream.of("@empty", "@full", "@bare", "@swapped", "@twice", "@self")
                        .map(file -> Arguments.of("setconf wg0 @full", command + " wg0 " + file)));
        Stream<Arguments> words = Stream.of(
                Arguments.of("addconf wg0 @empty", "setconf wg0 @full"),
                Arguments.of("setconf wg0 @swapped", "syncconf wg0 @bare"),
                Arguments.of(
                        "addconf wg0 @bare",
                        "set wg0 listen-port 7 fwmark 0x10 private-key @k1 peer <K2> preshared-key @k2"
                                + " endpoint [2001:db8::1]:5 persistent-keepalive 25 allowed-ips 10.0.0.0/8,fd00::1"
                                + " peer <PUB> allowed-ips 10.0.0.0/8,10.0.0.7/24"),
                Arguments.of(
                        "setconf wg0 @full",
                        "set wg0 peer <K1> preshared-key /dev/null persistent-keepalive off allowed-ips +12.0.0.0/8"
                                + " peer <K2> remove peer <K2> endpoint 127.1:65536 peer <PUBK1> allowed-ips fd00::1"
                                + " endpoint [fe80::2%lo]:domain"),
                Arguments.of("setconf wg0 @full", "set wg0 fwmark off private-key /dev/null listen-port 0"),
                // The second peer's prefix is refused, so neither is sent.
                Arguments.of(
                        "setconf wg0 @full",
                        "set wg0 peer <K3> allowed-ips 9.9.9.9 peer <K1> allowed-ips 10.0.0.0/33"));
        return Stream.concat(files, words);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void theSameIsLeftBehind(String before, String change) throws Exception {
        List<String> left = new ArrayList<>();
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.ours(withFiles(stage, before));
            stage.wg(withFiles(stage, change));
            left.add(stage.ours("showconf wg0"));
        });
        assertThat(left.getLast()).isEqualTo(left.getFirst());
    }

    private static String withFiles(Stage stage, String line) throws IOException {
        String result = line;
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            if (line.contains(file.getKey())) {
                result = result.replace(file.getKey(), stage.file(file.getValue()));
            }
        }
        return result;
    }
}
