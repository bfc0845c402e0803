// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands that the original has not end with the codes that their help lists.
@Tag("namespace")
class ExitCodesTest {
    private static final String NOBODY = "setpriv --reuid 65534 --regid 65534 --clear-groups ";

    @Test
    void ofPlanAndReload() {
        Transcript transcript = World.run(Tool.OURS, """
            conf=/etc/wireguard/wg0.conf
            try() { run wgj-quick plan wg0; run wgj-quick plan reload wg0; run wgj-quick reload wg0; }
            tunnel wg1; run wgj-quick plan reload wg1; run wgj-quick reload wg1; run wgj-quick plan down wg1
            run wgj-quick plan nosuch; run wgj-quick plan --frob wg1; run wgj-quick plan wg1 --check
            tunnel wg0; quick up wg0
            tunnel wg0 'Table = nope'; try
            tunnel wg0 'Address = nope'; try
            tunnel wg0; sed -i 's|^PrivateKey.*|PrivateKeyFile = nosuch|' $conf; try
            """);
        assertThat(transcript.exits()).containsExactly(5, 5, 5, 5, 2, 6, 0, 3, 3, 3, 3, 3, 3, 5, 5, 5);
    }

    @Test
    void ofAPlanWithNameServersThatNoProgramKeeps() {
        Transcript transcript = World.run(Tool.OURS, """
            tunnel wg0 'DNS = 1.1.1.1, corp.local'
            run wgj-quick plan wg0; run wgj-quick plan wg0 --check; run wgj-quick plan wg0 --json
            quick up wg0
            tunnel wg0; quick up wg0; tunnel wg0 'DNS = 1.1.1.1'
            run wgj-quick plan reload wg0; run wgj-quick reload wg0
            """);
        assertThat(transcript.exits()).containsExactly(0, 6, 0, 127, 0, 0, 1);
        assertThat(transcript.lines())
                .containsSubsequence(
                        "out| resolvconf -a wg0 -m 0 -x",
                        "out| # DNS needs resolvconf or resolvectl, and neither is installed: this fails until one is");
    }

    @Test
    void ofAPlanForAnOrdinaryUser() {
        Transcript transcript = World.run(Tool.OURS, """
            as_nobody() { run %s "$@"; }
            mkdir /run/open; tunnel wg0; cp /etc/wireguard/wg0.conf /run/open; chmod -R a+rX /run/open
            tunnel wg1; sed -i 's|^AllowedIPs.*|AllowedIPs = 0.0.0.0/0|' /etc/wireguard/wg1.conf; quick up wg1
            as_nobody wgj-quick plan /run/open/wg0.conf 2>&1
            as_nobody wgj-quick plan wg0
            chmod 600 /run/open/wg0.conf; as_nobody wgj-quick plan /run/open/wg0.conf
            """.formatted(NOBODY));
        assertThat(transcript.exits()).containsExactly(0, 0, 4, 4);
        assertThat(transcript.lines()).anyMatch(line -> line.startsWith("out| ip link set mtu"));
        Transcript json = World.run(Tool.OURS, """
            mkdir /run/open; tunnel wg0; cp /etc/wireguard/wg0.conf /run/open; chmod -R a+rX /run/open
            tunnel wg1; quick up wg1
            run %s wgj-quick plan /run/open/wg0.conf --json
            """.formatted(NOBODY));
        assertThat(json.lines())
                .anyMatch(line -> line.contains("planned without what only root may see: the journals in /run/wgj"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-f "})
    void ofAnEngineThatDoesNotStart(String option) {
        Transcript transcript = World.run(Tool.OURS, """
            root='%1$s'; engine() { run "$@"; }
            run "$root/wgj" engine %2$s-x; run "$root/wgj" engine %2$s-x wg0; run "$root/wgj" engine %2$swg0 wg1
            run "$root/wgj" engine %2$sabcdefghijklmnop; run "$root/wgj-engine" %2$sa/b
            run %3$s"$root/wgj" engine %2$swg0
            ip link add wg0 type veth peer name wg1; run "$root/wgj" engine %2$swg0
            """.formatted(Product.root(), option, NOBODY));
        assertThat(transcript.exits()).containsExactly(2, 2, 2, 2, 2, 4, 1);
    }

    @Test
    void everyHelpListsItsOwn() {
        List<String> script = new ArrayList<>();
        for (String command : List.of("plan", "reload", "confirm", "help")) {
            script.add("wgj-quick help " + command + " | grep -oE '^ +[0-9]+ ' | tr -d '\\n'; echo ' " + command + "'");
        }
        assertThat(World.run(Tool.OURS, String.join("\n", script)).lines())
                .extracting(line -> line.replaceAll(" +", " ").strip())
                .contains("0 1 2 3 4 5 6 plan", "0 1 2 3 4 5 9 reload", "0 1 2 4 5 7 confirm", "0 1 2 help");
    }
}
