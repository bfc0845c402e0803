// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.it.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Ours prints the bytes that the original prints, for every kind of content of a kernel device.
@Tag("kernel")
class SameBytesTest {
    private static final List<String> FIELDS = List.of(
            "public-key",
            "private-key",
            "listen-port",
            "fwmark",
            "peers",
            "preshared-keys",
            "endpoints",
            "allowed-ips",
            "latest-handshakes",
            "transfer",
            "persistent-keepalive",
            "dump");
    private static final Map<String, String> COLOURED = Map.of("WG_COLOR_MODE", "always");
    private static final Map<String, String> KEYS_SHOWN = Map.of("WG_HIDE_KEYS", "never");

    @Test
    void ofDevicesWithoutPeers() throws Exception {
        Stage.play(Tool.ORIGINAL, stage -> {
            stage.addWireGuard("wg0", "wg1", "wg2");
            stage.does("set wg1 private-key " + stage.file("<PRIV>"));
            stage.does("set wg2 listen-port 51820 fwmark 0xfffffffe");

            assertShownAlike("wg0", text -> text.equals("interface: wg0\n"));
            for (String line : List.of("show wg1", "show wg1 dump", "showconf wg1", "show wg2", "showconf wg2")) {
                assertAlike(Map.of(), line);
            }
            assertAlike(KEYS_SHOWN, "show all");
            Ran all = assertAlike(Map.of(), "show all dump");
            assertThat(all.stdout())
                    .isEqualTo(Stage.text(
                            "wg0\t(none)\t(none)\t0\toff",
                            "wg1\t<PRIV>\t<PUB>\t0\toff",
                            "wg2\t(none)\t(none)\t51820\t0xfffffffe"));
        });
    }

    @Test
    void ofPeersOfAllKinds() throws Exception {
        Stage.play(Tool.ORIGINAL, stage -> {
            stage.addWireGuard("wg0");
            stage.links().createLink("far0", "dummy");
            stage.does("setconf wg0 " + stage.file(peersOfAllKinds(40)));
            assertShownAlike("wg0", text -> text.contains("[fe80::4%far0]:5"));
        });
    }

    @Test
    @Case("N14")
    void of2000PrefixesOnTheFirstPeer() throws Exception {
        Stage.play(Tool.ORIGINAL, stage -> {
            stage.addWireGuard("wg0");
            List<String> lines = new ArrayList<>(List.of("[Interface]", "PrivateKey = <K1>", "[Peer]"));
            lines.add("PublicKey = " + key(1));
            for (int i = 0; i < 1_000; i++) {
                lines.add("AllowedIPs = 10." + i / 250 + "." + i % 250 + ".0/24, fd00:" + Integer.toHexString(i)
                        + "::/32");
            }
            for (int i = 2; i < 5; i++) {
                lines.addAll(List.of("[Peer]", "PublicKey = " + key(i), "AllowedIPs = 11.0.0." + i));
            }
            stage.does("setconf wg0 " + stage.file(lines.toArray(String[]::new)));

            assertShownAlike("wg0", text -> text.split(",", -1).length == 2_000);
            assertThat(stage.ours("show wg0 peers").lines()).hasSize(4);
        });
    }

    @Test
    void ofThreeDevicesAtOnceTwoOfWhichHaveTalked() throws Exception {
        Stage.play(Tool.ORIGINAL, stage -> {
            stage.addWireGuard("wg0", "wg1", "wg2");
            stage.does("set wg1 private-key " + stage.file("<K1>")
                    + " listen-port 2222 peer <PUB> allowed-ips 10.0.0.1/32");
            stage.does("set wg0 private-key " + stage.file("<PRIV>")
                    + " listen-port 1111 peer <PUBK1> endpoint 127.0.0.1:2222 allowed-ips 10.0.0.2/32");
            stage.up("wg1");
            stage.up("wg0");
            // Turning it on sends one at once, and nothing more for half a day.
            stage.does("set wg0 peer <PUBK1> persistent-keepalive 65535");
            awaitQuietAfterAHandshake(stage);

            assertShownAlike("wg0", text -> text.contains("latest handshake: ") && text.contains("transfer: "));
            assertAlike(Map.of(), "show interfaces");
            assertAlike(Map.of(), "show");
            assertAlike(COLOURED, "show all");
            assertAlike(KEYS_SHOWN, "show all");
            for (String field : FIELDS) {
                assertAlike(Map.of(), "show all " + field);
            }
        });
    }

