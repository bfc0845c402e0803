// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wgj.packaging.PartsList.Library;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of libraries agrees with the build, and the list holds every part.
class PartsListTest {
    private static final Path TABLE = Path.of("src/sbom/libraries.tsv");
    private static final Path COPYRIGHT = Path.of("src/deb/copyright");
    private static final Instant TIME = Instant.parse("2026-11-30T20:00:00Z");

    @TempDir
    private Path home;

    /// A library that was updated in `pom.xml` needs a new version and a new checksum in the table.
    @Test
    void theTableHasTheVersionsAndChecksumsOfTheBuild() throws IOException {
        Path repository = repository();
        for (Library library : Library.readAll(TABLE)) {
            String classifier = library.classifier().equals("-") ? "" : "-" + library.classifier();
            Path file = repository
                    .resolve(library.group().replace('.', '/'))
                    .resolve(library.artifact())
                    .resolve(library.version())
                    .resolve(library.artifact() + "-" + library.version() + classifier + ".jar");
            assertThat(file)
                    .as(library.purl() + ": the build uses another version")
                    .exists();
            assertThat(PartsList.sha256(file)).as(library.purl()).isEqualTo(library.sha256());
            assertThat(Files.readString(Path.of("../pom.xml"))).contains(">" + library.version() + "</version.");
        }
    }

    @Test
    void theCopyrightFileNamesEveryLibrary() throws IOException {
        String copyright = Files.readString(COPYRIGHT);
        for (Library library : Library.readAll(TABLE)) {
            String name = library.holds().replaceAll("/$", "").replace('/', '.');
            assertThat(copyright).contains(name.startsWith("com.fasterxml") ? "com.fasterxml.jackson" : name);
        }
    }

    @Test
    void aClassOfAnUnknownLibraryIsFound() throws IOException {
        jar("io/wgj/cli/Main.class", "picocli/CommandLine.class", "org/unknown/Thing.class");

        assertThat(list().unknown()).isEqualTo(List.of("org/unknown/Thing.class"));
    }

    @Test
    void theListHoldsFilesLibrariesAndTheRuntime() throws IOException {
        jar("io/wgj/cli/Main.class");
        Files.createDirectories(home.resolve("runtime/lib/server"));
        Files.createDirectories(home.resolve("runtime/bin"));
        for (String name : List.of("short.jsa", "libjffi-1.2.so", "runtime/lib/modules", "runtime/bin/java")) {
            Files.writeString(home.resolve(name), name);
        }
        Files.writeString(home.resolve("runtime/lib/server/libjvm.so"), "jvm");
        Files.writeString(home.resolve("runtime/release"), "JAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\n");

        String json = list().json();

        assertThat(values(json, "name"))
                .contains("wgj", "wgj.jar", "short.jsa", "runtime/lib/modules", "jffi", "picocli", "temurin-jre");
        assertThat(values(json, "version")).contains("1.2.3", "25.0.3+9-LTS");
        assertThat(values(json, "timestamp")).isEqualTo(List.of("2026-11-30T20:00:00Z"));
        assertThat(values(json, "content")).contains(PartsList.sha256(home.resolve("short.jsa")));
        assertThat(list().json()).isEqualTo(json);
    }

    private PartsList list() throws IOException {
        return new PartsList("1.2.3", TIME, Library.readAll(TABLE), home);
    }

    private void jar(String... entries) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(home.resolve("wgj.jar")))) {
            for (String entry : entries) {
                out.putNextEntry(new JarEntry(entry));
            }
        }
    }

    /// The values of all fields of a name, at any depth, in their order.
    private static List<String> values(String json, String name) throws IOException {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && name.equals(parser.currentName())) {
                    values.add(parser.getText());
                }
            }
        }
        return values;
    }

    /// Maven's local repository: six folders above the jar of jffi.
    private static Path repository() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().matches("jffi-[0-9.]*\\.jar")) {
                return path.resolve("../../../../../..").normalize();
            }
        }
        throw new IllegalStateException("no jffi in the class path");
    }
}
