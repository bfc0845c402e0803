// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.quick.run.Confirmation;
import io.wgj.quick.run.RunException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What programs read: results on standard output, failures on standard error, one document each.
class JsonAnswersTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";
    private static final String GOOD = "[Interface]\nPrivateKey = " + States.PRIV
            + "\nListenPort = 51820\n[Peer]\nPublicKey = " + States.K1 + "\nAllowedIPs = 10.7.0.0/16\n";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aGoodFile() {
        host.files.own("/etc/wireguard", 0, 0040700);
        host.files.put(FILE, GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "reload", "plan"})
    void theProblemsOfAFileHaveFields(String verb) {
        host.devices.put(States.empty("wg0"));
        host.files.put(FILE, "[Interface]\nAdress = 10.0.0.1/24\nMTU = x\n");
        Ran ran = Ran.wgjQuick(host, verb, "--json", "wg0");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err())
                .startsWith("{\"schema\":\"wgj/1\",\"error\":{\"code\":3,\"message\":\"")
                .contains("\"problems\":[{\"file\":\"" + FILE + "\",\"line\":2,\"column\":1,\"section\":\"Interface\"")
                .contains("{\"file\":\"" + FILE
                        + "\",\"line\":3,\"column\":7,\"section\":\"Interface\",\"key\":\"MTU\",\"message\":\"");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void aValueOfOursIsAProblemToo() {
        host.files.put(FILE, "[Interface]\nPrivateKeyFile = /nowhere/key\n");
        Ran ran = Ran.wgjQuick(host, "up", "--json", "wg0");
        assertThat(ran.err())
                .contains("\"problems\":[{\"file\":\"" + FILE + "\",\"line\":2,\"column\":18,\"section\":\"Interface\","
                        + "\"key\":\"PrivateKeyFile\",\"message\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "save"})
    void aChangeIsReported(String verb) {
        if (!verb.equals("up")) {
            host.devices.put(States.empty("wg0"));
        }
        assertThat(Ran.wgjQuick(host, verb, "wg0", "--json"))
                .isEqualTo(new Ran(
                        0,
                        "{\"schema\":\"wgj/1\",\"result\":{\"verb\":\"" + verb + "\",\"interface\":\"wg0\",\"file\":\""
                                + FILE + "\",\"changed\":true,\"notes\":[]}}\n",
                        ""));
    }

    @Test
    void nothingToDoIsReportedToo() {
        assertThat(Ran.wgjQuick(host, "down", "--idempotent", "wg0", "--json").out())
                .contains("\"changed\":false");
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgjQuick(host, "up", "--idempotent", "wg0", "--json").out())
                .contains("\"changed\":false");
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    void reloadSaysWhatChanged() {
        host.devices.put(States.empty("wg0"));
        Ran ran = Ran.wgjQuick(host, "reload", "wg0", "--json");
        assertThat(ran.out())
                .startsWith("{\"schema\":\"wgj/1\",\"result\":{\"verb\":\"reload\",\"interface\":\"wg0\",\"file\":\""
                        + FILE + "\",\"changed\":")
                .contains("\"steps\":[", "\"notes\":[\"a note\"]");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    @Test
    void confirmAnswersToo() {
        host.quick.runner.confirmation = Confirmation.KEPT;
        assertThat(Ran.wgjQuick(host, "confirm", "wg0", "--json").out())
                .isEqualTo("{\"schema\":\"wgj/1\",\"result\":{\"verb\":\"confirm\",\"interface\":\"wg0\","
                        + "\"changed\":true,\"notes\":[]}}\n");
        host.quick.runner.confirmation = Confirmation.TOO_LATE;
        Ran late = Ran.wgjQuick(host, "confirm", "wg0", "--json");
        assertThat(late.err()).startsWith("{\"schema\":\"wgj/1\",\"error\":{\"code\":7,");
        assertThat(late.code()).isEqualTo(7);
    }

    @Test
    void withJsonAFailedRunHasOneOfOurCodes() {
        host.quick.runner.failure = new RunException(2, "RTNETLINK answers: File exists");
        assertThat(Ran.wgjQuick(host, "up", "wg0").code()).isEqualTo(2);
        Ran ran = Ran.wgjQuick(host, "up", "--json", "wg0");
        assertThat(ran.err())
                .isEqualTo(
                        "{\"schema\":\"wgj/1\",\"error\":{\"code\":1,\"message\":\"RTNETLINK answers: File exists\"}}\n");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void misuseIsADocumentToo() {
        Ran ran = Ran.wgjQuick(host, "up", "--json", "--nonsense", "wg0");
        assertThat(ran)
                .isEqualTo(new Ran(
                        2,
                        "",
                        "{\"schema\":\"wgj/1\",\"error\":{\"code\":2,\"message\":\"--nonsense: no such option\"}}\n"));
    }

    @Test
    void quietPrintsErrorsOnly() {
        host.devices.put(States.empty("wg0"));
        host.files.put(FILE, GOOD + "Probe = 10.0.0.1\n");
        for (List<String> words : List.of(List.of("reload"), List.of("down"), List.of("save"), List.of("plan", "up"))) {
            String[] all = new String[words.size() + 2];
            words.toArray(all);
            all[all.length - 2] = "-q";
            all[all.length - 1] = "wg0";
            assertThat(Ran.wgjQuick(host, all)).as("%s", words).isEqualTo(new Ran(0, "", ""));
        }
        host.files.put(FILE, "[Interface]\nMTU = x\n");
        assertThat(Ran.wgjQuick(host, "up", "-q", "wg0").err()).contains("MTU");
    }

    @Test
    void oneDashIsStandardInput() {
        host.devices.put(States.empty("wg7"));
        host.files.put("/dev/stdin", GOOD);
        assertThat(Ran.wgjQuick(host, "strip", "-", "-i", "wg7").out()).contains("AllowedIPs = 10.7.0.0/16");
        assertThat(Ran.wgjQuick(host, "plan", "-", "--interface", "wg7").out())
                .contains("ip link add dev wg7 type wireguard");
        assertThat(Ran.wgjQuick(host, "reload", "-q", "-i", "wg7", "-").code()).isZero();
        assertThat(host.quick.runner.runs).containsExactly("reload wg7");
        // Under the original's name, and for a command that needs a file that stays, it is a name like any other.
        String missing = "`/etc/wireguard/-.conf' does not exist\n";
        assertThat(Ran.wgQuick(host, "strip", "-").err()).isEqualTo("wg-quick: " + missing);
        assertThat(Ran.wgjQuick(host, "up", "-").err()).isEqualTo("wgj-quick: " + missing);
        host.files.put("/dev/stdin", "[Interface]\nMTU = x\n");
        assertThat(Ran.wgjQuick(host, "plan", "-", "-i", "wg7").err()).startsWith("wgj-quick: /dev/stdin:2:7: ");
    }
}
