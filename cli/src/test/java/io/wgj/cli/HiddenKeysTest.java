// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A key that stands where none belongs is shown by no command and in no form.
class HiddenKeysTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";
    /// With a slash near its front: what cuts values at slashes must not show the rest.
    private static final String KEY = "yAnz5/F+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    private static final String START = "yAnz5";
    private static final String MIDDLE = "F+lXXJte14tji3zl";

    private static final String[] INTERFACE_KEYS = {
        "ListenPort",
        "FwMark",
        "Address",
        "DNS",
        "MTU",
        "Table",
        "SaveConfig",
        "PrivateKeyFile",
        "PrivateKeyCommand",
        "Route",
        "Rule",
        "Underlay",
        "AllowedSources",
        "Unknown",
        "PrivateKeyy"
    };
    private static final String[] PEER_KEYS = {
        "PresharedKey",
        "AllowedIPs",
        "Endpoint",
        "PersistentKeepalive",
        "PresharedKeyFile",
        "AllowedSources",
        "Probe",
        "WithdrawRoutesAfter",
        "ReresolveEndpoint",
        "Address"
    };

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aFolder() {
        host.files.own("/etc/wireguard", 0, 0040700);
    }

    static List<String> keysOfFiles() {
        List<String> keys = new ArrayList<>();
        for (String key : INTERFACE_KEYS) {
            keys.add("[Interface]\n" + key + " = ");
        }
        for (String key : PEER_KEYS) {
            keys.add("[Peer]\nPublicKey = " + States.K1 + "\n" + key + " = ");
        }
        keys.add("[Interface]\n");
        keys.add("[");
        keys.add("");
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keysOfFiles")
    void inAFile(String before) {
        host.lookupFailure = new LookupException("Name or service not known", true);
        String[] forms = {KEY, "x" + KEY, "\"" + KEY + "\"", KEY + "," + KEY, KEY + ":51820", "table " + KEY, KEY + "/8"
        };
        for (String form : forms) {
            host.files.put(FILE, before + form + "\n");
            Ran[] all = {
                Ran.wgQuick(host, "up", "wg0"),
                Ran.wgjQuick(host, "up", "wg0"),
                Ran.wgjQuick(host, "down", "wg0"),
                Ran.wgjQuick(host, "save", "wg0"),
                Ran.wgjQuick(host, "reload", "wg0"),
                Ran.wgjQuick(host, "plan", "wg0"),
                Ran.wgjQuick(host, "plan", "wg0", "--json"),
                Ran.wg(host, "setconf", "wg0", FILE),
                Ran.wgj(host, "syncconf", "wg0", FILE)
            };
            for (Ran ran : all) {
                assertHidden(ran, form);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                "show KEY",
                "show wg0 KEY",
                "show KEY --json",
                "set KEY fwmark 1",
                "set wg0 KEY",
                "set wg0 fwmark KEY",
                "set wg0 listen-port KEY",
                "set wg0 private-key KEY",
                "set wg0 private-key /keys/KEY",
                "set wg0 peer K1 KEY",
                "set wg0 peer K1 allowed-ips KEY",
                "set wg0 peer K1 endpoint KEY",
                "set wg0 peer K1 endpoint KEY:1",
                "set wg0 peer K1 persistent-keepalive KEY",
                "setconf wg0 /keys/KEY",
                "help KEY",
                "engine KEY",
                "engine --stats KEY",
                "demo KEY",
            })
    void inTheWordsOfWgj(String line) {
        host.lookupFailure = new LookupException("Name or service not known", true);
        String[] words = line.replace("KEY", KEY).replace("K1", States.K1).split(" ", -1);
        assertHidden(Ran.wgj(host, words), line);
        if (!words[0].equals("engine") && !words[0].equals("demo")) {
            assertHidden(Ran.wg(host, words), line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                "up KEY",
                "up /x/KEY.conf",
                "plan KEY",
                "plan KEY --json",
                "plan KEY wg0",
                "confirm KEY",
                "up --confirm KEY wg0",
                "up --KEY wg0",
                "down --from-journal KEY",
                "help KEY",
                "reload KEY"
            })
    void inTheWordsOfWgjQuick(String line) {
        assertHidden(Ran.wgjQuick(host, line.replace("KEY", KEY).split(" ", -1)), line);
    }

    @Test
    void inTraces() {
        host.files.put(FILE, "[Interface]\n");
        host.quick.runner.steps.add(new Step.RunHook(
                HookPhase.POST_UP, 0, "wg set wg0 peer " + States.K1 + " preshared-key <(echo " + KEY + ")"));
        assertThat(Ran.wgQuick(host, "up", "wg0"))
                .isEqualTo(new Ran(0, "", "[#] wg set wg0 peer " + States.K1 + " preshared-key <(echo (hidden))\n"));
    }

    private static void assertHidden(Ran ran, String where) {
        assertThat(ran.out() + ran.err()).as(where).doesNotContain(MIDDLE).doesNotContain(START);
    }
}
