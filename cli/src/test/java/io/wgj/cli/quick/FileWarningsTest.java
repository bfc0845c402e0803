// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `wgj check` knows about a file is said in short when the file is used.
class FileWarningsTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";
    private static final String KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String LOW = "7P///////////////////////////////////////38=";

    /// Four warnings: W002, W003, W010 and W024.
    private static final String FOUR = "# The office.\n[Interface]\n"
            + "PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\nListenPort = 51820\nTable = off\n"
            + "SaveConfig = true\n[Peer]\nPublicKey = " + KEY + "\nAllowedIPs = 0.0.0.0/0\n[Peer]\nPublicKey = " + KEY
            + "\nAllowedIPs = 10.0.0.0/8\n[Peer]\nPublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=\n"
            + "AllowedIPs = 10.0.0.0/8\n";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void theFile() {
        host.files.own("/", 0, 040755);
        host.files.own("/etc", 0, 040755);
        host.files.own("/etc/wireguard", 0, 040700);
        host.files.put(FILE, FOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "reload", "plan"})
    void theThreeGravestAndHowToSeeAll(String verb) {
        if (verb.equals("reload")) {
            host.devices.put(States.empty("wg0"));
        }
        String prefix = verb.equals("up") ? "wgj: " : "wgj-quick: ";
        assertThat(Ran.wgjQuick(host, verb, "wg0").err().lines())
                .startsWith(
                        prefix + FILE + ":15:14: warning W002: the peer of line 12 has 10.0.0.0/8 too, and loses it to"
                                + " this one",
                        prefix + FILE + ":11:13: warning W003: the peer of line 7 has the same public key; the"
                                + " AllowedIPs of this section replace those of that one",
                        prefix + FILE + ":5:9: warning W010: Table = off adds no routes, though 0.0.0.0/0 (line 9) is"
                                + " allowed: nothing takes the tunnel by itself",
                        prefix + "one more warning; `wgj check " + FILE + "' says what to do");
    }

    @Test
    void errorsComeBesides() {
        host.files.put(FILE, FOUR + "[Peer]\nPublicKey = " + LOW + "\n");
        assertThat(Ran.wgjQuick(host, "up", "wg0").err().lines())
                .first()
                .asString()
                .startsWith("wgj: " + FILE + ":17:13: error E013: ");
        assertThat(Ran.wgjQuick(host, "up", "wg0").err())
                .contains("W002", "W003", "W010")
                .doesNotContain("W024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "reload", "plan"})
    void leftOutOnRequest(String verb) {
        if (verb.equals("reload")) {
            host.devices.put(States.empty("wg0"));
        }
        assertThat(Ran.wgjQuick(host, verb, "--no-check", "wg0").err()).doesNotContain("W0", "wgj check");
    }

    @Test
    void nothingUnderTheOriginalsName() {
        assertThat(Ran.wgQuick(host, "up", "wg0").err()).doesNotContain("W0", "wgj check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "save", "strip"})
    void nothingFromCommandsThatBringNothingUp(String verb) {
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgjQuick(host, verb, "wg0").err()).doesNotContain("W0", "wgj check");
    }

    @Test
    void quietIsQuiet() {
        assertThat(Ran.wgjQuick(host, "up", "-q", "wg0").err()).isEmpty();
    }

    @Test
    void aGoodFileIsSilent() {
        host.files.put(
                FILE,
                "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n"
                        + "ListenPort = 51820\n[Peer]\nPublicKey = " + KEY + "\nAllowedIPs = 10.0.0.0/8\n");
        assertThat(Ran.wgjQuick(host, "up", "wg0").err()).doesNotContain("wgj check");
    }
}
