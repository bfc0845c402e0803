// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What bash offers for a command line. The file is sourced, and its function called as bash calls it, with
/// folders of the test in the place of sysfs and `/etc/wireguard`.
class BashCompletionTest {
    private static final String KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

    /// Cuts the line as readline does, at blanks and at `=` and `:`, and prints what is offered.
    private static final String CALL = """
            set -- "$LINE"
            COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=() COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
            rest=$1
            while [[ $rest ]]; do
                case $rest in
                    ' '*) rest=${rest# } ;;
                    [=:]*) COMP_WORDS+=("${rest:0:1}") rest=${rest:1} ;;
                    *) part=${rest%%[ =:]*} COMP_WORDS+=("$part") rest=${rest#"$part"} ;;
                esac
            done
            # After a blank, and after = or :, a new word begins.
            case $1 in *[\\ =:]) COMP_WORDS+=('') ;; esac
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _wgj "${COMP_WORDS[0]}" '' ''
            ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        device("eth0", "DEVTYPE=\n", false);
        device("wg0", "DEVTYPE=wireguard\nINTERFACE=wg0\nIFINDEX=3\n", false);
        device("office", "INTERFACE=office\nIFINDEX=4\n", true);
        device("tun7", "INTERFACE=tun7\nIFINDEX=5\n", true);
        device("$(touch x)", "DEVTYPE=wireguard\n", false);
        Files.createDirectories(folder.resolve("run"));
        Files.createFile(folder.resolve("run/office.sock"));
        tunnel("home");
        tunnel("hotel");
        tunnel("$(touch x)");
        tunnel("a name that is too long");
        Files.writeString(folder.resolve("etc/notes.txt"), "");
        Files.writeString(
                folder.resolve("etc/wg0.conf"), "[Interface]\n[Peer]\nPublicKey = " + KEY + "\n# PublicKey = no\n");
    }

    private void device(String name, String uevent, boolean isTun) throws IOException {
        Path device = Files.createDirectories(folder.resolve("sys").resolve(name));
        Files.writeString(device.resolve("uevent"), uevent);
        if (isTun) {
            Files.createFile(device.resolve("tun_flags"));
        }
    }

    private void tunnel(String name) throws IOException {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc").resolve(name + ".conf"), "[Interface]\n");
    }

    /// What is offered for `line`, after `before` has been run in the shell.
    private List<String> offered(String before, String line) throws Exception {
        String completion = Files.readString(GeneratedCompletionsTest.FOLDER.resolve("wgj.bash"))
                .replace("/sys/class/net", folder + "/sys")
                .replace("/etc/wireguard", folder + "/etc")
                .replace("/var/run/wireguard", folder + "/run");
        Path file = folder.resolve("wgj.bash");
        Files.writeString(file, completion);
        ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "-c", before + "\n. " + file + "\n" + CALL)
                .directory(here().toFile())
                .redirectErrorStream(true);
        builder.environment().put("LINE", line);
        Process bash = builder.start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(printed).isZero();
        assertThat(here().resolve("x")).as("a name was run").doesNotExist();
        return new ArrayList<>(new TreeSet<>(printed.lines().toList()));
    }

    private Path here() throws IOException {
        return Files.createDirectories(folder.resolve("here"));
    }

    private void offers(String line, @Nullable String words) throws Exception {
        List<String> wanted = words == null ? List.of() : List.of(words.split(" ", -1));
        assertThat(offered("", line)).as(line).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "wgj |show showconf set setconf addconf syncconf genkey genpsk pubkey batch check demo diff"
                        + " doctor engine events explain fmt graph help monitor new qr schema status wait watch",
                "wgj s|schema show showconf set setconf syncconf status",
                "wgj --v|--version",
                "wg s|show showconf set setconf syncconf",
                "wg e|-",
                "wg --v|-",
                "/usr/bin/wgj-quick |up down save strip plan diff reload confirm help",
                "wg-quick |up down save strip",
                "wgj nonsense |-",
            })
    void commandsComeFirst(String line, @Nullable String words) throws Exception {
        offers(line, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "wgj show |all interfaces wg0 office",
                "wgj show w|wg0",
                "wgj show wg0 p|public-key private-key peers preshared-keys persistent-keepalive",
                "wgj show --json |all interfaces wg0 office",
                "wg show |all interfaces wg0 office",
                "wgj setconf |wg0 office",
                "wgj engine |wg0 office",
                "wgj help ex|exit-codes explain",
                "wgj-quick help F|FILE",
                "wgj-quick confirm |wg0 office",
                "wgj-quick up |home hotel wg0",
                "wgj-quick up ho|home hotel",
                "wgj-quick up --many home ho|home hotel",
                "wgj-quick up --confirm 60s ho|home hotel",
                "wgj-quick plan |up down reload home hotel wg0",
                "wgj-quick plan reload h|home hotel",
                "wgj-quick plan re|reload",
                "wg-quick down ho|home hotel",
                "wgj pubkey |-",
            })
    void operandsAreNamesThatExist(String line, @Nullable String words) throws Exception {
        offers(line, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "wgj show --|--json --json=wg --secrets --names --help",
                "wgj show --json=|wg",
                "wgj show --json=w|wg",
                "wg show --|-",
                "wgj-quick up --m|--many",
                "wgj-quick reload --confirm |30s 60s 5m",
                "wgj-quick reload --confirm=|30s 60s 5m",
                "wgj-quick reload --confirm=6|60s",
                "wgj-quick plan -i |wg0 office",
                "wg-quick up --m|-",
            })
    void optionsAreThoseOfTheCommand(String line, @Nullable String words) throws Exception {
        offers(line, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "wgj set |wg0 office",
                "wgj set wg0 |listen-port fwmark private-key peer",
                "wgj set wg0 listen-port |-",
                "wgj set wg0 listen-port 51820 |listen-port fwmark private-key peer",
                "wgj set wg0 peer |" + KEY,
                "wgj set wg0 peer x|" + KEY,
                "wgj set office peer |-",
                "wgj set ../etc/wg0 peer |-",
                "wgj set wg0 peer " + KEY + " |peer remove preshared-key endpoint persistent-keepalive allowed-ips",
                "wgj set wg0 peer " + KEY + " endpoint [fd00::1]:51820 a|allowed-ips",
                "wgj set wg0 peer " + KEY + " persistent-keepalive |off",
                "wg set wg0 f|fwmark",
            })
    void setHasItsOwnGrammar(String line, @Nullable String words) throws Exception {
        offers(line, words);
    }

    @Test
    void filesAreOfferedWhereNoNameFits() throws Exception {
        Files.writeString(here().resolve("one $(touch x).conf"), "");
        Files.writeString(here().resolve("other.txt"), "");
        Files.createDirectories(here().resolve("on"));
        assertThat(offered("", "wgj-quick up on")).containsExactlyInAnyOrder("one $(touch x).conf", "on");
        assertThat(offered("", "wgj-quick up ./o")).containsExactlyInAnyOrder("./one $(touch x).conf", "./on");
    }

    /// A user's shell may have any of these.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "set -u",
                "set -e",
                "set -f",
                "set -o posix",
                "shopt -s failglob",
                "shopt -s nullglob",
                "IFS=e",
                "exec 2>/dev/null; set -x"
            })
    void optionsOfTheShellChangeNothing(String setting) throws Exception {
        assertThat(offered(setting, "wgj-quick up ho")).containsExactly("home", "hotel");
        assertThat(offered(setting, "wgj show --json=")).containsExactly("wg");
        assertThat(offered(setting, "wgj-quick up nothing")).isEmpty();
        assertThat(offered(setting, "wgj show wg0 fw")).containsExactly("fwmark");
    }

    @Test
    void theShellsOptionsStayAsTheyWere() throws Exception {
        String all = offered("shopt -s failglob; set -u; trap 'shopt failglob; echo $-' EXIT", "wgj-quick up ho")
                .toString();
        assertThat(all).contains("failglob", "on").containsPattern("[a-zA-Z]*u[a-zA-Z]*");
    }

    @Test
    void foldersThatCannotBeReadAreNoError() throws Exception {
        String gone = "rm -rf " + folder + "/etc " + folder + "/sys";
        assertThat(offered(gone, "wgj-quick down ")).isEmpty();
        assertThat(offered(gone, "wgj setconf ")).isEmpty();
    }

    @Test
    void wgAndWgQuickAreOursOnlyThroughALinkOfThatName() throws Exception {
        Path file = folder.resolve("wgj");
        Files.copy(GeneratedCompletionsTest.FOLDER.resolve("wgj.bash"), file);
        Path link = Files.createSymbolicLink(folder.resolve("wg-quick"), file);
        for (Path sourced : List.of(file, link)) {
            Process bash = new ProcessBuilder("bash", "--norc", "-c", ". " + sourced + "; complete -p")
                    .redirectErrorStream(true)
                    .start();
            List<String> specs = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(specs).contains("complete -F _wgj wgj", "complete -F _wgj wgj-quick");
            assertThat(specs.contains("complete -F _wgj wg")).isEqualTo(sourced.equals(link));
        }
    }
}
