// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.Golden;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the bytes, the parsers answer: with a value, with problems, or with the exception they declare.
///
/// Each build tries the same thousands of files. For more and other files:
/// `mvn -pl config -Dtest=ForeignBytesTest -Dwgj.fuzzRounds=5000000 -Dwgj.fuzzSeed=7 test`.
class ForeignBytesTest {
    private static final int ROUNDS = Integer.getInteger("wgj.fuzzRounds", 6_000);

    private final Random random = new Random(Long.getLong("wgj.fuzzSeed", 20_260_223));

    /// A recorded file, cut and joined with another one, some bytes replaced. Such files reach further into a
    /// parser than noise does.
    private String mutated(List<String> files) {
        StringBuilder text = new StringBuilder(files.get(random.nextInt(files.size())));
        for (int i = random.nextInt(8); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, (char) random.nextInt(256));
                case 1 -> text.setLength(at);
                case 2 -> text.insert(at, noise(random.nextInt(6)));
                default -> {
                    String other = files.get(random.nextInt(files.size()));
                    text.append(other, 0, random.nextInt(other.length() + 1));
                }
            }
        }
        return text.toString();
    }

    private String noise(int length) {
        StringBuilder noise = new StringBuilder();
        String likely = "[]=#\n\r\t \0/:.,+-%0123456789abcdefxIP";
        for (int i = 0; i < length; i++) {
            boolean any = random.nextInt(3) == 0;
            noise.append(any ? (char) random.nextInt(256) : likely.charAt(random.nextInt(likely.length())));
        }
        return noise.toString();
    }

    private static List<String> files(String golden, int skip) {
        List<String> files = new ArrayList<>();
        List<String> lines = Golden.lines(golden);
        for (int i = 0; i < lines.size(); i += 3) {
            files.add(Golden.unescape(lines.get(i).substring(skip)));
        }
        return files;
    }

    @Test
    void wgsFilesNeverBreakTheParser() {
        List<String> files = files("wg-setconf.txt", 8);
        int good = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = i % 4 == 0 ? noise(random.nextInt(200)) : mutated(files);
            ParsedFile parsed = WgConfigParser.parse("f", text);
            assertThat(parsed.file().isPresent()).isEqualTo(parsed.problems().isEmpty());
            parsed.problems().forEach(problem -> {
                assertThat(problem.place().line()).isBetween(1, 1 + lines(text));
                assertThat(problem.place().column()).isPositive();
                assertThat(problem.reason()).isNotEmpty();
                assertThat(problem.wgLines()).hasSize(2);
            });
            if (parsed.file().isPresent()) {
                good++;
                String written = text(parsed);
                assertThat(text(WgConfigParser.parse("f", written))).isEqualTo(written);
            }
        }
        assertThat(good).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void wgQuicksFilesNeverBreakTheParser() {
        List<String> files = files("wg-quick-strip.txt", 0);
        files.addAll(files("wg-setconf.txt", 8));
        for (Key key : Key.values()) {
            files.add("[" + key.section().title() + "]\n" + key.text() + " = " + key.example() + "\n" + key.text()
                    + "=dev a via ::1 src ::2\n" + key.text() + " = 5s\n");
        }
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutated(files);
            QuickFile file = QuickFile.of("f", text);
            assertThat(QuickFileTest.joined(file)).isEqualTo(text);
            ParsedFile parsed = QuickConfigParser.parse(file);
            assertThat(parsed.file().isPresent()).isEqualTo(parsed.problems().isEmpty());
            assertThat(file.stripped()).endsWith("\n");
            // wg reads what strip prints. Only an endpoint that no resolver can know is refused in a tunnel's file
            // alone: wg finds that out when it resolves the name.
            ParsedFile alone = WgConfigParser.parse("f", file.stripped());
            boolean hopeless = alone.file().isPresent()
                    && !parsed.wgProblems().isEmpty()
                    && parsed.wgProblems().stream()
                            .allMatch(problem -> problem.key().equals("Endpoint"));
            assertThat(alone.file().isPresent())
                    .as(text)
                    .isEqualTo(parsed.wgProblems().isEmpty() || hopeless);
        }
    }

    private static String text(ParsedFile parsed) {
        return WgConfigText.of(WgValues.of(parsed.file().orElseThrow()));
    }

    @Test
    void valuesThrowOnlyWhatTheyDeclare() {
        for (int i = 0; i < 3 * ROUNDS; i++) {
            String text = noise(random.nextInt(60));
            IpAddress.parse(text);
            PublicKey.parseBase64(text);
            PrivateKey.parseHex(text);
            InterfaceName.parse(text);
            ValueSyntax.listenPortAdvice(text);
            ValueSyntax.endpointAdvice(text);
            refusalOf(() -> ValueSyntax.listenPort(text));
            refusalOf(() -> ValueSyntax.fwmark(text));
            refusalOf(() -> ValueSyntax.persistentKeepalive(text));
            refusalOf(() -> ValueSyntax.publicKey(text));
            refusalOf(() -> ValueSyntax.endpoint(text));
            refusalOf(() -> ValueSyntax.allowedIps(text));
        }
    }

    private interface Parser {
        Object parse() throws ValueException;
    }

    private static void refusalOf(Parser parser) {
        try {
            assertThat(parser.parse()).isNotNull();
        } catch (ValueException e) {
            assertThat(e.wgLine()).isNotEmpty();
            assertThat(e.reason()).isNotEmpty();
        }
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