    private static void awaitQuietAfterAHandshake(Stage stage) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        String before = "";
        String now = stage.ours("show all dump");
        boolean talked = false;
        while (!talked || !now.equals(before)) {
            assertThat(System.nanoTime()).as("no handshake:\n%s", now).isLessThan(deadline);
            Thread.sleep(500);
            before = now;
            now = stage.ours("show all dump");
            talked = stage.ours("show all latest-handshakes").lines().noneMatch(line -> line.endsWith("\t0"));
        }
    }

    /// All that can be asked about one device.
    private static void assertShownAlike(String device, Predicate<String> premise) {
        Ran shown = assertAlike(Map.of(), "show " + device);
        assertThat(shown.stdout()).as("premise: what the device holds").matches(premise);
        assertAlike(COLOURED, "show " + device);
        assertAlike(KEYS_SHOWN, "show " + device);
        assertAlike(Map.of(), "showconf " + device);
        for (String field : FIELDS) {
            assertAlike(Map.of(), "show " + device + " " + field);
        }
    }

    /// What the original prints, which is what ours prints when its clock shows a second in which the original
    /// ran.
    private static Ran assertAlike(Map<String, String> environment, String line) {
        List<String> words = Stage.words(line);
        long second = System.currentTimeMillis() / 1000;
        Ran original = Tool.ORIGINAL.run(environment, words).ok();
        long last = System.currentTimeMillis() / 1000;
        Ran ours = Tool.oursAt(second, environment, words);
        while (!ours.equals(original) && second < last) {
            second++;
            ours = Tool.oursAt(second, environment, words);
        }
        assertThat(ours).as("%s %s", environment, line).isEqualTo(original);
        return original;
    }

    private static String[] peersOfAllKinds(int count) {
        List<String> lines =
                new ArrayList<>(List.of("[Interface]", "PrivateKey = <K1>", "ListenPort = 65535", "FwMark = 0xca6c"));
        List<String> endpoints =
                List.of("192.0.2.1:1", "255.255.255.255:65535", "[2001:db8::1:0:0:1]:51820", "[::ffff:1.2.3.4]:7");
        for (int i = 0; i < count; i++) {
            lines.addAll(List.of("", "[Peer]", "PublicKey = " + key(i + 1)));
            if (i % 3 == 0) {
                lines.add("PresharedKey = <K2>");
            }
            if (i % 5 == 4) {
                lines.add("Endpoint = [fe80::" + Integer.toHexString(i) + "%far0]:5");
            } else if (i % 5 > 0) {
                lines.add("Endpoint = " + endpoints.get(i % 4));
            }
            if (i % 4 == 2) {
                lines.add(
                        "PersistentKeepalive = " + List.of(1, 60, 3_600, 65_535).get(i % 16 / 4));
            }
            if (i % 2 == 0) {
                lines.add("AllowedIPs = 10." + i + ".0.0/16, fd00:" + i + "::/32, 0.0.0.0/" + i % 8);
            } else if (i % 7 == 0) {
                lines.add("AllowedIPs = ::/0, fe80::" + i + "/128, ::ffff:10.0.0." + i + "/128, ::1.2.3." + i);
            }
        }
        return lines.toArray(String[]::new);
    }

    /// Some public key, another for each number from 1 to 4,095.
    private static String key(int number) {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return "" + digits.charAt(number / 64) + digits.charAt(number % 64) + "p4X".repeat(13) + "pA=";
    }
}
