// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.cases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundFileTest {
    private final MemoryHost host = new MemoryHost();

    @ParameterizedTest
    @CsvSource({"wg0, wg0", "wg0.conf, wg0.conf", "_=+.-, _=+.-"})
    @Case({"O03", "O04"})
    void aNameStandsForAFileOfTheSystem(String word, String name) {
        host.files.put("/here/wg0.conf", "");
        assertThat(Ran.wgQuick(host, "up", word))
                .isEqualTo(new Ran(1, "", "wg-quick: `/etc/wireguard/" + name + ".conf' does not exist\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"./bad name.conf", "./sixteencharacter.conf", "./wg0.txt", "./.conf", "./wg0.conf/"})
    @Case("O05")
    void anotherNameIsNoInterfaces(String path) {
        host.files.own(host.quick.realPath(path), 0, 0100600);
        assertThat(Ran.wgQuick(host, "strip", path))
                .isEqualTo(new Ran(
                        1, "", "wg-quick: The config file must be a valid interface name, followed by .conf\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "0100644, 0040755, true",
        "0100644, 0040700, false",
        "0100640, 0040755, false",
        "0100601, 0040704, false",
        "0100601, 0040701, true"
    })
    @Case({"O06", "O07"})
    void whatEverybodyMayTouchIsWarnedAbout(String file, String folder, boolean warned) {
        host.files.put("/here/wg0.conf", "");
        host.files.own("/here/wg0.conf", 0, Integer.parseInt(file, 8));
        host.files.own("/here", 0, Integer.parseInt(folder, 8));
        assertThat(Ran.wgQuick(host, "strip", "./wg0.conf"))
                .isEqualTo(new Ran(0, "\n", warned ? "Warning: `/here/wg0.conf' is world accessible\n" : ""));
    }

    @Test
    @Case("O08")
    void theNameIsTheLinksAndTheFileItsTarget() {
        host.quick.links.put("/here/lnk.conf", "/here/d/wg9.conf");
        host.files.put("/here/d/wg9.conf", "[Interface]\n");
        host.files.own("/here/d/wg9.conf", 0, 0100604);
        host.files.own("/here/d", 0, 0040755);
        assertThat(Ran.wgQuick(host, "up", "./lnk.conf").err())
                .isEqualTo("Warning: `/here/d/wg9.conf' is world accessible\n");
        assertThat(host.quick.runner.runs).containsExactly("up lnk");
    }

    @Test
    void aDirectoryIsNoFile() {
        host.files.putDirectory("/here/wg0.conf");
        host.files.own("/here", 0, 0040700);
        assertThat(Ran.wgQuick(host, "strip", "./wg0.conf"))
                .isEqualTo(new Ran(1, "", "wg-quick: `/here/wg0.conf': Is a directory\n"));
    }
}
