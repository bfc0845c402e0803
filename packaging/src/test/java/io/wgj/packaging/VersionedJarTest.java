// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A package's jar differs from the image's only in its version.
class VersionedJarTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final String VERSION_FILE = "io/wgj/cli/version.txt";

    @TempDir
    private Path folder;

    @Test
    void writesTheVersionAndLeavesTheRest() throws IOException {
        Path built = jar("built.jar", VERSION_FILE, "io/wgj/cli/Main.class");
        Path packaged = folder.resolve("packaged.jar");

        VersionedJar.main(new String[] {"0.1.0~snapshot.20261130", built.toString(), packaged.toString()});

        try (JarFile jar = new JarFile(packaged.toFile())) {
            assertThat(text(jar, VERSION_FILE)).isEqualTo("0.1.0~snapshot.20261130\n");
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isEqualTo("0.1.0~snapshot.20261130");
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.wgj.cli.Main");
            assertThat(text(jar, "io/wgj/cli/Main.class")).isEqualTo("io/wgj/cli/Main.class");
            assertThat(jar.stream().map(JarEntry::getName).toList())
                    .isEqualTo(List.of(JarFile.MANIFEST_NAME, VERSION_FILE, "io/wgj/cli/Main.class"));
            assertThat(jar.stream().map(JarEntry::getTimeLocal).distinct().toList())
                    .isEqualTo(List.of(TIME));
        }
    }

    @Test
    void refusesAJarWithoutAVersion() throws IOException {
        Path built = jar("built.jar", "io/wgj/cli/Main.class");

        assertThatThrownBy(() -> VersionedJar.main(new String[] {
                    "1", built.toString(), folder.resolve("packaged.jar").toString()
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no " + VERSION_FILE);
    }

    private Path jar(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            add(
                    out,
                    JarFile.MANIFEST_NAME,
                    "Manifest-Version: 1.0\nImplementation-Version: 0\nMain-Class: io.wgj.cli.Main\n\n");
            for (String entry : entries) {
                add(out, entry, entry);
            }
        }
        return file;
    }

    private static void add(JarOutputStream out, String name, String text) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getJarEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
