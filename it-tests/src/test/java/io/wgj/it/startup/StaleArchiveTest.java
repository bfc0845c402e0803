// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A missing, stale or damaged class archive changes nothing in what a command prints, and never runs a jar that
/// was replaced.
@Tag("long")
class StaleArchiveTest {
    // RFC 7748, section 6.1: Alice's keys.
    private static final String PRIVATE = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=\n";
    private static final String PUBLIC = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=\n";

    @TempDir
    Path folder;

    private Path image;
    private Path archive;

    @BeforeEach
    void copyTheImage() {
        image = folder.resolve("image");
        archive = image.resolve("lib/short.jsa");
        Command.of("cp", "-aL", Product.root().resolve("packaging/target/image").toString(), image.toString())
                .run()
                .ok();
    }

    @Test
    void copiedImageStillUsesItsArchive() throws IOException {
        Path log = folder.resolve("log");
        pubkey().env("WGJ_JAVA_OPTS", "-Xlog:class+load:file=" + log)
                .env("SUDO_UID", "")
                .run()
                .ok();

        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("io.wgj.cli.Main source: shared objects file"));
    }

    @Test
    void missing() throws IOException {
        Files.delete(archive);

        assertUnharmed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "quick", "engine"})
    void unreadable(String name) throws IOException {
        Ran expected = using(name).run();
        Files.setPosixFilePermissions(image.resolve("lib/" + name + ".jsa"), Set.of());

        assertThat(using(name)
                        .under(
                                "sh",
                                "-c",
                                "[ $(id -u) != 0 ] || set -- setpriv --inh-caps -all --bounding-set -all \"$@\"; exec \"$@\"",
                                "sh")
                        .run())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "the first {0} bytes")
    @ValueSource(longs = {0, 10, 4096, 100_000, 5_000_000})
    void truncated(long length) throws IOException {
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.truncate(length);
        }

        assertUnharmed();
    }

    @ParameterizedTest(name = "256 bytes at {0}")
    @ValueSource(longs = {0, 64, 1_000, 4_096, 100_000, 5_000_000, 9_000_000})
    void damaged(long offset) throws IOException {
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(noise(256)), offset);
        }

        assertUnharmed();
    }

    @Test
    void garbage() throws IOException {
        Files.write(archive, noise(1 << 20));

        assertUnharmed();
    }

    @Test
    void madeForAnotherJar() throws IOException {
        Files.setLastModifiedTime(image.resolve("lib/wgj.jar"), FileTime.fromMillis(0));

        assertUnharmed();
    }

    /// What runs is what lies there, whatever the archive holds.
    @ParameterizedTest
    @CsvSource({"short, 0", "quick, 0", "engine, 0", "short, 1000", "quick, 1000", "engine, 1000"})
    void aReplacedJarIsTheOneThatRuns(String name, int longer) throws IOException {
        Path jar = image.resolve("lib/wgj.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        long length = Files.size(jar) + longer;
        replaceMain(jar, length);
        assertThat(jar).hasSize(length);
        // The JVM compares whole seconds.
        Files.setLastModifiedTime(jar, FileTime.from(time.toInstant().plusSeconds(1)));

        assertThat(using(name).run()).isEqualTo(new Ran(0, "replaced\n", ""));
    }

    /// Writes the jar anew with another Main, which prints "replaced", and a comment that gives it `length` bytes.
    private void replaceMain(Path jar, long length) throws IOException {
        Path source = Files.writeString(folder.resolve("Main.java"), """
                package io.wgj.cli;

                public class Main {
                    public static void main(String[] words) {
                        System.out.println("replaced");
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        byte[] main = Files.readAllBytes(folder.resolve("io/wgj/cli/Main.class"));
        Path copy = folder.resolve("copy.jar");
        writeJar(jar, copy, main, 0);
        writeJar(jar, copy, main, Math.toIntExact(length - Files.size(copy)));
        Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeJar(Path jar, Path copy, byte[] main, int comment) throws IOException {
        try (JarFile in = new JarFile(jar.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy))) {
            out.setComment("-".repeat(comment));
            for (JarEntry entry : Collections.list(in.entries())) {
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(
                        entry.getName().equals("io/wgj/cli/Main.class")
                                ? main
                                : in.getInputStream(entry).readAllBytes());
            }
        }
    }

    /// A command that starts with the archive `name`, without rights and to its end.
    private Command using(String name) {
        return switch (name) {
            case "short" -> pubkey();
            case "quick" -> Command.of(image.resolve("bin/wgj-quick"), "help", "up");
            default -> Command.of(image.resolve("bin/wgj"), "engine", "-f", "no name");
        };
    }

    /// In every part of the file, at both ends of each region, and on both sides of where its copied end begins.
    @ParameterizedTest
    @ValueSource(strings = {"short", "quick", "engine"})
    void damagedAnywhere(String name) throws IOException {
        Ran expected = using(name).run();
        Path file = image.resolve("lib/" + name + ".jsa");
        byte[] good = Files.readAllBytes(file);
        int end = endsOfRegions(good).get(4);
        List<Integer> places =
                new ArrayList<>(List.of(0, 64, 1_000, 4_096, end - 4_096, end - 1, end, end + 4_096, good.length - 1));
        for (int part = 1; part < 24; part++) {
            places.add(good.length / 24 * part);
        }
        places.addAll(endsOfRegions(good));
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            int length = Math.min(4_096, good.length - place);
            Ran ran = switch (i % 4) {
                case 0 -> damaged(name, good, place, noise(length));
                case 1 -> damaged(name, good, place, new byte[length]);
                case 2 -> damaged(name, good, place, new byte[] {(byte) (good[place] ^ 1)});
                default -> damaged(name, Arrays.copyOf(good, place), 0, new byte[0]);
            };
            assertThat(ran)
                    .as("damage %d at %d of %d", i % 4, place, good.length)
                    .isEqualTo(expected);
        }
    }

    /// The first and the last byte of each region, which is the unit of the JVM's checksums. The header describes
    /// five: read-write, read-only, bitmap, heap, and one for code, which is empty.
    private static List<Integer> endsOfRegions(byte[] archive) {
        ByteBuffer header = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> ends = new ArrayList<>();
        for (int region = 24; region < 24 + 4 * 96; region += 96) {
            int start = Math.toIntExact(header.getLong(region + 24));
            int size = Math.toIntExact(header.getLong(region + 40));
            assertThat(start).isBetween(4_096, archive.length);
            assertThat(size).isBetween(1, archive.length - start);
            ends.add(start);
            ends.add(start + size - 1);
        }
        return ends;
    }

    private Ran damaged(String name, byte[] good, int place, byte[] damage) throws IOException {
        byte[] content = good.clone();
        System.arraycopy(damage, 0, content, place, damage.length);
        // A new file: processes that have mapped the old one keep it.
        Path file = image.resolve("lib/" + name + ".jsa");
        Files.delete(file);
        Files.write(file, content);
        return using(name).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick.end", "quick.offset", "engine.end", "engine.offset"})
    void withoutWhatItsEndIsComparedWith(String name) throws IOException {
        String archive = name.substring(0, name.indexOf('.'));
        Ran expected = using(archive).run();
        Files.write(image.resolve("lib/" + name), noise(1 << 10));
        assertThat(using(archive).run()).isEqualTo(expected);
        Files.delete(image.resolve("lib/" + name));
        assertThat(using(archive).run()).isEqualTo(expected);
    }

    /// A JVM would warn of such files in the current folder, on standard output.
    @ParameterizedTest
    @ValueSource(strings = {"short", "quick", "engine"})
    void filesForOtherJavasInTheCurrentFolderAreNotRead(String name) throws IOException {
        Ran expected = using(name).run();
        Files.writeString(folder.resolve(".hotspotrc"), "+PrintFlagsFinal\n");
        Files.writeString(folder.resolve(".hotspot_compiler"), "print *::*\n");
        assertThat(using(name).in(folder).run()).isEqualTo(expected);
    }

    /// Messages of the JVM never reach standard output.
    @ParameterizedTest
    @ValueSource(strings = {"short", "quick", "engine"})
    void aJvmThatCannotStartSaysSoOnStandardError(String name) {
        Ran ran = using(name)
                .env("WGJ_JAVA_OPTS", "-Xms900m -Xmx10m")
                .env("SUDO_UID", "")
                .run();
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.stdout()).isEmpty();
        assertThat(ran.stderr()).contains("heap");
    }

    private Command pubkey() {
        return Command.of(image.resolve("bin/wgj"), "pubkey").stdin(PRIVATE);
    }

    private void assertUnharmed() {
        assertThat(pubkey().run()).isEqualTo(new Ran(0, PUBLIC, ""));
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
