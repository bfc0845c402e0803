// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a command whose output has nowhere to go, as scripts see it.
class OutputTest {
    private static final String FULL = "No space left on device";
    private static final String CLOSED = "Bad file descriptor";

    @Test
    void aReaderThatLeftEndsItAsTheSignalWould() {
        for (String command : new String[] {"wg genkey", "wgj genkey", "wgj help"}) {
            assertThat(script("{ sleep 0.3; " + command + "; echo $? >&2; } | true")
                            .stderr())
                    .isEqualTo("141\n");
        }
    }

    /// Not an exit code of 141 but the signal itself, which other parents than a shell see.
    @Test
    void theSignalItselfEndsIt() {
        String parent = "import subprocess, os\n"
                + "r, w = os.pipe(); os.close(r)\n"
                + "print(subprocess.run(['wg', 'genkey'], stdout=w).returncode)";
        assertThat(script("python3 -c \"" + parent + "\"").stdout()).isEqualTo("-13\n");
    }

    @Test
    void underTheOriginalsNameAFullDeviceIsNotNoticed() {
        assertThat(script("wg genkey >/dev/full; echo $?")).isEqualTo(new Ran(0, "0\n", ""));
        assertThat(script("wg genkey >&-; echo $?")).isEqualTo(new Ran(0, "0\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wgj genkey",
                "wgj genpsk",
                "wgj help",
                "wgj --version",
                "wgj show interfaces --json",
                "wgj genkey | wgj pubkey",
                "wgj-quick help plan",
            })
    void underOurNameItIsAFailure(String command) {
        assertThat(script(command + " >/dev/full; echo $?")).isEqualTo(new Ran(0, "1\n", lost(FULL)));
        assertThat(script(command + " >&-; echo $?")).isEqualTo(new Ran(0, "1\n", lost(CLOSED)));
    }

    @Test
    void whoPrintsNothingLosesNothing() {
        assertThat(script("wgj show interfaces >&-; echo $?")).isEqualTo(new Ran(0, "0\n", ""));
    }

    @Test
    void aFailureKeepsItsCode() {
        assertThat(script("wgj show nosuch --json >/dev/full; echo $?").stdout())
                .isEqualTo("5\n");
    }

    @Test
    void whatAFileIsStrippedToIsLostWithAWord(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("wg0.conf"), "[Interface]\nListenPort = 5\n");
        for (String quick : new String[] {"wg-quick", "wgj-quick"}) {
            Ran ran = script("chmod 700 " + folder + "; " + quick + " strip " + file + " >/dev/full; echo $?");
            assertThat(ran.stdout()).isEqualTo("1\n");
            assertThat(ran.stderr())
                    .isEqualTo(quick.equals("wg-quick") ? "wg-quick: write error: " + FULL + "\n" : lost(FULL));
        }
        assertThat(script("wgj-quick plan --no-dns " + file + " >/dev/full; echo $?")
                        .stdout())
                .isEqualTo("1\n");
        assertThat(script("wgj-quick plan --no-dns --check --json " + file + " >/dev/full; echo $?")
                        .stdout())
                .isEqualTo("1\n");
    }

    @Test
    void aKeyFileIsNotLeftWithoutItsPublicKey(@TempDir Path folder) {
        Path key = folder.resolve("key");
        Ran ran = script("wgj genkey -o " + key + " >/dev/full; echo $?");
        assertThat(ran.stdout()).isEqualTo("1\n");
        assertThat(ran.stderr()).startsWith("wgj: " + key + ": removed again").endsWith(lost(FULL));
        assertThat(key).doesNotExist();
        String line = "umask 777; public=$(wgj genkey -o %k); [ $public = $(wgj pubkey < %k) ] && stat -c %a %k";
        assertThat(script(line.replace("%k", key.toString()))).isEqualTo(new Ran(0, "600\n", ""));
    }

    private static String lost(String reason) {
        return "wgj: standard output: " + reason + "; not all of it was written\n";
    }

    private static Ran script(String text) {
        return Command.of("bash", "-c", text)
                .env("PATH", Product.root() + ":" + Product.links() + ":" + System.getenv("PATH"))
                .run();
    }
}
