// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.FakeDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.run.IdleEngine;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher's way into the background and to its end, with a Java home whose `java` runs [IdleEngine].
@Tag("namespace")
@Timeout(120)
class EngineLaunchTest {
    private static final String NAME = "wgidle0";
    private static final Path SOCKET = Path.of(UapiSockets.DEFAULT_FOLDER, NAME + ".sock");

    @TempDir
    Path home;

    @BeforeEach
    void makeJavaHome() throws Exception {
        Path real = Path.of(System.getProperty("java.home"));
        Files.copy(real.resolve("release"), home.resolve("release"));
        String more = classPathOf(IdleEngine.class) + ":" + classPathOf(FakeDevice.class);
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/bash
                words=()
                for word; do
                  case $word in
                    # One loader for both: IdleEngine uses what only its own package may.
                    -Xbootclasspath/a:*) ;;
                    *.jar) words+=("$word:%s") ;;
                    io.wgj.cli.Main) words+=(io.wgj.engine.run.IdleEngine "${!#}"); break ;;
                    *) words+=("$word") ;;
                  esac
                done
                exec %s/bin/java "${words[@]}"
                """.formatted(more, real));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void end() throws Exception {
        Files.deleteIfExists(SOCKET);
        awaitNoProcess();
    }

    @Test
    void theLauncherReturnsWhenTheSocketAnswers() throws Exception {
        Ran ran = launch("wgj", "engine", NAME);

        assertThat(ran).isEqualTo(new Ran(0, "", ""));
        assertThat(new UapiSockets().open(new DeviceName(NAME)).read().peers()).isEmpty();
    }

    @Test
    void theReferencesWayOfCallingItWorks() {
        assertThat(launch("wgj-engine", NAME)).isEqualTo(new Ran(0, "", ""));
        assertThat(SOCKET).exists();
    }

    @Test
    void aDaemonHasLeftItsSessionAndItsTerminal() throws Exception {
        launch("wgj", "engine", NAME);
        Path process = process();

        assertThat(stat(process, 6))
                .as("session")
                .isEqualTo(process.getFileName().toString());
        for (String descriptor : List.of("0", "1", "2")) {
            assertThat(Files.readSymbolicLink(process.resolve("fd").resolve(descriptor)))
                    .isEqualTo(Path.of("/dev/null"));
        }
    }

    /// A process that reads its output to the end, such as the other side of a pipe, would wait for the
    /// daemon.
    @ParameterizedTest
    @ValueSource(strings = {"", "verbose"})
    void aDaemonHoldsNothingOfWhatItsCallerHasOpen(String level) throws Exception {
        Path file = Files.createFile(home.resolve("open"));
        Command.of(
                        "bash",
                        "-c",
                        "exec 7<\"$1\" 8>&7 12>\"$1\" 200<\"$1\"; \"$0\" engine \"$2\" 2>&1 | cat",
                        Product.root().resolve("wgj").toString(),
                        file.toString(),
                        NAME)
                .env("WGJ_JAVA_HOME", home.toString())
                .env("SUDO_UID", "")
                .env("LOG_LEVEL", level)
                .timeout(Duration.ofSeconds(30))
                .run()
                .ok();

        Path process = process();
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            for (Path descriptor : open.toList()) {
                String target;
                try {
                    target = Files.readSymbolicLink(descriptor).toString();
                } catch (NoSuchFileException _) {
                    // Closed meanwhile: one of the engine's own.
                    continue;
                }
                assertThat(target)
                        .as(descriptor.getFileName().toString())
                        .doesNotStartWith("pipe:")
                        .isNotEqualTo(file.toString());
            }
        }
    }

    /// In a mount namespace of its own, where this test reads what the system's log would.
    @Test
    void errorsOfADaemonGoToTheSystemsLog() throws Exception {
        Ran ran = Command.of(
                        "unshare",
                        "--mount",
                        "bash",
                        "-c",
                        """
                        mount -t tmpfs tmpfs /mnt; cp -a /dev/null /mnt/; mount --bind /mnt /dev
                        python3 -c '
                        import socket
                        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                        s.bind("/dev/log"); s.settimeout(25)
                        open("/dev/ready", "w").close()
                        print(s.recv(1000).decode())' & reader=$!
                        until [ -e /dev/ready ]; do sleep .02; done
                        "$0" engine "$1" || exit
                        python3 -c '
                        import socket, sys
                        s = socket.socket(socket.AF_UNIX)
                        s.connect("/var/run/wireguard/" + sys.argv[1] + ".sock")
                        s.send(b"set=1\\nfwmark=x\\n\\n"); s.recv(100)' "$1"
                        wait $reader""",
                        Product.root().resolve("wgj").toString(),
                        NAME)
                .env("WGJ_JAVA_HOME", home.toString())
                .env("SUDO_UID", "")
                .env("LOG_LEVEL", "")
                .timeout(Duration.ofSeconds(60))
                .run();

        assertThat(ran.exit()).as(ran.stderr()).isZero();
        assertThat(ran.stderr()).isEmpty();
        assertThat(ran.stdout())
                .matches("<27>[A-Z][a-z]{2} [ 1-3]\\d \\S+ wgj-engine\\[\\d+]: \\(" + NAME
                        + "\\) UAPI: set is refused: fwmark: no number\n");
    }

    @Test
    void everyThreadHasOneRightAlone() throws Exception {
        launch("wgj", "engine", NAME);

        assertThat(rights()).containsExactly("CapEff:\t0000000000001000", "CapPrm:\t0000000000001000");
    }

    @Test
    void everyThreadHasOneRightAloneWhereTheLauncherCannotTakeTheOthers() throws Exception {
        command("wgj", "engine", NAME)
                .under("setpriv", "--bounding-set", "-setpcap", "--")
                .run()
                .ok();

        assertThat(rights()).containsExactly("CapEff:\t0000000000001000", "CapPrm:\t0000000000001000");
    }

    @Test
    void lowPortsAreARightMore() throws Exception {
        command("wgj", "engine", NAME).env("WGJ_ENGINE_LOW_PORTS", "1").run().ok();

        assertThat(rights()).containsExactly("CapEff:\t0000000000001400", "CapPrm:\t0000000000001400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void signalsEndItAndLeaveNothing(String signal) throws Exception {
        launch("wgj", "engine", NAME);

        Command.of("kill", "-" + signal, process().getFileName().toString())
                .run()
                .ok();

        awaitNoProcess();
        assertThat(SOCKET).doesNotExist();
    }

    @Test
    void theRemovalOfItsSocketEndsIt() throws Exception {
        launch("wgj", "engine", NAME);

        Files.delete(SOCKET);

        awaitNoProcess();
    }

    @Test
    void aNameThatIsTakenIsASentence() {
        launch("wgj", "engine", NAME);

        Ran second = launch("wgj", "engine", NAME);

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.stderr())
                .startsWith("wgj: engine: " + NAME + ": an engine of this name runs already")
                .hasLineCount(1);
        assertThat(SOCKET).exists();
    }

    @Test
    void whatAKilledOneLeftIsNoHindrance() throws Exception {
        launch("wgj", "engine", NAME);
        Command.of("kill", "-KILL", process().getFileName().toString()).run().ok();
        awaitNoProcess();
        assertThat(SOCKET).exists();

        assertThat(launch("wgj", "engine", NAME)).isEqualTo(new Ran(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "--foreground", ""})
    void inTheForegroundItStays(String option) throws Exception {
        Command command = option.isEmpty()
                ? command("wgj", "engine", NAME).env("WG_PROCESS_FOREGROUND", "1")
                : command("wgj", "engine", option, NAME);
        Thread remover = Thread.ofPlatform().start(() -> {
            try {
                while (!new UapiSockets().exists(new DeviceName(NAME))) {
                    Thread.sleep(20);
                }
                Files.delete(SOCKET);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        Ran ran = command.env("LOG_LEVEL", "verbose").run();

        remover.join();
        assertThat(ran.exit()).as(ran.stderr()).isZero();
        assertThat(ran.stderr())
                .containsPattern(
                        "DEBUG: \\(" + NAME + "\\) \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d UAPI listener started")
                .contains("The file of the UAPI socket is gone");
    }

    private Ran launch(String program, String... words) {
        return command(program, words).run();
    }

    private Command command(String program, String... words) {
        return Command.of(Product.root().resolve(program), words)
                .env("WGJ_JAVA_HOME", home.toString())
                .env("SUDO_UID", "")
                .env("LOG_LEVEL", "")
                .timeout(Duration.ofSeconds(30));
    }

    /// The distinct lines of all threads. One that ends meanwhile is gone from /proc.
    private static Set<String> rights() throws IOException {
        Set<String> lines = new TreeSet<>();
        try (Stream<Path> tasks = Files.list(process().resolve("task"))) {
            for (Path task : tasks.toList()) {
                lines.addAll(rights(task));
            }
        }
        return lines;
    }

    private static Set<String> rights(Path task) throws IOException {
        try (Stream<String> status = Files.lines(task.resolve("status"))) {
            return status.filter(line -> line.startsWith("CapEff") || line.startsWith("CapPrm"))
                    .collect(Collectors.toSet());
        } catch (NoSuchFileException | UncheckedIOException _) {
            return Set.of();
        }
    }

    private static String stat(Path process, int field) throws IOException {
        String text = Files.readString(process.resolve("stat"));
        return text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[field - 3];
    }

    private static Path process() throws IOException {
        List<Path> found = processes();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<Path> processes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(EngineLaunchTest::isEngine).toList();
        }
    }

    private static boolean isEngine(Path process) {
        try {
            List<String> words =
                    Arrays.asList(Files.readString(process.resolve("cmdline")).split("\0", -1));
            return words.contains(IdleEngine.class.getName()) && words.contains(NAME);
        } catch (IOException _) {
            return false;
        }
    }

    private static void awaitNoProcess() throws Exception {
        while (!processes().isEmpty()) {
            Thread.sleep(20);
        }
    }

    private static String classPathOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
