// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `wgj diff` on a machine in memory.
class DiffCommandTest {
    private static final String SAME = """
            [Interface]
            PrivateKey = %s
            ListenPort = 51820
            FwMark = 0xca6c

            # third
            [Peer]
            PublicKey = %s

            [Peer]
            PublicKey = %s
            PresharedKey = %s
            AllowedIPs = fd00::/64, 10.0.0.0/8
            Endpoint = 192.0.2.1:51820
            PersistentKeepalive = 25

            # laptop
            [Peer]
            PublicKey = %s
            """.formatted(States.K1, States.K3, States.K1, States.K2, States.K2);

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aDevice() {
        host.devices.put(States.full("m0", host.now));
    }

    private Ran diff(String file, String... options) {
        host.files.put("m0.conf", file);
        String[] words = new String[options.length + 3];
        words[0] = "diff";
        System.arraycopy(options, 0, words, 1, options.length);
        words[words.length - 2] = "m0";
        words[words.length - 1] = "m0.conf";
        return Ran.wgj(host, words);
    }

    private static String changed() {
        return SAME.replace("51820\nFw", "51821\nFw")
                .replace("# third\n[Peer]\nPublicKey = " + States.K3, "[Peer]\nPublicKey = " + States.PUB)
                .replace("fd00::/64, 10.0.0.0/8", "10.0.0.0/8, 10.7.0.0/16")
                .replace("PresharedKey = " + States.K2, "PresharedKey = " + States.PRIV)
                .replace("PersistentKeepalive = 25\n", "")
                .replace("PublicKey = " + States.K2 + "\n", "PublicKey = " + States.K2 + "\nAllowedIPs = ::/0\n");
    }

    @Test
    void theOrderOfPeersAndPrefixesDoesNotCount() {
        assertThat(diff(SAME)).isEqualTo(new Ran(0, "", ""));
        assertThat(diff(SAME, "-u")).isEqualTo(new Ran(0, "", ""));
        assertThat(diff(SAME, "--json").out())
                .isEqualTo("{\"schema\":\"wgj/1\",\"diff\":{\"interface\":\"m0\",\"file\":\"m0.conf\",\"same\":true,"
                        + "\"peers\":[],\"commands\":[]}}\n");
        assertThat(host.devices.updates).isEmpty();
    }

