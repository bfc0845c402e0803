// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalLayoutTest {
    private static final int FILES = 3_000;

    @Test
    void laysOutAFile() {
        String wild = """
            # of the office


            [ interface ]   # wg0

            private key=yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\t#secret


              ListenPort  =  51820\s
            # laptop
            [PEER]
            publickey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
            ALLOWEDIPS=10.0.0.2/32 ,fd00::2/128# both

            """;
        assertThat(of(wild)).isEqualTo("""
            # of the office

            [Interface] # wg0
            PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk= #secret

            ListenPort = 51820

            # laptop
            [Peer]
            PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
            AllowedIPs = 10.0.0.2/32, fd00::2/128 # both
            """);
    }

    @Test
    void laysOutTheKeysOfWgQuick() {
        assertThat(of("[Interface]\r\naddress=10.0.0.1/24  10.1.0.1/24,,fd00::1/64\r\npostup=a  #  b\r\nmtu=\r\n"))
                .isEqualTo("[Interface]\nAddress = 10.0.0.1/24, 10.1.0.1/24, fd00::1/64\nPostUp = a  #  b\nMTU =\n");
        assertThat(of("[Interface]\nRoute=\t default   dev ppp0 # r\nPostUp\n"))
                .isEqualTo("[Interface]\nRoute = default dev ppp0 # r\nPostUp\n");
    }

    @Test
    void anEmptyFileStaysEmpty() {
        assertThat(of("")).isEmpty();
        assertThat(of("\n \n")).isEmpty();
    }

    @Test
    void saysWhereEachLineComesFrom() {
        CanonicalLayout layout =
                CanonicalLayout.of(FileText.of("\n[Interface]\n\nMTU=1400\n\n\n# p\n#q\n[Peer]\n[Peer]"));
        assertThat(layout.result().text()).isEqualTo("[Interface]\nMTU = 1400\n\n# p\n#q\n[Peer]\n\n[Peer]\n");
        assertThat(layout.sources()).containsExactly(1, 3, 4, 6, 7, 8, CanonicalLayout.ADDED, 9);
    }

    @Test
    void aSecondTimeChangesNothingAndTheMeaningStays() {
        RandomLayout random = new RandomLayout(16);
        int good = 0;
        for (int i = 0; i < FILES; i++) {
            String text = random.next();
            String laidOut = of(text);
            ParsedFile before = QuickConfigParser.parse(QuickFile.of("f", text));
            if (before.file().isEmpty()) {
                continue;
            }
            good++;
            assertThat(of(laidOut)).as(text).isEqualTo(laidOut);
            ParsedFile after = QuickConfigParser.parse(QuickFile.of("f", laidOut));
            assertThat(after.problems()).as(text).isEmpty();
            assertThat(after.readable())
                    .as(text)
                    .usingRecursiveComparison()
                    .ignoringFieldsOfTypes(Place.class)
                    .ignoringFieldsMatchingRegexes(".*\\.text")
                    .isEqualTo(before.readable());
            // A carriage return behind [Peer] hides a name.
            assertThat(PeerNames.of(QuickFile.of("f", laidOut)))
                    .as(text)
                    .isEqualTo(PeerNames.of(QuickFile.of("f", text.replace("\r", ""))));
            assertThat(comments(laidOut)).as(text).isEqualTo(comments(text));
        }
        assertThat(good).as("files without problems").isGreaterThan(FILES / 4);
    }

    private static List<String> comments(String text) {
        return FileText.of(text).lines().stream()
                .map(FileLine::comment)
                .filter(comment -> !comment.isEmpty())
                .toList();
    }

    private static String of(String text) {
        return CanonicalLayout.of(FileText.of(text)).result().text();
    }

    /// Files with the keys of the manual in many layouts, from a seed.
    private static final class RandomLayout {
        private static final String[] BLANKS = {"", "", " ", "  ", "\t", " \t "};
        private static final String[] COMMENTS = {"#", "# c", "#x = y", "## [Peer] ", "# Name = a", "# \u00e4 # b"};
        private final Random random;

        RandomLayout(long seed) {
            random = new Random(seed);
        }

        String next() {
            List<String> lines = new ArrayList<>();
            fill(lines, 2);
            section(lines, Section.INTERFACE);
            for (int i = random.nextInt(3); i > 0; i--) {
                section(lines, Section.PEER);
            }
            if (random.nextInt(6) == 0) {
                section(lines, Section.INTERFACE);
            }
            String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
            String text = String.join(end, lines);
            return random.nextInt(3) == 0 ? text : text + end;
        }

        private void section(List<String> lines, Section section) {
            boolean wide = section == Section.INTERFACE && random.nextInt(5) == 0;
            String title = (wide ? "[ " : "[") + section.title() + "]";
            lines.add(blank() + cased(title) + blank() + comment());
            for (Key key : Key.values()) {
                boolean required = key == Key.PUBLIC_KEY;
                boolean second = key == Key.PRIVATE_KEY_FILE
                        || key == Key.PRIVATE_KEY_COMMAND
                        || key == Key.PRESHARED_KEY_FILE
                        || key == Key.UNDERLAY;
                if (key.section() == section && (required || random.nextInt(second ? 60 : 5) == 0)) {
                    fill(lines, 1);
                    setting(lines, key);
                }
            }
            fill(lines, 2);
        }

        private void setting(List<String> lines, Key key) {
            String value = key.example();
            if (key.isList()) {
                value = value.replace(", ", blank() + "," + blank());
            }
            if (random.nextInt(40) == 0) {
                value = "";
            }
            String line = blank() + cased(key.text()) + blank() + "=" + blank() + value + blank();
            lines.add(key.isCommand() ? line : line + comment());
        }

        private void fill(List<String> lines, int most) {
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                lines.add(random.nextBoolean() ? blank() : blank() + COMMENTS[random.nextInt(COMMENTS.length)]);
            }
        }

        private String comment() {
            return random.nextInt(4) == 0 ? COMMENTS[random.nextInt(COMMENTS.length)] : "";
        }

        private String blank() {
            return BLANKS[random.nextInt(BLANKS.length)];
        }

        private String cased(String text) {
            return switch (random.nextInt(4)) {
                case 0 -> text.toLowerCase(Locale.ROOT);
                case 1 -> text.toUpperCase(Locale.ROOT);
                default -> text;
            };
        }
    }
}
