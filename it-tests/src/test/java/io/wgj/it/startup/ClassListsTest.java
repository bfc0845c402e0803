// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.it.Command;
import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The committed class lists hold what today's build loads. A list that is out of date costs time and nothing
/// else: for a single class outside of the archive the JVM opens the jar.
@Tag("long")
class ClassListsTest {
    /// The training of the engine has several threads: where two of them meet, the JDK loads a class more, such as
    /// ThreadLocalRandom for two that add to one map at once.
    private static final int BY_CHANCE = 5;

    private static final Path LAUNCHER = Product.root().resolve("packaging/src/launcher");

    @TempDir
    static Path fresh;

    private static boolean withEngine;

    @BeforeAll
    static void makeLists() {
        withEngine = Command.of(LAUNCHER.resolve("alone"), "true").run().exit() == 0;
        int exit = Command.of(LAUNCHER.resolve("make-lists"), fresh.toString())
                .timeout(Duration.ofMinutes(5))
                .run()
                .exit();
        assertThat(exit).isEqualTo(withEngine ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "quick"})
    void aListHoldsWhatTheTrainingLoads(String name) throws IOException {
        assertCovered(name);
    }

    @Test
    void theEnginesListHoldsWhatItsTrainingLoads() throws IOException {
        assumeTrue(withEngine, "needs a network namespace");
        assertCovered("engine");
    }

    private static void assertCovered(String name) throws IOException {
        Set<String> missing = new TreeSet<>(Files.readAllLines(fresh.resolve(name + ".list")));
        assertThat(missing).hasSizeGreaterThan(500).contains("io/wgj/cli/Main", "java/lang/Object");
        missing.removeAll(Files.readAllLines(LAUNCHER.resolve(name + ".list")));
        String advice = name + ".list is out of date: run packaging/src/launcher/make-lists and commit the lists";
        assertThat(missing).as(advice).allMatch(line -> line.matches("(java|jdk|sun)/.*"));
        assertThat(missing).as(advice).hasSizeLessThanOrEqualTo(BY_CHANCE);
    }
}
