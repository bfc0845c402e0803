// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.Golden;
import io.wgj.config.cases.Case;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickFileTest {
    private static String strip(String... lines) {
        return QuickFile.of("wg0.conf", String.join("\n", lines)).stripped();
    }

    /// The text of a file, put together from its lines.
    static String joined(QuickFile file) {
        String text = file.lines().stream().map(QuickLine::original).collect(Collectors.joining("\n"));
        return file.endsInNewline() && !file.lines().isEmpty() ? text + "\n" : text;
    }

    @Test
    void keepsEveryByte() {
        List<String> golden = Golden.lines("wg-quick-strip.txt");
        for (int i = 0; i < golden.size(); i += 3) {
            String text = Golden.unescape(golden.get(i));
            assertThat(joined(QuickFile.of("f", text))).isEqualTo(text);
        }
        for (String text : List.of("", "\n", "\n\n", "a", "a\r\n\tb ", "\0")) {
            assertThat(joined(QuickFile.of("f", text))).isEqualTo(text);
        }
    }

    /// Where the original refuses a file (`SaveConfig`), the parser must as well, with its words.
    @Test
    void stripsAsTheOriginalDoes() {
        List<String> golden = Golden.lines("wg-quick-strip.txt");
        assertThat(golden).hasSize(900);
        for (int i = 0; i < golden.size(); i += 3) {
            String text = Golden.unescape(golden.get(i));
            String stderr = Golden.unescape(golden.get(i + 1));
            if (stderr.isEmpty()) {
                assertThat(QuickFile.of("f", text).stripped())
                        .as(golden.get(i))
                        .isEqualTo(Golden.unescape(golden.get(i + 2)));
            }
            List<String> words = QuickConfigParser.parse(QuickFile.of("f", text)).quickProblems().stream()
                    .filter(problem -> problem.key().equals("SaveConfig"))
                    .flatMap(problem -> problem.wgLines().stream())
                    .limit(1)
                    .toList();
            assertThat(words.isEmpty() ? "" : words.getFirst() + "\n")
                    .as(golden.get(i))
                    .isEqualTo(stderr);
        }
    }

    @Test
    @Case({"P01", "P02", "P05", "P07", "P08"})
    void keepsWhatIsWgs() {
        assertThat(strip(
                        "[interface] # c",
                        " PrivateKey = x # k ",
                        "address=1.2.3.4",
                        "DNS",
                        "\tPostUp = a # b",
                        "# c \\",
                        "[Peer]",
                        "Foo",
                        "[Interface]",
                        "MTU = 5"))
                .isEqualTo("[interface] # c\nPrivateKey = x # k\n# c \\\n[Peer]\nFoo\n[Interface]\n\n");
    }

    @Test
    @Case("P03")
    void stripsAnEmptyFileToAnEmptyLine() {
        assertThat(strip("")).isEqualTo("\n");
    }

    /// `read` of bash fails at the end of a file, and a blank line that it brings then is not taken for one.
    @ParameterizedTest
    @CsvSource({
        "'[Peer]\n ', '[Peer]\n\n'",
        "'[Peer]\n\n \t', '[Peer]\n\n\n'",
        "' ', '\n'",
        "'[Interface]\nMTU = 5\n  ', '[Interface]\n\n'",
        "'[Peer]\n\0', '[Peer]\n\n'",
        "'[Peer]\n \n', '[Peer]\n\n\n'",
        "'[Peer]\n\r', '[Peer]\n\r\n\n'",
        "'[Peer]\n #', '[Peer]\n#\n\n'"
    })
    void doesNotSeeABlankLastLineWithoutANewline(String text, String stripped) {
        assertThat(QuickFile.of("f", text).stripped()).isEqualTo(stripped);
    }

    @Test
    @Case("P04")
    void leavesKeysOutsideOfInterfaceAlone() {
        String text = "[Peer]\nMTU = 5\nPostUp = x\n[ Interface ]\nMTU = 5\n";
        assertThat(strip(text)).isEqualTo(text + "\n");
    }

    @Test
    @Case("P06")
    void keepsCarriageReturns() {
        assertThat(strip("[Interface]\r", "Address = 10.0.0.1/24\r", "ListenPort = 5\r", ""))
                .isEqualTo("[Interface]\r\nListenPort = 5\r\n\n");
    }

    @Test
    void takesOurKeysAwayWhereTheyBelongAndNowhereElse() {
        assertThat(strip(
                        "[Interface]",
                        "Underlay = dev ppp0",
                        "PeerUp = x",
                        "[Peer]",
                        "PeerUp = x",
                        "Route = default",
                        "allowedsources = 10.0.0.0/8"))
                .isEqualTo("[Interface]\nPeerUp = x\n[Peer]\nRoute = default\n\n");
    }

    @Test
    void putsAKeyWhereItsFileWasNamed() {
        QuickFile file = QuickFile.of("f", "[Interface]\nPrivateKeyFile = k\nRoute = x\n# c\n");
        assertThat(file.stripped(
                        line -> line.is(Key.PRIVATE_KEY_FILE) ? Optional.of("PrivateKey = K") : Optional.empty()))
                .isEqualTo("[Interface]\nPrivateKey = K\n# c\n\n");
    }
}
