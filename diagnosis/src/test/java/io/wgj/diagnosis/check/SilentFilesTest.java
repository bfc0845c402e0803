// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing is found in the examples of this repository, nor in those of wg-quick's manual, on an ordinary host.
class SilentFilesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path MANUAL = Path.of("src/test/resources/io/wgj/diagnosis/check/manual");

    /// A server with IPv4 alone, where everything is installed.
    private static final HostFacts HOST = FakeHost.of("""
            ipv6 no
            name-service yes
            monitor yes
            ports 32768 60999
            way 203.0.113.10 eth0 0 1500 198.51.100.7
            way 198.51.100.20 eth0 0 1500 198.51.100.7
            way 192.0.2.30 eth0 0 1500 198.51.100.7
            way 192.0.2.1 eth0 0 1500 198.51.100.7
            """);

    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(EXAMPLES, MANUAL)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(path -> path.toString().endsWith(".conf")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    static List<Path> networks() throws IOException {
        try (Stream<Path> list = Files.list(EXAMPLES)) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void oneFile(Path file) throws IOException {
        assertThat(FileChecks.ofOne(read(file), HOST)).isEmpty();
    }

    /// Two forms of the same end are both among the files of some folders.
    @ParameterizedTest
    @MethodSource("networks")
    void theEndsOfANetwork(Path folder) throws IOException {
        List<CheckedFile> ends = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(path -> path.toString().endsWith(".conf"))
                    .sorted()
                    .toList()) {
                String name = path.getFileName().toString();
                if (!name.equals("branch-rules.conf") && !name.equals("before.conf")) {
                    ends.add(read(path));
                }
            }
        }
        assertThat(FileChecks.ofNetwork(ends, HOST)).isEmpty();
    }

    private static CheckedFile read(Path path) throws IOException {
        return CheckedFile.of(path.getFileName().toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
    }
}
