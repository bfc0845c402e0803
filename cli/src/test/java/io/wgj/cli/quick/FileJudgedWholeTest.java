// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every problem of a file is reported at once, in the file's order, before anything is done.
class FileJudgedWholeTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aFolder() {
        host.files.own("/etc/wireguard", 0, 0040700);
    }

    @Test
    void allOfThemInTheOrderOfTheFile() {
        write(
                "[Interface]",
                "PrivateKey = " + States.PRIV,
                "Rule = from 10.0.0.1 shout",
                "Address = 10.0.0.1/24",
                "Table = nowhere",
                "Route = 10.1.0.0/16 dev %i via nobody",
                "AllowedSources = x",
                "Underlay = dev wg0",
                "SaveConfig = maybe",
                "Address = 10.0.0.1/24",
                "[Peer]",
                "PublicKey = " + States.K1,
                "AllowedIPs = 10.0.0.0/33",
                "ExcludedIPs = 10.0.0.0/8",
                "Probe = x");
        for (String verb : List.of("up", "plan", "reload")) {
            Ran ran = Ran.wgjQuick(host, verb, "wg0");
            assertThat(ran.code()).isEqualTo(verb.equals("up") ? 1 : 3);
            String ours = verb.equals("up") ? "wgj: " : "wgj-quick: ";
            assertThat(ran.err().lines().filter(line -> line.startsWith(ours + FILE)))
                    .extracting(line -> line.substring(ours.length() + FILE.length(), line.indexOf(": [")))
                    .containsExactly(
                            ":3:22", ":5:9", ":6:32", ":7:18", ":8:12", ":9:14", ":10:11", ":13:14", ":14:1", ":15:9");
            assertThat(ran.err()).startsWith("wgj-quick: `maybe' is neither true nor false\n" + ours);
        }
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Table = nowhere|255|1:9|Table",
                "Address = 10.0.0.1/24, 10.0.0.1/24|2|1:11|Address",
                "Address = fd00::1/64, fd00:0::1/48|2|1:11|Address",
                "Address = 10.0.0.1, 10.0.0.1/32|2|1:11|Address",
                "Route = 10.1.0.0/16 dev|1|1:24|Route",
                "Route = 10.1.0.1/16 dev %i # a comment|1|1:9|Route",
                "Rule = table|1|1:13|Rule",
                "Underlay = dev wg0|1|1:12|Underlay",
            })
    void oneAlone(String line, int code, String place, String key) {
        host.files.put(FILE, "[Interface]\n" + line + "\n");
        String at = FILE + ":2" + place.substring(1) + ": [Interface] " + key + ": ";
        Ran up = Ran.wgjQuick(host, "up", "wg0");
        assertThat(up.code()).isEqualTo(code);
        assertThat(up.err()).contains(at);
        Ran plan = Ran.wgjQuick(host, "plan", "wg0");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.err()).contains(at);
        assertThat(Ran.wgjQuick(host, "plan", "--json", "wg0").code()).isEqualTo(3);
        assertThat(Ran.wgjQuick(host, "reload", "wg0").code()).isEqualTo(3);
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    void anAddressOfTwoLengthsIsTwoForIpv4() {
        write("[Interface]", "Address = 10.0.0.1/24, 10.0.0.1/16");
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void ofSeveralTablesTheLastCounts() {
        write("[Interface]", "Table = nowhere", "Table = off");
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void aFilterOfTheKernelsNeedsAPort() {
        write("[Interface]", "AllowedSources = 192.0.2.0/24", "MTU = x");
        assertThat(Ran.wgjQuick(host, "up", "wg0").err())
                .contains(FILE + ":2:18: [Interface] AllowedSources: the filter has to know the listen port beforehand")
                .contains(FILE + ":3:7: [Interface] MTU: ");
        write("[Interface]", "AllowedSources = 192.0.2.0/24", "ListenPort = 51820");
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(0, "", ""));
        write("[Interface]", "AllowedSources = 192.0.2.0/24");
        host.quick.runner.support = host.quick.runner.support.withOwnEngine(true);
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void theOriginalsCodeForATableStays() {
        write("[Interface]", "Table = nowhere");
        assertThat(Ran.wgQuick(host, "up", "wg0"))
                .isEqualTo(new Ran(255, "", "Error: argument \"nowhere\" is wrong: \"table\" value is invalid\n"));
    }

    private void write(String... lines) {
        host.files.put(FILE, String.join("\n", lines) + "\n");
    }
}
