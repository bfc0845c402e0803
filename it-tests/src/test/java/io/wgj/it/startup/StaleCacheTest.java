// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A missing, stale or damaged cache changes nothing in what a command prints.
class StaleCacheTest {
    // RFC 7748, section 6.1: Alice's keys.
    private static final String PRIVATE = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=\n";
    private static final String PUBLIC = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=\n";

    @TempDir
    Path folder;

    private Path image;
    private Path cache;

    @BeforeEach
    void copyTheImage() {
        image = folder.resolve("image");
        cache = image.resolve("lib/short.aot");
        Command.of("cp", "-aL", Product.root().resolve("packaging/target/image").toString(), image.toString())
                .run()
                .ok();
    }

    @Test
    void copiedImageStillUsesItsCache() throws IOException {
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
        Files.delete(cache);

        assertUnharmed();
    }

    @ParameterizedTest(name = "the first {0} bytes")
    @ValueSource(longs = {0, 10, 4096, 100_000, 5_000_000})
    void truncated(long length) throws IOException {
        try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
            file.truncate(length);
        }

        assertUnharmed();
    }

    @ParameterizedTest(name = "256 bytes at {0}")
    @ValueSource(longs = {0, 64, 1_000, 4_096, 100_000, 5_000_000, 9_000_000})
    void damaged(long offset) throws IOException {
        try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(noise(256)), offset);
        }

        assertUnharmed();
    }

    @Test
    void garbage() throws IOException {
        Files.write(cache, noise(1 << 20));

        assertUnharmed();
    }

    @Test
    void madeForAnotherJar() throws IOException {
        Files.setLastModifiedTime(image.resolve("lib/wgj.jar"), FileTime.fromMillis(0));

        assertUnharmed();
    }

    /// A command that starts with the cache `name`, without rights and to its end.
    private Command using(String name) {
        return switch (name) {
            case "short" -> pubkey();
            case "quick" -> Command.of(image.resolve("bin/wgj-quick"), "help", "up");
            default -> Command.of(image.resolve("bin/wgj"), "engine", "-f", "no name");
        };
    }

    /// In every part of the file, and on both sides of where its copied end begins.
    @ParameterizedTest
    @ValueSource(strings = {"short", "quick", "engine"})
    void damagedAnywhere(String name) throws IOException {
        Ran expected = using(name).run();
        Path file = image.resolve("lib/" + name + ".aot");
        byte[] good = Files.readAllBytes(file);
        int end = good.length - good.length / 8;
        List<Integer> places =
                new ArrayList<>(List.of(0, 64, 1_000, 4_096, end - 4_096, end - 1, end, end + 4_096, good.length - 1));
        for (int part = 1; part < 24; part++) {
            places.add(good.length / 24 * part);
        }
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

    private Ran damaged(String name, byte[] good, int place, byte[] damage) throws IOException {
        byte[] content = good.clone();
        System.arraycopy(damage, 0, content, place, damage.length);
        // A new file: processes that have mapped the old one keep it.
        Path file = image.resolve("lib/" + name + ".aot");
        Files.delete(file);
        Files.write(file, content);
        return using(name).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick.end", "quick.offset", "engine.end", "engine.offset"})
    void withoutWhatItsEndIsComparedWith(String name) throws IOException {
        String cache = name.substring(0, name.indexOf('.'));
        Ran expected = using(cache).run();
        Files.write(image.resolve("lib/" + name), noise(1 << 10));
        assertThat(using(cache).run()).isEqualTo(expected);
        Files.delete(image.resolve("lib/" + name));
        assertThat(using(cache).run()).isEqualTo(expected);
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
