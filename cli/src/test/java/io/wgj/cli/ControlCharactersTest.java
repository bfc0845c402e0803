// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.Step;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a file or a name holds reaches the terminal as text, never as a command to it, and makes no lines of its
/// own.
class ControlCharactersTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";
    private static final String EVIL = "\u001b[2J\rwgj: all is well\u0007";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aFolder() {
        host.files.own("/etc/wireguard", 0, 0040700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Address",
                "DNS = 1.1.1.1\nMTU",
                "Table",
                "PrivateKeyFile",
                "Route",
                "Rule",
                "Underlay",
                "AllowedSources",
                "Unknown",
                "ListenPort",
                "FwMark"
            })
    void ofAFileAreEscapedInOurLines(String key) {
        host.files.put(FILE, "[Interface]\n" + key + " = dev a" + EVIL + "\n");
        for (String verb : List.of("up", "plan", "reload")) {
            for (String line : Ran.wgjQuick(host, verb, "wg0").err().split("\n", -1)) {
                if (line.startsWith("wgj")) {
                    assertThat(line).as(key).doesNotContain("\u001b", "\u0007", "\r");
                }
            }
        }
    }

    @Test
    void ofAPathAreEscapedInOurLines() {
        String path = "/tmp/" + EVIL + "/wg0.conf";
        host.files.own("/tmp/" + EVIL, 0, 0040700);
        host.files.put(path, "[Interface]\nMTU = x\n");
        assertThat(Ran.wgjQuick(host, "up", path).err())
                .startsWith("wgj-quick: /tmp/\\x1b[2J\\rwgj: all is well\\x07/wg0.conf:2:7: [Interface] MTU: ");
    }

    @Test
    void ofTheOriginalsOwnLinesStay() {
        assertThat(Ran.wgQuick(host, "up", EVIL).err()).isEqualTo("wg-quick: `" + EVIL + "' does not exist\n");
        host.files.put(FILE, "[Interface]\nFwMark = " + EVIL.replace("\r", "") + "\n");
        assertThat(Ran.wg(host, "setconf", "wg0", FILE).err()).contains("`\u001b[2Jwgj:alliswell\u0007'");
    }

    @Test
    void ofAHookStayInItsTrace() {
        host.files.put(FILE, "[Interface]\n");
        host.quick.runner.steps.add(new Step.RunHook(HookPhase.POST_UP, 0, "echo " + EVIL));
        assertThat(Ran.wgQuick(host, "up", "wg0").err()).isEqualTo("[#] echo " + EVIL + "\n");
    }
}
