// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Writes the list of a package's parts (`wgj.cdx.json`, CycloneDX 1.6): its files, the libraries in its jar and
/// the Java runtime, with versions, licences and checksums. A jar with classes that no line of the table of
/// libraries covers is refused.
final class PartsList {
    /// The second are replacements of classes of a library.
    private static final List<String> OWN_CLASSES = List.of("io/wgj/", "jnr/posix/");
    private static final int COLUMNS = 8;

    private final String version;
    private final Instant time;
    private final List<Library> libraries;
    private final Path home;

    PartsList(String version, Instant time, List<Library> libraries, Path home) {
        this.version = version;
        this.time = time;
        this.libraries = libraries;
        this.home = home;
    }

    /// A published library, and what of it is in the package: a line of the table.
    ///
    /// @param classifier `-` for none
    /// @param sha256 of the published file
    /// @param holds a folder of the jar, with a slash at its end, or a file in the package's folder
    /// @param change how that differs from what was published
    record Library(
            String group,
            String artifact,
            String version,
            String classifier,
            String licence,
            String sha256,
            String holds,
            String change) {
        String purl() {
            return "pkg:maven/" + group + "/" + artifact + "@" + version
                    + (classifier.equals("-") ? "" : "?classifier=" + classifier);
        }

        static List<Library> readAll(Path table) throws IOException {
            List<Library> all = new ArrayList<>();
            for (String line : Files.readAllLines(table)) {
                if (line.startsWith("#")) {
                    continue;
                }
                List<String> cells = List.of(line.split("\t", -1));
                if (cells.size() != COLUMNS) {
                    throw new IOException(table + ": " + cells.size() + " columns instead of " + COLUMNS + ": " + line);
                }
                all.add(new Library(
                        cells.get(0),
                        cells.get(1),
                        cells.get(2),
                        cells.get(3),
                        cells.get(4),
                        cells.get(5),
                        cells.get(6),
                        cells.get(7)));
            }
            return all;
        }
    }

    /// Ends the process with 1 when the jar holds something that the table does not know.
    ///
    /// @param words of the command line: the version, its time in seconds since 1970, the table of libraries, the
    ///     package's folder (`/usr/lib/wgj`), and the file to write
    public static void main(String[] words) throws IOException {
        PartsList list = new PartsList(
                words[0],
                Instant.ofEpochSecond(Long.parseLong(words[1])),
                Library.readAll(Path.of(words[2])),
                Path.of(words[3]));
        List<String> unknown = list.unknown();
        if (!unknown.isEmpty()) {
            System.err.println("PartsList: wgj.jar holds " + unknown.getFirst() + " (" + unknown.size()
                    + " such files), which no line of " + words[2] + " covers");
            System.exit(1);
        }
        Files.writeString(Path.of(words[4]), list.json());
    }

    /// The classes in the jar that are neither ours nor of a library in the table.
    List<String> unknown() throws IOException {
        try (JarFile jar = new JarFile(home.resolve("wgj.jar").toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name ->
                            name.endsWith(".class") && OWN_CLASSES.stream().noneMatch(name::startsWith))
                    .filter(name -> libraries.stream().noneMatch(library -> name.startsWith(library.holds())))
                    .toList();
        }
    }

    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("bomFormat", "CycloneDX");
            json.writeStringField("specVersion", "1.6");
            json.writeStringField("serialNumber", "urn:uuid:" + serialNumber());
            json.writeNumberField("version", 1);
            json.writeObjectFieldStart("metadata");
            json.writeStringField("timestamp", time.toString());
            json.writeObjectFieldStart("component");
            head(json, "application", "wgj", version, "wgj");
            licence(json, "Apache-2.0");
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayFieldStart("components");
            for (Path file : files()) {
                file(json, file);
            }
            for (Library library : libraries) {
                library(json, library);
            }
            runtime(json);
            json.writeEndArray();
            dependencies(json);
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    /// The same for the same parts.
    private UUID serialNumber() throws IOException {
        StringBuilder all = new StringBuilder(version);
        for (Path file : files()) {
            all.append(sha256(file));
        }
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The jar, the native stub, the class archives, and the large files of the runtime.
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            return Stream.concat(
                            all.filter(file -> file.toString().matches(".*\\.(jar|so|jsa)")),
                            Stream.of("lib/modules", "lib/server/libjvm.so", "bin/java")
                                    .map(home.resolve("runtime")::resolve))
                    .sorted()
                    .toList();
        }
    }

    private void file(JsonGenerator json, Path file) throws IOException {
        String name = home.relativize(file).toString();
        json.writeStartObject();
        json.writeStringField("type", "file");
        json.writeStringField("bom-ref", "file:" + name);
        json.writeStringField("name", name);
        hash(json, sha256(file));
        json.writeEndObject();
    }

    private static void library(JsonGenerator json, Library library) throws IOException {
        json.writeStartObject();
        head(json, "library", library.artifact(), library.version(), library.purl());
        json.writeStringField("group", library.group());
        licence(json, library.licence());
        json.writeStringField("purl", library.purl());
        // Nothing of it is in the package as it was published, so the checksum is that of the original.
        json.writeObjectFieldStart("pedigree");
        json.writeArrayFieldStart("ancestors");
        json.writeStartObject();
        json.writeStringField("type", "library");
        json.writeStringField("group", library.group());
        json.writeStringField("name", library.artifact());
        json.writeStringField("version", library.version());
        json.writeStringField("purl", library.purl());
        hash(json, library.sha256());
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("notes", library.change());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void runtime(JsonGenerator json) throws IOException {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("runtime/release"))) {
            release.load(in);
        }
        json.writeStartObject();
        head(json, "platform", "temurin-jre", value(release, "JAVA_RUNTIME_VERSION"), "runtime");
        json.writeStringField(
                "description",
                value(release, "IMPLEMENTOR") + " " + value(release, "IMPLEMENTOR_VERSION")
                        + " for " + value(release, "OS_ARCH") + ", cut down by jlink; source: "
                        + value(release, "SOURCE_REPO"));
        licence(json, "GPL-2.0-only WITH Classpath-exception-2.0");
        hash(json, sha256(home.resolve("runtime/lib/modules")));
        json.writeEndObject();
    }

    private static String value(Properties release, String key) {
        return release.getProperty(key, "unknown").replace("\"", "");
    }

    private void dependencies(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("dependencies");
        json.writeStartObject();
        json.writeStringField("ref", "wgj");
        json.writeArrayFieldStart("dependsOn");
        for (Library library : libraries) {
            json.writeString(library.purl());
        }
        json.writeString("runtime");
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void head(JsonGenerator json, String type, String name, String version, String reference)
            throws IOException {
        json.writeStringField("type", type);
        json.writeStringField("bom-ref", reference);
        json.writeStringField("name", name);
        json.writeStringField("version", version);
    }

    private static void licence(JsonGenerator json, String expression) throws IOException {
        json.writeArrayFieldStart("licenses");
        json.writeStartObject();
        json.writeStringField("expression", expression);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void hash(JsonGenerator json, String sha256) throws IOException {
        json.writeArrayFieldStart("hashes");
        json.writeStartObject();
        json.writeStringField("alg", "SHA-256");
        json.writeStringField("content", sha256);
        json.writeEndObject();
        json.writeEndArray();
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
