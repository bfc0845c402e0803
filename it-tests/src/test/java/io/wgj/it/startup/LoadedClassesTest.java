// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The originals' commands load no class of picocli: those would cost a third of the command. The archive of
/// wgj-quick links the classes of all its commands in advance, so a class counts as loaded there in every run.
class LoadedClassesTest {
    private static final String PICOCLI = " picocli.";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wgj genkey",
                "wgj genpsk",
                "wgj pubkey </dev/null",
                "wgj show",
                "wgj show interfaces",
                "wgj show nope dump",
                "wgj set nope listen-port 1",
                "wgj setconf nope /dev/null",
                "wg help",
            })
    void theOriginalsCommandsLoadNoPicocli(String command) throws IOException {
        assertThat(loadedBy(command)).contains(" io.wgj.cli.Main ").doesNotContain(PICOCLI);
    }

    /// A command that makes native calls sets up no method handles (jffi's own would cost it a quarter of its
    /// time), and all of its classes come from the archive: for a single one outside of it the JVM opens the jar.
    @ParameterizedTest
    @ValueSource(strings = {"wgj genkey", "wgj show interfaces", "wgj show nope dump"})
    void nativeCallsSetUpNoMethodHandles(String command) throws IOException {
        assertThat(loadedBy(command))
                .contains(" com.kenai.jffi.Foreign ")
                .doesNotContain(" java.util.regex.Pattern ", "LambdaForm$MH/", "$$Lambda/");
        assertThat(loadedBy(command).lines())
                .filteredOn(line -> line.contains(" source: "))
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.endsWith(" source: shared objects file"));
    }

    @Test
    void ourOwnCommandsDo() throws IOException {
        assertThat(loadedBy("wgj help")).contains(PICOCLI);
    }

    private String loadedBy(String command) throws IOException {
        Path log = folder.resolve("log");
        Command.of("bash", "-c", command)
                .env("PATH", Product.root() + ":" + Product.links() + ":" + System.getenv("PATH"))
                .env("WGJ_JAVA_OPTS", "-Xlog:class+load:file=" + log)
                .run();
        return Files.readString(log);
    }
}