    @Test
    void aDocumentOfShowIsTheSame() {
        String shown = Ran.wgj(host, "show", "m0", "--json", "--secrets").out();
        // The scope's name is looked up, which a machine in memory cannot do.
        assertThat(diff(shown.replace("\"endpoint\":\"[fe80::1%lo]:5\",", ""))).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void differencesAreTheFewestCommands() {
        Ran ran = diff(changed());
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .containsExactlyInAnyOrder(
                        "wg set m0 listen-port 51821",
                        "wg set m0 peer " + States.K3 + " remove",
                        "wg set m0 peer " + States.PUB,
                        "wg set m0 peer " + States.K1
                                + " preshared-key (hidden) persistent-keepalive off allowed-ips +10.7.0.0/16,-fd00::/64",
                        "wg set m0 peer " + States.K2 + " allowed-ips +::/0");
    }

    /// `wgj diff wg0 /etc/wireguard/wg0.conf` is what everyone tries first.
    @Test
    void ofAFileOfQuickWhatStripPrintsCounts() {
        String quick = SAME.replace(
                "[Interface]\n", "[Interface]\nAddress = 10.1.0.1/24\nMTU = 1400\nPostUp = true\nTable = off\n");
        assertThat(diff(quick)).isEqualTo(new Ran(0, "", ""));
        Ran ran = diff(quick.replace("ListenPort = 51820", "ListenPort = 51821"));
        assertThat(ran).isEqualTo(new Ran(6, "wg set m0 listen-port 51821\n", ""));
    }

    @Test
    void problemsOfAFileOfQuickAreSentences() {
        Ran wrong = diff(SAME.replace("[Interface]\n", "[Interface]\nAddress = 10.1.0.300/24\n"));
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err().lines()).allMatch(line -> line.startsWith("wgj: m0.conf:2:"));
        assertThat(wrong.out()).isEmpty();
        Ran elsewhere = diff(SAME.replaceFirst("PrivateKey = [^\n]*\n", "PrivateKeyFile = key\n"));
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err())
                .isEqualTo("wgj: m0.conf:2: PrivateKeyFile: its key is not read here; `wgj-quick strip m0.conf | wgj"
                        + " diff INTERFACE -' reads it\n");
    }

    @Test
    void bothSidesAreAUnifiedDiff() {
        Ran ran = diff(changed(), "-u");
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.out()).isEqualTo("""
                --- m0
                +++ m0.conf
                @@ -1,19 +1,18 @@ [Interface]
                 [Interface]
                 PrivateKey = (hidden)
                -ListenPort = 51820
                +ListenPort = 51821
                 FwMark = 0xca6c
                \s
                 [Peer]
                 PublicKey = %1$s
                -PresharedKey = (hidden)
                +PresharedKey = (hidden)
                 AllowedIPs = 10.0.0.0/8
                -AllowedIPs = fd00::/64
                +AllowedIPs = 10.7.0.0/16
                 Endpoint = 192.0.2.1:51820
                -PersistentKeepalive = 25
                \s
                 [Peer]
                 PublicKey = %2$s
                -
                -[Peer]
                -PublicKey = %3$s
                -Endpoint = [fe80::1%%1]:5
                +AllowedIPs = ::/0
                +
                +[Peer]
                +PublicKey = %4$s
                """.formatted(States.K1, States.K2, States.K3, States.PUB));
    }

    @Test
    void hunksHaveThreeLinesAroundAndNameTheirPeer() {
        Ran ran = diff(SAME.replace("10.0.0.0/8\n", "10.0.0.0/8, 10.7.0.0/16\n"), "-u");
        assertThat(ran.out()).isEqualTo("""
                --- m0
                +++ m0.conf
                @@ -8,6 +8,7 @@ [Peer] %s
                 PresharedKey = (hidden)
                 AllowedIPs = 10.0.0.0/8
                 AllowedIPs = fd00::/64
                +AllowedIPs = 10.7.0.0/16
                 Endpoint = 192.0.2.1:51820
                 PersistentKeepalive = 25
                \s
                """.formatted(States.K1));
        assertThat(diff(SAME + "AllowedIPs = 10.8.0.0/16\n", "-u").out()).contains(" @@ [Peer] laptop\n");
    }

    @Test
    void theDocumentSaysWhatEachSideHas() {
        assertThat(diff(changed(), "--json").out())
                .startsWith("{\"schema\":\"wgj/1\",\"diff\":{\"interface\":\"m0\",\"file\":\"m0.conf\",\"same\":false,"
                        + "\"listenPort\":{\"from\":51820,\"to\":51821},\"peers\":[")
                .contains(
                        "{\"publicKey\":\"" + States.K3 + "\",\"change\":\"removed\"}",
                        "{\"publicKey\":\"" + States.PUB + "\",\"change\":\"added\"}",
                        "{\"publicKey\":\"" + States.K1 + "\",\"change\":\"changed\",\"presharedKey\":\"set\","
                                + "\"allowedIps\":{\"added\":[\"10.7.0.0/16\"],\"removed\":[\"fd00::/64\"]},"
                                + "\"persistentKeepalive\":{\"from\":25}}",
                        "\"name\":\"laptop\",\"change\":\"changed\"");
    }

    @Test
    void whatTheFileDoesNotNameIsErased() {
        Ran ran = diff("[Interface]\n");
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.out()).startsWith("wg set m0 private-key /dev/null listen-port 0 fwmark off\n");
        assertThat(ran.out().lines().filter(line -> line.endsWith(" remove"))).hasSize(3);
    }

    @Test
    void failuresHaveTheirCodes() {
        assertThat(Ran.wgj(host, "diff", "m0", "missing").code()).isEqualTo(5);
        assertThat(diff("[Interface]\nListenPort = x y\nFwMark = x\n").code()).isEqualTo(3);
        assertThat(diff("{\"schema\":").code()).isEqualTo(3);
        assertThat(diff(SAME, "-u", "--json").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "diff", "m9", "m0.conf").code()).isEqualTo(5);
        assertThat(Ran.wgj(host, "diff", "m9", "m0.conf", "--json").err()).startsWith("{\"schema\"");
        assertThat(Ran.wgj(host, "diff", "m0").code()).isEqualTo(2);
    }

    @Test
    void secretsAreShownNowhere() {
        String file = changed().replace(States.K1 + "\nListen", States.PUB_OF_K1 + "\nListen");
        for (String option : new String[] {"-u", "--json", "-q"}) {
            Ran ran = diff(file, option);
            assertThat(ran.code()).isEqualTo(6);
            assertThat(ran.out()).doesNotContain(States.PUB_OF_K1);
        }
    }
}
