// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whichever step fails, and wherever the process is killed, nothing of the tunnel is left.
@Tag("namespace")
class RollbackNamespaceTest extends RealTunnelCase {
    @Test
    void undoesEverythingWhicheverStepFails() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            int steps = countSteps(tunnel);
            assertThat(steps).isGreaterThan(15);
            for (int k = 0; k < steps; k++) {
                int[] left = {k};
                QuickRun failing = tunnel.run(root(), told -> {
                    if (left[0]-- == 0) {
                        throw new IllegalStateException("step " + told);
                    }
                });
                assertThatThrownBy(() -> failing.up(tunnel.request(false))).isInstanceOf(IllegalStateException.class);
                assertThat(state()).as("after failing at step " + k).isEqualTo(before);
                awaitNoLink();
            }
        });
    }

    @Tag("long")
    @Test
    void restoresWhatWasThereAfterBeingKilledAtAnyStep() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            String file = file("true", "");
            RealTunnel tunnel = tunnel(file);
            int steps = countSteps(tunnel);
            for (int k = 0; k < steps; k++) {
                assertThat(killedAt(k, file)).as("step " + k).isEqualTo(137);
                if (k % 2 == 0) {
                    run(tunnel).down(tunnel.request(false));
                } else {
                    awaitNoLinkUnlessThere();
                    run(tunnel).up(tunnel.request(false));
                    run(tunnel).down(tunnel.request(false));
                }
                assertThat(state()).as("after being killed at step " + k).isEqualTo(before);
                awaitNoLink();
            }
        });
    }

    private static void awaitNoLinkUnlessThere() throws Exception {
        if (!output("ip -br link").contains(NAME)) {
            awaitNoLink();
        }
    }

    private int countSteps(RealTunnel tunnel) throws Exception {
        int[] calls = {0};
        tunnel.run(root(), told -> calls[0]++).up(tunnel.request(false));
        int count = calls[0];
        run(tunnel).down(tunnel.request(false));
        awaitNoLink();
        return count;
    }

    private int killedAt(int step, String file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RealTunnel.class.getName(),
                        NAME,
                        file,
                        root(),
                        Integer.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
