// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `wgj demo` on the kernel of this machine: with its WireGuard, or with a userspace implementation.
@Tag("namespace")
class DemoNamespaceTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "--engine"})
    void showsATunnelAndLeavesNothing(String option) {
        Traces before = Traces.now();

        Ran ran = (option.isEmpty() ? Product.wgj("demo") : Product.wgj("demo", option))
                .run()
                .ok();

        assertThat(ran.stdout())
                .contains("answer 3 after ", "arrived after ", "latest handshake: ", "done in ")
                .doesNotContainPattern("PrivateKey = [A-Za-z0-9+/]{43}=");
        assertThat(ran.stderr()).contains(" left-", "[#] ip link delete dev right-");
        assertThat(ran.stderr().contains("[#] wgj engine left-")).isEqualTo(!option.isEmpty() || !kernelHasWireGuard());
        assertThat(Traces.now()).isEqualTo(before);
    }

    private static boolean kernelHasWireGuard() {
        return Files.exists(Path.of("/sys/module/wireguard"));
    }

    /// Ctrl-C reaches every process of the terminal's group, `kill` only one. No process can catch signal 9.
    @ParameterizedTest
    @CsvSource({"INT,", "KILL,", "INT,--engine"})
    @Tag("long")
    void leavesNothingWhenItIsEndedInTheMiddle(String signal, @Nullable String option) throws Exception {
        Traces before = Traces.now();
        Path out = Files.createTempFile("wgj-demo", ".out");
        try {
            List<String> words = new ArrayList<>(
                    List.of("setsid", Product.root().resolve("wgj").toString(), "demo"));
            if (option != null) {
                words.add(option);
            }
            Process demo = new ProcessBuilder(words)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            for (int i = 0; i < 3000 && demo.isAlive() && !Files.readString(out).contains("answer 1"); i++) {
                Thread.sleep(10);
            }
            String whom = signal.equals("INT") ? "-" + demo.pid() : Long.toString(demo.pid());
            Command.of("kill", "-s", signal, "--", whom).run();
            assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(out)).contains("answer 1");
            for (int i = 0; i < 500 && !Traces.now().equals(before); i++) {
                Thread.sleep(20);
            }
            assertThat(Traces.now()).isEqualTo(before);
        } finally {
            Files.delete(out);
        }
    }
}
