// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files from which reading may never end: a FIFO that no process writes to keeps the original waiting for ever.
/// No command here may wait for one, but each must wait for a pipe that its caller hands over.
class FilesThatWaitTest {
    private static final String PEER = "peer xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg= ";
    private static final String REFUSED = "fopen: Invalid argument\n";

    @TempDir
    Path folder;

    @BeforeEach
    void makeFifo() {
        assertThat(script("chmod 700 .; mkfifo -m 600 fifo w0.conf").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set nosuch private-key fifo",
                "set nosuch " + PEER + "preshared-key fifo",
                "set nosuch private-key /dev/zero",
                "set nosuch private-key /dev/ptmx",
                "setconf nosuch fifo",
                "addconf nosuch fifo",
                "syncconf nosuch fifo",
                "setconf nosuch /dev/urandom",
                "setconf nosuch /dev/zero",
            })
    void aFifoOrDeviceIsRefused(String words) {
        assertThat(script("wg " + words)).isEqualTo(new Ran(1, "", REFUSED));
        assertThat(script("wgj " + words).stderr())
                .startsWith(REFUSED)
                .contains(words.contains("/dev/") ? "this is a device; " : "this is a FIFO; ");
    }

    @Test
    void aWriterThatWaitsIsNotDisturbed() {
        assertThat(script("(echo 1 > fifo; echo written) & wg setconf nosuch fifo 2>/dev/null; read line < fifo; wait")
                        .stdout())
                .isEqualTo("written\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wg set nosuch private-key <(sleep 0.2; wg genkey)",
                "wg set nosuch " + PEER + "preshared-key <(sleep 0.2; wg genkey)",
                "(sleep 0.2; wg genkey) | wg set nosuch private-key /dev/stdin",
                "(sleep 0.2; wg genkey) | wg set nosuch private-key /proc/self/fd/0",
                "wg setconf nosuch <(sleep 0.2; echo '[Interface]')",
                "(sleep 0.2; echo '[Interface]') | wg addconf nosuch /dev/stdin",
                "wg set nosuch private-key /dev/null",
                "wg setconf nosuch /dev/null",
                "(sleep 0.2; wg genkey > fifo) & wg set nosuch private-key /dev/fd/7 7<fifo",
            })
    void whatTheCallerHandsOverIsRead(String line) {
        assertThat(script(line).stderr())
                .matches("Unable to modify interface: (No such device|Protocol not supported)\n");
    }

    @Test
    void anEmptyPipeIsNoEmptyFile() {
        assertThat(script("wg set nosuch private-key <(sleep 0.2; exit 1)").stderr())
                .isEqualTo("Invalid length key in key file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "save", "strip", "reload", "plan"})
    void aFifoIsNoConfigurationFile(String verb) {
        Ran ran = script("wgj-quick " + verb + " ./w0.conf");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr())
                .isEqualTo("wgj-quick: `" + folder.resolve("w0.conf") + "': this is a FIFO; only regular files,"
                        + " /dev/stdin and `<(command)' are read\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PrivateKeyFile = fifo",
                "PrivateKeyFile = /dev/null\n#",
                "PrivateKeyFile = /dev/stdin",
                "PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n[Peer]\nPublicKey ="
                        + " xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\nPresharedKeyFile = fifo",
            })
    void aKeyFileIsARegularFile(String lines) {
        Ran ran = script("umask 077; printf '[Interface]\n" + lines.replace("\n", "\\n")
                + "\n' > w1.conf; wgj-quick plan ./w1.conf < /dev/zero");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.stderr()).contains("w1.conf:").containsAnyOf("this is a FIFO", "is not a regular file");
    }

    private Ran script(String text) {
        return Command.of("bash", "-c", text)
                .env("PATH", Product.root() + ":" + Product.links() + ":" + System.getenv("PATH"))
                .in(folder)
                .run();
    }
}
