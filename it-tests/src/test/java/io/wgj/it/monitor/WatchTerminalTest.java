// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.config.text.Latin1;
import io.wgj.it.Command;
import io.wgj.it.Daemon;
import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `wgj watch` on a real terminal, that of tmux: what it shows, and that the terminal is afterwards what it was.
@Tag("namespace")
@Tag("long")
@ExtendWith(NetNamespaces.class)
class WatchTerminalTest {
    private static final String PRIVATE = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    private static final String PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String OTHER = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    private static final String DEVICE = "wgtwatch0";

    @TempDir
    private Path folder;

    private String socket = "";

    @BeforeEach
    void needsTmux() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "tmux is not installed: apt-get install tmux");
        socket = folder.resolve("tmux").toString();
    }

    @AfterEach
    void endTmux() {
        Command.of("tmux", "-S", socket, "kill-server").run();
    }

    /// A shell in a terminal that runs the command, and then says how it ended and what the terminal is.
    private void start(NetNamespace namespace, int columns, int lines, String words) throws IOException {
        Path file = folder.resolve("device.conf");
        Files.writeString(
                file,
                "[Interface]\nPrivateKey = " + PRIVATE + "\n[Peer]\nPublicKey = " + PEER
                        + "\nEndpoint = 192.0.2.7:51820\nAllowedIPs = 10.9.0.0/24\n[Peer]\nPublicKey = " + OTHER
                        + "\n");
        namespace.run(Product.wgj("setconf", DEVICE, file.toString())).ok();
        Path script = folder.resolve("run.sh");
        Files.writeString(
                script,
                "cd '" + folder + "'\ntrap : INT\nstty -g >before\nsh -c 'echo $$ >pid; exec \"$@\"' sh '"
                        + Product.root().resolve("wgj") + "' " + words
                        + "\necho \"ended with $?\"\nstty -g >after\nexec cat\n");
        namespace
                .run(Command.of(
                        "tmux",
                        "-u",
                        "-S",
                        socket,
                        "-f",
                        "/dev/null",
                        "new-session",
                        "-d",
                        "-x",
                        String.valueOf(columns),
                        "-y",
                        String.valueOf(lines),
                        "bash " + script))
                .ok();
    }

    private String tmux(String... words) {
        return Command.of("tmux", "-u", "-S", socket).with(words).run().ok().stdout();
    }

    /// What the terminal shows, once it is as expected. Figures and times of day are masked by `#`.
    private String shown(Predicate<String> expected) throws InterruptedException {
        String screen = "";
        for (int tries = 0; tries < 300; tries++) {
            screen = Latin1.toUnicode(tmux("capture-pane", "-p"));
            if (expected.test(screen)) {
                return screen.replaceAll("\\d\\d:\\d\\d:\\d\\d", "##:##:##")
                        .replaceAll("\\d+( B/s)", "#$1")
                        .replaceAll("[▁▂▃▄▅▆▇█]+", "~")
                        .replaceAll(" +~", " ~");
            }
            Thread.sleep(50);
        }
        throw new AssertionError("never shown; the last screen:\n" + screen);
    }

    @Test
    void showsSortsFiltersResizesAndQuits(NetNamespace namespace) throws Exception {
        try (Daemon _ = Daemon.start(namespace, DEVICE)) {
            start(namespace, 100, 7, "watch " + DEVICE);
            assertThat(shown(screen -> screen.contains("? keys"))).isEqualTo("""
                    wgtwatch0: 2 peers, 0 up, 0 down  received # B/s  sent # B/s                                ##:##:##
                    PEER                    STATE       HANDSHAKE    RECEIVED        SENT  TRAFFIC     ENDPOINT
                    TrMvSoP4jYQlY6RIzBgbs…  idle            never       # B/s       # B/s ~  -
                    xTIBA5rboUvnH4htodjb6…  idle            never       # B/s       # B/s ~  192.0.2.7:51820


                    q quit  s sort: activity  / filter  p pause  ? keys
                    """);
            tmux("send-keys", "s", "r");
            shown(screen ->
                    screen.contains("sort: name, reversed") && screen.indexOf("xTIBA") < screen.indexOf("TrMvSo"));
            tmux("send-keys", "/", "1", "9", "2");
            assertThat(shown(screen -> screen.contains("filter: 192_")))
                    .contains("xTIBA")
                    .doesNotContain("TrMvSo");
            tmux("send-keys", "Escape");
            shown(screen -> screen.contains("TrMvSo"));
            tmux("resize-window", "-x", "20", "-y", "5");
            assertThat(shown(screen -> screen.startsWith("wgtwatch0: 2 peers,\n")))
                    .isEqualTo("""
                    wgtwatch0: 2 peers,
                    PEER      STATE
                    xTIBA5r…  idle
                    TrMvSoP…  idle
                    q quit  s sort: nam…
                    """);
            tmux("send-keys", "q");
            assertThat(shown(screen -> screen.contains("ended with"))).startsWith("ended with 0");
            assertRestored();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130", "HUP,129"})
    void aSignalRestoresTheTerminal(String signal, int code, NetNamespace namespace) throws Exception {
        try (Daemon _ = Daemon.start(namespace, DEVICE)) {
            start(namespace, 80, 10, "watch " + DEVICE);
            shown(screen -> screen.contains("? keys"));
            assertThat(tmux("display", "-p", "#{alternate_on} #{cursor_flag}")).isEqualTo("1 0\n");
            Command.of(
                            "kill",
                            "-" + signal,
                            Files.readString(folder.resolve("pid")).strip())
                    .run()
                    .ok();
            shown(screen -> screen.contains("ended with " + code));
            assertRestored();
        }
    }

    @Test
    void controlCRestoresTheTerminal(NetNamespace namespace) throws Exception {
        try (Daemon _ = Daemon.start(namespace, DEVICE)) {
            start(namespace, 80, 10, "watch");
            shown(screen -> screen.contains("? keys"));
            tmux("send-keys", "C-z", "C-c");
            shown(screen -> screen.contains("ended with 130"));
            assertRestored();
        }
    }

    private void assertRestored() throws Exception {
        assertThat(tmux("display", "-p", "#{alternate_on} #{cursor_flag}")).isEqualTo("0 1\n");
        for (int tries = 0; !Files.exists(folder.resolve("after")) && tries < 200; tries++) {
            Thread.sleep(50);
        }
        assertThat(Files.readString(folder.resolve("after"))).isEqualTo(Files.readString(folder.resolve("before")));
    }
}
