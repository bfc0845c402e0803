// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgj.cli.host.FileException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.file.CanonicalLayout;
import io.wgj.config.file.FileText;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {
    private static final String NETWORKS = "10.9.0.0/24,fd00:9::/64";
    private static final int EROFS = 30;

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void everyKeyIsAnother() {
        host.randomnessVaries = true;
    }

    @Test
    void writesAServerAndItsClients() {
        Ran ran = wgj("server", "-e", "vpn.example.com", "-n", NETWORKS, "--dns", "9.9.9.9", "laptop", "phone");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(withoutKeys("wg0.conf")).isEqualTo("""
                [Interface]
                # Clients that `wgj new client --add` adds get these settings:
                # Client Endpoint = vpn.example.com:51820
                # Client DNS = 9.9.9.9
                # Client AllowedIPs = 10.9.0.0/24, fd00:9::/64
                # Client PersistentKeepalive = 25
                Address = 10.9.0.1/24, fd00:9::1/64
                ListenPort = 51820
                PrivateKey = KEY

                [Peer]
                # Name = laptop
                PublicKey = KEY
                AllowedIPs = 10.9.0.2/32, fd00:9::2/128

                [Peer]
                # Name = phone
                PublicKey = KEY
                AllowedIPs = 10.9.0.3/32, fd00:9::3/128
                """);
        assertThat(withoutKeys("phone.conf")).isEqualTo("""
                [Interface]
                # Name = phone
                Address = 10.9.0.3/32, fd00:9::3/128
                DNS = 9.9.9.9
                PrivateKey = KEY

                [Peer]
                # Name = server
                PublicKey = KEY
                Endpoint = vpn.example.com:51820
                AllowedIPs = 10.9.0.0/24, fd00:9::/64
                PersistentKeepalive = 25
                """);
        assertThat(ran.out())
                .contains("wg0.conf: created", "systemctl enable --now wgj-quick@wg0", "wgj-quick up phone")
                .doesNotContainPattern("[A-Za-z0-9+/]{43}=");
    }

    @Test
    void theTwoEndsBelongTogether() {
        assertThat(wgj("server", "-e", "vpn.example.com", "--preshared-keys", "laptop")
                        .code())
                .isZero();
        TunnelFile server = parsed("wg0.conf");
        TunnelFile client = parsed("laptop.conf");
        assertThat(client.peers().getFirst().publicKey())
                .isEqualTo(server.interfaceSection().privateKey().orElseThrow().publicKey());
        assertThat(server.peers().getFirst().publicKey())
                .isEqualTo(client.interfaceSection().privateKey().orElseThrow().publicKey());
        assertThat(client.peers().getFirst().settings().presharedKey())
                .isEqualTo(server.peers().getFirst().settings().presharedKey())
                .matches(change -> change.value().isPresent());
        assertThat(client.interfaceSection().addresses()).hasSize(2);
    }

    @Test
    void filesHaveTheLayoutOfFmt() {
        assertThat(wgj("server", "-e", "192.0.2.1:443", "-k", "off", "laptop").code())
                .isZero();
        for (String path : List.of("wg0.conf", "laptop.conf")) {
            String text = host.files.text(path);
            assertThat(CanonicalLayout.of(FileText.of(text)).result().text()).isEqualTo(text);
        }
        assertThat(host.files.text("wg0.conf")).contains("ListenPort = 443\n");
        assertThat(host.files.text("laptop.conf")).contains("PersistentKeepalive = off\n");
    }

    @Test
    void aFileThatExistsStaysAndNoOtherIsMade() {
        host.files.put("phone.conf", "mine");
        Ran ran = wgj("server", "-e", "vpn.example.com", "laptop", "phone", "tablet");
        assertThat(ran).isEqualTo(new Ran(1, "", "wgj: new: phone.conf: File exists; no file was created\n"));
        assertThat(host.files.text("phone.conf")).isEqualTo("mine");
        assertThat(host.files.has("wg0.conf")).isFalse();
        assertThat(host.files.has("laptop.conf")).isFalse();
    }

    @Test
    void keysGoIntoFilesOfTheirOwn() {
        assertThat(wgj("server", "-e", "vpn.example.com", "--key-files", "-d", "/made", "laptop")
                        .code())
                .isZero();
        assertThat(host.files.text("/made/laptop.key")).hasSize(45);
        assertThat(host.files.text("/made/laptop.conf")).contains("PrivateKeyFile = laptop.key\n");
    }

    @Test
    void everythingThroughTheServerNeedsMasquerading() {
        Ran ran = wgj("server", "-e", "vpn.example.com", "-a", "0.0.0.0/0,::/0", "-n", NETWORKS, "laptop");
        assertThat(ran.out()).contains("ip saddr 10.9.0.0/24 oifname != wg0 masquerade");
        assertThat(host.files.text("laptop.conf")).contains("AllowedIPs = 0.0.0.0/0, ::/0\n");
    }

    @Test
    void showsEachClientAsACode() {
        Ran ran = wgj("server", "-e", "vpn.example.com", "--qr", "laptop", "phone");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("\nlaptop.conf:\n\u001b[38;5;231;48;5;16m", "\nphone.conf:\n\u001b[");
        host.terminal = true;
        host.columns = 40;
        assertThat(wgj("server", "-e", "vpn.example.com", "--qr", "-d", "/made", "laptop")
                        .err())
                .contains("; then `wgj qr /made/laptop.conf'");
        assertThat(wgj("site", "--qr", "a@a.example", "b").code()).isEqualTo(2);
    }

    @Test
    void saysThatTheMachineDoesNotForward() {
        host.files.put("/proc/sys/net/ipv4/ip_forward", "0\n");
        host.files.put("/proc/sys/net/ipv6/conf/all/forwarding", "1\n");
        assertThat(wgj("server", "-e", "vpn.example.com", "laptop").err())
                .contains("`sysctl -w net.ipv4.ip_forward=1'", "/etc/sysctl.d/60-wgj.conf")
                .doesNotContain("ipv6");
    }

    @Test
    void addsAClientAndKeepsTheFile() {
        String server = """
                # office server
                [Interface]
                  address=10.9.0.1/24 # inside
                # Client Endpoint = vpn.example.com:443
                # Client DNS = 10.9.0.1
                PrivateKey = 2I+61wpjzJc4XR/Uwd89w9+pzTFzaUMPDStFKwRS2E4=

                # laptop
                [Peer]
                PublicKey = O1Zwt533tuW1pTPMwT/SPEVvwmmpwAOEQXXUte3gFno=
                AllowedIPs = 10.9.0.2/32""";
        host.files.put("office.conf", server);
        Ran ran = wgj("client", "--add", "office.conf", "tablet", "phone");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(withoutKeys("office.conf")).isEqualTo(hidden(server) + """


                [Peer]
                # Name = tablet
                PublicKey = KEY
                AllowedIPs = 10.9.0.3/32

                [Peer]
                # Name = phone
                PublicKey = KEY
                AllowedIPs = 10.9.0.4/32
                """);
        assertThat(host.files.text("phone.conf"))
                .contains("Endpoint = vpn.example.com:443\n", "DNS = 10.9.0.1\n", "AllowedIPs = 10.9.0.0/24\n");
        assertThat(parsed("phone.conf").peers().getFirst().publicKey())
                .isEqualTo(parsed("office.conf")
                        .interfaceSection()
                        .privateKey()
                        .orElseThrow()
                        .publicKey());
        assertThat(ran.out()).contains("    wgj-quick reload ./office.conf\n");
    }

    @Test
    void aServerInItsPlaceIsReloadedByItsName() {
        host.files.put("/etc/wireguard/wg0.conf", "[Interface]\nAddress = 10.9.0.1/24\nPrivateKeyFile = wg0.key\n");
        host.files.put("/etc/wireguard/wg0.key", "2I+61wpjzJc4XR/Uwd89w9+pzTFzaUMPDStFKwRS2E4=\n");
        Ran ran = wgj("client", "--add", "/etc/wireguard/wg0.conf", "-e", "192.0.2.1", "phone");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("    wgj-quick reload wg0\n");
    }

    @Test
    void aFailureToChangeTheServerLeavesNoClient() {
        String server =
                "[Interface]\nAddress = 10.9.0.1/24\nPrivateKey = 2I+61wpjzJc4XR/Uwd89w9+pzTFzaUMPDStFKwRS2E4=\n";
        host.files.put("wg0.conf", server);
        host.files.put("/here/wg0.conf", server);
        host.quick.renameFailure = new FileException(EROFS);
        Ran ran = wgj("client", "--add", "wg0.conf", "-e", "192.0.2.1", "phone");
        assertThat(ran).isEqualTo(new Ran(1, "", "wgj: new: wg0.conf: Read-only file system; the file is as it was\n"));
        assertThat(host.files.has("phone.conf")).isFalse();
    }

    @Test
    void refusesToAddWhatCannotWork() {
        host.files.put(
                "full.conf",
                "[Interface]\nAddress = 10.9.0.1/30\nPrivateKey = "
                        + "2I+61wpjzJc4XR/Uwd89w9+pzTFzaUMPDStFKwRS2E4=\n[Peer]\n# Name = a\nPublicKey = "
                        + "O1Zwt533tuW1pTPMwT/SPEVvwmmpwAOEQXXUte3gFno=\nAllowedIPs = 10.9.0.2/32\n");
        String[] add = {"client", "-e", "192.0.2.1", "--add", "full.conf"};
        assertThat(wgj(add[0], add[1], add[2], add[3], add[4], "b").err())
                .contains("every address of 10.9.0.0/30 is in use");
        assertThat(wgj(add[0], add[1], add[2], add[3], add[4], "a").err()).contains("there is a peer called a");
        assertThat(wgj("client", "--add", "full.conf", "b").code()).isEqualTo(2);
        host.files.put("bad.conf", "[Interface]\nAddress = x\n");
        assertThat(wgj("client", "--add", "bad.conf", "b").code()).isEqualTo(3);
        assertThat(wgj("client", "--add", "none.conf", "b").code()).isEqualTo(5);
    }

    @Test
    void connectsSites() {
        Ran ran = wgj(
                "site",
                "-n",
                "10.9.0.0/24",
                "berlin=10.1.0.0/24,fd00:1::/64@berlin.example.com",
                "lisbon=10.2.0.0/24",
                "oslo@[2001:db8::1]:443");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(withoutKeys("lisbon.conf")).isEqualTo("""
                [Interface]
                # Name = lisbon
                Address = 10.9.0.2/24
                PrivateKey = KEY

                [Peer]
                # Name = berlin
                PublicKey = KEY
                Endpoint = berlin.example.com:51820
                AllowedIPs = 10.9.0.1/32, 10.1.0.0/24, fd00:1::/64
                PersistentKeepalive = 25

                [Peer]
                # Name = oslo
                PublicKey = KEY
                Endpoint = [2001:db8::1]:443
                AllowedIPs = 10.9.0.3/32
                PersistentKeepalive = 25
                """);
        assertThat(host.files.text("oslo.conf")).contains("ListenPort = 443\n").doesNotContain("Keepalive");
    }

    @Test
    void oneDocumentSaysWhatWasMade() throws Exception {
        host.files.put("/proc/sys/net/ipv4/ip_forward", "0\n");
        Ran ran = wgj("server", "-e", "vpn.example.com", "-n", NETWORKS, "--json", "laptop");
        JsonNode document = new ObjectMapper().readTree(ran.out());
        assertThat(ran.err()).isEmpty();
        assertThat(document.get("schema").asText()).isEqualTo("wgj/1");
        assertThat(document.get("files").get(1).get("path").asText()).isEqualTo("laptop.conf");
        assertThat(document.get("files").get(1).get("addresses").get(0).asText())
                .isEqualTo("10.9.0.2/32");
        assertThat(document.get("next").get(0).get("commands")).hasSize(2);
        assertThat(document.get("notes")).hasSize(1);
        assertThat(ran.out())
                .doesNotContain(parsed("laptop.conf")
                        .interfaceSection()
                        .privateKey()
                        .orElseThrow()
                        .toBase64());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server laptop",
                "server -e a.example",
                "server -e : laptop",
                "server -e a:x laptop",
                "server -e a.example wg0",
                "server -e a.example laptop laptop",
                "server -e a.example a/b",
                "server -e a.example -n 10.0.0.0/31 laptop",
                "server -e a.example -n 10.0.0.0/33 laptop",
                "server -e a.example -n , laptop",
                "server -e a.example -k never laptop",
                "server -e a.example --dns # laptop",
                "server -e a.example --add x laptop",
                "client laptop",
                "site a@a.example",
                "site a b",
                "site a=10.0.0.0/8@a.example b=10.1.0.0/16",
                "site a=x@a.example b",
                "router a",
                "server",
            })
    void refusesWhatMakesNoSense(String words) {
        Ran ran = wgj(words.split(" ", -1));
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(2);
        assertThat(host.quick.fileChanges).isEmpty();
    }

    private Ran wgj(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "new";
        System.arraycopy(words, 0, all, 1, words.length);
        return Ran.wgj(host, all);
    }

    private TunnelFile parsed(String path) {
        return QuickConfigParser.parse(QuickFile.of(path, host.files.text(path)))
                .file()
                .orElseThrow();
    }

    private String withoutKeys(String path) {
        return hidden(host.files.text(path));
    }

    private static String hidden(String text) {
        return text.replaceAll("[A-Za-z0-9+/]{43}=", "KEY");
    }
}
