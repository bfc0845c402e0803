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
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever became of the cache, a command prints what it prints, and nothing else.
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
