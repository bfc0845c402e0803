// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of other programs that we read.
class HostFilesTest {
    @TempDir
    Path folder;

    @Test
    void knowsTablesByTheirNames() throws Exception {
        Path etc = folder.resolve("etc");
        Files.createDirectories(etc.resolve("rt_tables.d"));
        Path usr = Files.createDirectories(folder.resolve("usr"));
        Files.writeString(etc.resolve("rt_tables"), "# 7 no\n255 local\n100\tisp # theirs\n\nnonsense\n0x10 hex\n");
        Files.writeString(etc.resolve("rt_tables.d/a.conf"), "101 more\n");
        Files.writeString(etc.resolve("rt_tables.d/a.txt"), "102 none\n");
        Files.writeString(usr.resolve("rt_tables"), "200 isp\n201 base");
        TableFiles tables = new TableFiles(List.of(etc.toString(), usr.toString(), "/nowhere"));
        assertThat(tables.number("isp")).hasValue(100);
        assertThat(tables.number("hex")).hasValue(16);
        assertThat(tables.number("more")).hasValue(101);
        assertThat(tables.number("base")).hasValue(201);
        assertThat(tables.number("none")).isEmpty();
        assertThat(tables.number("no")).isEmpty();
        assertThat(tables.number("main")).hasValue(254);
        assertThat(tables.name(101)).contains("more");
        assertThat(tables.name(255)).contains("local");
        assertThat(tables.name(9)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lo.inet*~lo.*~tun*~tap*  | tun.
            # tun*~eth0~e-1*         | e-1.
            *~eth0                   | ''
            ''                       | ''
            """)
    void takesTheFirstKindThatResolvconfOrders(String file, String prefix) {
        assertThat(SystemInspector.prefix(file.replace('~', '\n'))).isEqualTo(prefix);
    }
}
