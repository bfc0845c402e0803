// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
    private static final String PRIV = "gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=";
    private static final String PUB = "AM7ixr/7T2mBMomkP/0f9MDFarKiC/Jf15ubYo/XVkM=";
    private static final String OTHER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String GOOD = "[Interface]\nAddress = 10.9.0.1/24\nPrivateKey = " + PRIV
            + "\nListenPort = 51820\n\n[Peer]\nPublicKey = " + OTHER + "\nAllowedIPs = 10.9.0.2/32\n";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aGoodFile() {
        host.files.own("/", 0, 040755);
        host.files.own("/here", 0, 040755);
        host.files.put("good.conf", GOOD);
        host.files.put("/here/good.conf", GOOD);
    }

    private void put(String name, String content) {
        host.files.put(name, content);
        host.files.put("/here/" + name, content);
    }

    @Test
    void aGoodFileIsSilent() {
        assertThat(Ran.wgj(host, "check", "good.conf")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void aWarningShowsTheLineTheMarkAndWhatToPaste() {
        put("wg0.conf", GOOD.replace("ListenPort", "Table = off\nListenPort").replace("10.9.0.2/32", "0.0.0.0/0"));
        Ran ran = Ran.wgj(host, "check", "wg0.conf");
        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.out()).isEqualTo("""
                wg0.conf:4:9: warning W010: Table = off adds no routes, though 0.0.0.0/0 (line 9) is allowed: nothing \
                takes the tunnel by itself
                    Table = off
                            ^
                  remove the line, or add a route:
                    Route = NETWORK dev %i
                1 warning; `wgj check --explain W010' says more
                """);
    }

    @Test
    void anErrorShowsWhereItIs() {
        put("wg0.conf", GOOD.replace("10.9.0.2/32", "10.9.0.2/33"));
        Ran ran = Ran.wgj(host, "check", "wg0.conf");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out())
                .startsWith("wg0.conf:8:14: error E002: AllowedIPs: ")
                .contains("    AllowedIPs = 10.9.0.2/33\n                 ^\n");
    }

    @ParameterizedTest
    @CsvSource({"Table = off, '', 6", "Table = off, --strict, 3", "Tabel = off, '', 3", "'', --strict, 0"})
    void theExitCodeTellsHowBadItIs(String line, String option, int code) {
        put("wg0.conf", GOOD.replace("ListenPort", line + "\nListenPort").replace("10.9.0.2/32", "0.0.0.0/0"));
        Ran ran = option.isEmpty()
                ? Ran.wgj(host, "check", "wg0.conf", "-q")
                : Ran.wgj(host, "check", option, "-q", "wg0.conf");
        assertThat(ran).isEqualTo(new Ran(code, "", ""));
    }

    @Test
    void jsonHasEveryField() throws Exception {
        put("wg0.conf", GOOD.replace(OTHER, PUB));
        Ran ran = Ran.wgj(host, "check", "--json", "wg0.conf");
        JsonNode check = new ObjectMapper().readTree(ran.out()).path("check");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(check.path("files").path(0).asText()).isEqualTo("wg0.conf");
        assertThat(check.path("errors").asInt()).isEqualTo(1);
        assertThat(check.path("warnings").asInt()).isZero();
        JsonNode finding = check.path("findings").path(0);
        assertThat(finding.path("code").asText()).isEqualTo("E012");
        assertThat(finding.path("severity").asText()).isEqualTo("error");
        assertThat(finding.path("line").asInt()).isEqualTo(7);
        assertThat(finding.path("column").asInt()).isEqualTo(13);
    }

    @Test
    void standardInputHasNoName() {
        put("/dev/stdin", GOOD.replace("ListenPort = 51820\n", ""));
        assertThat(Ran.wgj(host, "check", "-").out()).startsWith("-:5:1: warning W008: ");
    }

    @Test
    void aWordWithoutAPathIsAnInterface() {
        host.files.put("/etc/wireguard/wg7.conf", GOOD.replace(OTHER, PUB));
        assertThat(Ran.wgj(host, "check", "wg7").out()).startsWith("/etc/wireguard/wg7.conf:7:13: error E012: ");
    }

    @Test
    void theEndsOfANetworkAreComparedOnRequest() {
        put(
                "far.conf",
                GOOD.replace("10.9.0.1/24", "10.9.0.2/24")
                        .replace(PRIV, "8OVLpnoSCjQoJM8ZxGAtQMChkoy8Q2Hshs2RBNT5pFI="));
        assertThat(Ran.wgj(host, "check", "--network", "good.conf", "far.conf").out())
                .doesNotContain("W017");
        assertThat(Ran.wgj(host, "check", "good.conf", "far.conf").out()).contains("warning W017");
    }

    /// Also keys of lines that are no good, and of comments.
    @ParameterizedTest
    @CsvSource({
        "PrivateKey = gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8",
        "PrivateKey = gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG",
        "PrivatKey = gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=",
        "gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=",
        "ListenPort = gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=",
        "Address = 10.9.0.300 # gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=",
        "Table = gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=",
        "PostUp = ip rule add from 10.0.0.0/8 table gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=",
    })
    void noSecretIsShown(String line) {
        put("wg0.conf", "[Interface]\n" + line + "\n[Peer]\nPublicKey = " + OTHER + "\n");
        for (String option : new String[] {"--strict", "--json"}) {
            Ran ran = Ran.wgj(host, "check", option, "wg0.conf");
            assertThat(ran.code()).isNotZero();
            assertThat(ran.out() + ran.err()).doesNotContain("gNdzxZRBgr3eaZgv");
        }
    }

    @Test
    void theMarkStandsRightBelowEscapedCharacters() {
        put("wg0.conf", "[Interface]\n\u0007\t Address = 10.9.0.300\n");
        assertThat(Ran.wgj(host, "check", "wg0.conf").out()).contains("    \\x07\\t Address = 10.9.0.300\n");
    }

    @Test
    void aMissingFileIsASentence() {
        Ran ran = Ran.wgj(host, "check", "gone.conf");
        assertThat(ran).isEqualTo(new Ran(5, "", "wgj: check: gone.conf: No such file or directory\n"));
    }

    @Test
    void aCodeIsExplained() {
        assertThat(Ran.wgj(host, "check", "--explain", "w012").out())
                .startsWith("W012  warning: Allowed IPs mean a whole network where one address was written.\n\n");
        assertThat(Ran.wgj(host, "check", "--explain").out().lines()).hasSizeGreaterThan(40);
        assertThat(Ran.wgj(host, "check", "--explain", "W999").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "check").code()).isEqualTo(2);
    }
}
