// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `SameBytes` makes the same archives from different dumps, and the JVM takes them.
@Tag("long")
class ReproducibleArchivesTest {
    private static final Path IMAGE = Product.root().resolve("packaging/target/image");

    @TempDir
    Path folder;

    @Test
    void differentDumpsGiveTheSameArchivesWhichTheJvmUses() throws IOException {
        for (int dump = 0; dump < 4; dump++) {
            Command.of(
                            Product.root().resolve("packaging/src/launcher/make-archives"),
                            IMAGE.toString(),
                            Product.root().resolve("packaging/src/launcher").toString(),
                            Files.createDirectory(folder.resolve("dump" + dump)).toString())
                    .timeout(Duration.ofMinutes(3))
                    .run()
                    .ok();
        }
        assertThat(Files.mismatch(dump("quick", 0), dump("quick", 1)))
                .as("dumps differ by themselves")
                .isNotNegative();
        for (String name : new String[] {"short", "quick", "engine"}) {
            Path one = same(name, 0);
            Path other = same(name, 1);
            assertThat(one).hasSameBinaryContentAs(other);
            Ran ran = started(name)
                    .env("WGJ_JAVA_OPTS", "-Xshare:on -XX:SharedArchiveFile=" + one)
                    .env("SUDO_UID", "")
                    .run();
            assertThat(ran).isEqualTo(started(name).run());
        }
    }

    /// An archive from the three dumps that begin with `first`.
    private Path same(String name, int first) {
        Path archive = folder.resolve(name + first + ".jsa");
        List<String> words = new ArrayList<>(List.of(
                "-cp", IMAGE.resolve("lib/wgj.jar").toString(), "io.wgj.packaging.SameBytes", archive.toString()));
        for (int dump = first; dump < first + 3; dump++) {
            words.add(dump(name, dump).toString());
        }
        Command.of(Path.of(System.getProperty("java.home"), "bin/java"), words.toArray(String[]::new))
                .run()
                .ok();
        return archive;
    }

    private Path dump(String name, int number) {
        return folder.resolve("dump" + number).resolve(name + ".jsa");
    }

    /// A command that starts with that archive, without rights and to its end.
    private static Command started(String name) {
        return switch (name) {
            case "short" -> Product.wgj("show", "interfaces");
            case "quick" -> Command.of(Product.root().resolve("wgj-quick"), "help", "up");
            default -> Product.wgj("engine", "-f", "no name");
        };
    }
}
