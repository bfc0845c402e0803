// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the launcher makes of its name, its words and its environment. The JVM is a script here, which writes down
/// what it was called with.
class LauncherTest {
    @TempDir
    Path folder;

    private Path java;

    @BeforeEach
    void makeJava() throws IOException {
        java = folder.resolve("jdk");
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Path binary = Files.writeString(java.resolve("bin/java"), """
                #!/bin/sh
                env >"${0%/bin/java}/env"
                echo $$ >"${0%/bin/java}/pid"
                while [ "$1" != io.wgj.cli.Main ]; do shift; done
                shift
                for word; do printf '<%s>' "$word"; done
                """);
        assertThat(binary.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void wordsArriveByteForByte() {
        String odd = "\u00e9\u00ff";

        assertThat(recorded(Product.wgj("a b", "", "@file", "*", "line\nbreak", odd, "-cp", "$HOME"))
                        .stdout())
                .endsWith("<a b><><@file><*><line\nbreak><" + odd + "><-cp><$HOME>");
    }

    @Test
    void calledByPathTheProgramIsThePath() {
        String path = Product.root().resolve("wgj").toString();

        assertThat(recorded(Product.wgj()).stdout()).isEqualTo("<wgj><" + path + ">");
    }

    @Test
    void foundThroughPathTheProgramIsTheName() {
        Ran ran =
                recorded(Command.of("sh", "-c", "wg show").env("PATH", Product.links() + ":" + System.getenv("PATH")));

        assertThat(ran.stdout()).isEqualTo("<wg><wg><show>");
    }

    @Test
    void linkNameDecidesTheFace() {
        assertThat(recorded(Product.wgQuick("up")).stdout()).startsWith("<wg-quick><");
        assertThat(recorded(Command.of(Product.root().resolve("wgj-quick"))).stdout())
                .startsWith("<wgj-quick><");
    }

    @Test
    void runsInTheProcessThatWasStarted() throws IOException {
        Ran ran = recorded(Command.of(
                "sh",
                "-c",
                "echo $$; exec \"$0\"",
                Product.root().resolve("wgj").toString()));

        assertThat(ran.stdout().lines().findFirst())
                .contains(Files.readString(java.resolve("pid"), ISO_8859_1).strip());
    }

    @Test
    void optionsOfOtherJavasDoNotReachOurs() throws IOException {
        recorded(Product.wgj()
                .env("JAVA_TOOL_OPTIONS", "-version")
                .env("_JAVA_OPTIONS", "-x")
                .env("JDK_JAVA_OPTIONS", "-y"));

        assertThat(Files.readAllLines(java.resolve("env"), ISO_8859_1))
                .contains("LC_ALL=C.UTF-8")
                .noneMatch(line -> line.startsWith("JAVA_TOOL_OPTIONS=")
                        || line.startsWith("_JAVA_OPTIONS=")
                        || line.startsWith("JDK_JAVA_OPTIONS=")
                        || line.startsWith("wgj_"));
    }

    /// What a launcher sets for itself, and for the engine, is never what its caller exports.
    @ParameterizedTest
    @ValueSource(
            strings = {"wgj", "wgj-quick", "packaging/target/image/bin/wgj", "packaging/target/image/bin/wgj-quick"})
    void noVariableOfTheLaunchersIsInherited(String launcher) throws IOException {
        Path path = Product.root().resolve(launcher);
        Command command = Command.of(path, "demo");
        String used = Files.readString(Product.root().resolve("packaging/src/launcher/flags.sh"))
                + Files.readString(Product.root().resolve("packaging/src/launcher/run.sh"))
                + Files.readString(Product.root().resolve("packaging/src/launcher/checkout"))
                + Files.readString(Product.root().resolve("wgj"));
        Set<String> names = new TreeSet<>();
        Matcher name = Pattern.compile("\\bwgj_[a-z0-9_]++(?!\\(\\))").matcher(used);
        while (name.find()) {
            names.add(name.group());
        }
        // Functions are no variables.
        names.removeIf(one -> used.contains(one + "() {"));
        assertThat(names).contains("wgj_lib", "wgj_bin", "wgj_java", "wgj_engine_flags");
        names.addAll(List.of("wgj_root", "WGJ_READY_FD", "WGJ_DROPPED", "_JAVA_LAUNCHER_DEBUG"));
        for (String variable : names) {
            command = command.env(variable, "/evil");
        }
        Ran ran = recorded(command.env("IFS", "w").env("CDPATH", "/tmp"));

        assertThat(ran.stdout()).endsWith("<demo>");
        assertThat(Files.readAllLines(java.resolve("env"), ISO_8859_1))
                // What is none of a launcher's variables is handed on like any other.
                .noneMatch(line -> line.contains("evil") && !line.equals("wgj_root=/evil"))
                .anyMatch(line -> line.startsWith("PATH=" + path.getParent() + ":"));
    }

    @Test
    void underSudoTheCallersJavaIsIgnored() {
        Ran ran = recorded(Product.wgj("pubkey").env("SUDO_UID", "1000").env("WGJ_JAVA_OPTS", "-no-such-option"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr()).contains("Key is not the correct length or format");
    }

    @Test
    void javaThatIsTooOldIsRefused() throws IOException {
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

        assertThat(recorded(Product.wgj()))
                .isEqualTo(new Ran(
                        1,
                        "",
                        "wgj: WGJ_JAVA_HOME: " + java
                                + " is not the home of a Java 25 or later; point it at one, or unset it\n"));
    }

    @Test
    void worksWithoutAnEnvironmentInAFolderThatIsGone() throws IOException {
        String wgj = Product.root().resolve("wgj").toString();
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Ran ran = Command.of("sh", "-c", "cd \"$1\" && rmdir \"$1\" && exec env -i \"$0\" genkey", wgj, gone.toString())
                .run();

        assertThat(ran.exit()).isZero();
        assertThat(ran.stdout()).hasSize(45);
    }

    @Test
    void closedStandardInputIsAnErrorAndNotSomeFileOfTheJvm() {
        String wgj = Product.root().resolve("wgj").toString();

        assertThat(Command.of("sh", "-c", "exec \"$0\" pubkey <&-", wgj).run().exit())
                .isEqualTo(1);
        assertThat(Command.of("sh", "-c", "exec \"$0\" pubkey <&- >&- 2>&-", wgj)
                        .run())
                .isEqualTo(new Ran(1, "", ""));
    }

    /// What `command` calls Java with.
    private Ran recorded(Command command) {
        return command.env("WGJ_JAVA_HOME", java.toString())
                .env("SUDO_UID", command.environment().getOrDefault("SUDO_UID", ""))
                .run();
    }
}
