// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a checkout's launchers print when a source is newer than the build. The checkout has the launchers, one
/// source and an empty jar; the JVM is a script that prints its words.
class NewerSourcesTest {
    private static final String NOTICE = "are newer than the build; WGJ_BUILD=1";
    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    Path folder;

    private Path checkout;
    private Path source;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectory(folder.resolve("checkout"));
        for (String file : new String[] {
            "wgj",
            "wgj-quick",
            "packaging/src/launcher/checkout",
            "packaging/src/launcher/flags.sh",
            "packaging/src/launcher/run.sh"
        }) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Command.of(
                            "cp",
                            "-a",
                            Product.root().resolve(file).toString(),
                            checkout.resolve(file).toString())
                    .run()
                    .ok();
        }
        source = checkout.resolve("config/src/main/java/A.java");
        Path jar = checkout.resolve("packaging/target/image/lib/wgj.jar");
        for (Path file : new Path[] {source, jar, checkout.resolve("pom.xml"), checkout.resolve("config/pom.xml")}) {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Command.of("find", checkout.toString(), "-exec", "touch", "-hd", "2026-01-01", "{}", "+")
                .run()
                .ok();
        Files.setLastModifiedTime(jar, FileTime.from(BUILT));
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        // A terminal that closes ends what still runs on it, so the script takes its time as a JVM does.
        Files.writeString(java, "#!/bin/sh\nsleep 0.3\necho started\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wgj", "wgj-quick"})
    void isSaidOnATerminal(String launcher) throws IOException {
        assertThat(onATerminal(launcher)).contains("started").doesNotContain(NOTICE);
        makeTheSourceNewer();

        assertThat(onATerminal(launcher)).contains("started").containsOnlyOnce(NOTICE);
    }

    @Test
    void isSaidWhenASourceIsGone() throws IOException {
        Files.delete(source);

        assertThat(onATerminal("wgj")).containsOnlyOnce(NOTICE);
    }

    /// The originals print nothing of the kind.
    @ParameterizedTest
    @ValueSource(strings = {"wg", "wg-quick"})
    void isNotSaidUnderOtherNames(String name) throws IOException {
        makeTheSourceNewer();
        Files.createSymbolicLink(checkout.resolve(name), Path.of("wgj" + name.substring("wg".length())));

        assertThat(onATerminal(name)).contains("started").doesNotContain(NOTICE);
    }

    @Test
    void isNotSaidWithoutATerminalNorInContinuousIntegration() throws IOException {
        makeTheSourceNewer();

        assertThat(command(checkout.resolve("wgj").toString()).run().stderr()).isEmpty();
        assertThat(onATerminal("CI=true " + checkout.resolve("wgj"), "")).doesNotContain(NOTICE);
    }

    private void makeTheSourceNewer() throws IOException {
        Files.setLastModifiedTime(source, FileTime.from(BUILT.plusSeconds(1)));
    }

    private String onATerminal(String launcher) {
        return onATerminal(checkout.resolve(launcher).toString(), " show");
    }

    /// What the command prints on a terminal of its own.
    private String onATerminal(String program, String words) {
        return command("script", "-qec", program + words, "/dev/null").run().stdout();
    }

    private Command command(String... words) {
        return Command.of(words)
                .env("WGJ_JAVA_HOME", folder.resolve("jdk").toString())
                .env("SUDO_UID", "")
                .env("CI", "")
                .in(folder);
    }
}
