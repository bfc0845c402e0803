// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.OpenFile;
import io.wgj.config.cases.Case;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxHostTest {
    @TempDir
    Path folder;

    private final LinuxHost host = new LinuxHost();

    @Test
    @Case({"E02", "E03"})
    void anEmptyFileStandsAtItsStartAndAnEmptyPipeNowhere() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(atStartAfterReading(empty.toString())).isTrue();
        assertThat(atStartAfterReading("/dev/null")).isTrue();
        assertThat(atStartAfterReading(
                        Files.writeString(folder.resolve("full"), "x").toString()))
                .isFalse();
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder("sh", "-c", ": > \"$0\"", fifo.toString()).start();
        assertThat(atStartAfterReading(fifo.toString())).isFalse();
        writer.waitFor();
    }

    @Test
    void failuresAreNumbers() throws Exception {
        assertThatThrownBy(() -> host.files().open(folder.resolve("nosuch").toString()))
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.errno()).isEqualTo(2));
        try (OpenFile directory = host.files().open(folder.toString())) {
            assertThatThrownBy(() -> directory.read(new byte[8], 0, 8))
                    .isInstanceOfSatisfying(
                            FileException.class, e -> assertThat(e.errno()).isEqualTo(21));
        }
    }

    @Test
    void pathsAreBytes() throws Exception {
        String name = folder.resolve("\u2603").toString();
        Files.writeString(Path.of(name), "snow");
        String bytes = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (OpenFile file = host.files().open(bytes)) {
            byte[] content = new byte[8];
            assertThat(file.read(content, 0, 8)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.1, 51820, 127.0.0.1:51820",
        "0x7f.1, 51820, 127.0.0.1:51820",
        "2130706433, 51820, 127.0.0.1:51820",
        "010.0.0.1, 51820, 8.0.0.1:51820",
        "1.2.3.4, 70000, 1.2.3.4:4464",
        "fe80::1%lo, 5, [fe80::1%lo]:5",
        "fe80::1%99, 5, [fe80::1%99]:5"
    })
    @Case({"F05", "F06", "F10", "F11", "F12"})
    void theSystemReadsAddressesInAllTheirForms(String name, String service, String expected) throws Exception {
        assertThat(host.names().lookup(name, service).text(host.scopes())).isEqualTo(expected);
    }

    @Test
    @Case({"F16", "F20", "C07"})
    void refusalsAreTheResolversWords() {
        assertThatThrownBy(() -> host.names().lookup("", "51820")).isInstanceOfSatisfying(LookupException.class, e -> {
            assertThat(e.sentence()).isEqualTo("Name or service not known");
            assertThat(e.permanent()).isTrue();
        });
        assertThatThrownBy(() -> host.names().lookup("1.2.3.4", "nosuch-service"))
                .isInstanceOfSatisfying(LookupException.class, e -> {
                    assertThat(e.sentence()).isEqualTo("Servname not supported for ai_socktype");
                    assertThat(e.permanent()).isFalse();
                });
        assertThatThrownBy(() -> host.names().port("-1"))
                .isInstanceOfSatisfying(
                        LookupException.class,
                        e -> assertThat(e.sentence()).isEqualTo("Servname not supported for ai_socktype"));
    }

    @Test
    void keysAreRandom() {
        assertThat(host.random(32)).hasSize(32).isNotEqualTo(host.random(32));
    }

    private boolean atStartAfterReading(String path) throws FileException {
        try (OpenFile file = host.files().open(path)) {
            int count = file.read(new byte[64], 0, 64);
            assertThat(count).isLessThan(64);
            return file.atStart();
        }
    }
}
