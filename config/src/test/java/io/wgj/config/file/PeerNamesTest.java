// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.text.Latin1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNamesTest {
    private static final String KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String SECRET = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Peer];# Name = office;PublicKey = KEY              | office
            [Peer];PublicKey = KEY;#name=Büro 2                 | Büro 2
            ;# the office;[Peer];PublicKey = KEY                 | the office
            ;# above;[Peer];#Name = inside;PublicKey = KEY       | inside
            ;# a comment;;[Peer];PublicKey = KEY                 |
            [Peer];PublicKey = KEY;# only a comment             |
            ;# PresharedKey = SECRET;[Peer];PublicKey = KEY      |
            [Peer];# Name = a\u001bb;PublicKey = KEY            |
            ;# about the interface;[Interface];PublicKey = KEY   |
            [Peer];PublicKey = KEY # mine;# Name = x            | x
            [Peer];PublicKey = KEY;Name = own # not this        | own
            ;# above;[Peer];# Name = c;name=own;PublicKey = KEY  | own
            [Peer];Name = a;Name = b;PublicKey = KEY            | b
            ;# above;[Peer];Name = a\u001bb;PublicKey = KEY      |
            ;### Client laptop;[Peer];PublicKey = KEY            | laptop
            ;# Client;[Peer];PublicKey = KEY                     | Client
            ;# END_PEER a;# BEGIN_PEER b;[Peer];PublicKey = KEY  | b
            ;### begin pi ###;[Peer];PublicKey = KEY             | pi
            ;# Endpoint = 192.0.2.1:5;[Peer];PublicKey = KEY     |
            ;# mine. wgj: ignore W010;[Peer];PublicKey = KEY     |
            ;#;[Peer];PublicKey = KEY                            |
            ;# a;[Peer] # b;PublicKey = KEY                      | a
            [Interface];Name = x;[Peer];PublicKey = KEY         |
            """)
    void readsComments(String lines, String name) {
        String text = lines.replace(';', '\n').replace("KEY", KEY).replace("SECRET", SECRET) + "\n";
        String bytes = Latin1.ofUnicode(text);
        var names = PeerNames.of(QuickFile.of("wg0.conf", bytes));
        String found = names.get(PublicKey.parseBase64(KEY).orElseThrow());
        assertThat(found == null ? null : Latin1.toUnicode(found)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void takesNamesOfUpTo64Characters(int length, boolean isName) {
        String text = "[Peer]\n# Name = " + "n".repeat(length) + "\nPublicKey = " + KEY + "\n";
        assertThat(PeerNames.of(QuickFile.of("wg0.conf", text)).isEmpty()).isEqualTo(!isName);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Name =                | the name is missing
            Name = # only this    | the name is missing
            Name = LONG           | a name has at most 64 characters
            Name = a\u001b[31mb   | the name has characters that a terminal does not show
            Name = a\u202eb       | the name has characters that a terminal does not show
            Name = SECRET         | a name must not hold a key
            Name = my SECRET      | a name must not hold a key
            """)
    void refusesWhatIsNoName(String line, String reason) {
        String text = "[Interface]\n[Peer]\nPublicKey = " + KEY + "\n"
                + line.replace("LONG", "n".repeat(65)).replace("SECRET", SECRET) + "\n";
        ParsedFile parsed = QuickConfigParser.parse(QuickFile.of("wg0.conf", Latin1.ofUnicode(text)));
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(reason);
            assertThat(problem.toString()).doesNotContain(SECRET);
            assertThat(problem.place().line()).isEqualTo(4);
        });
    }

    @Test
    void saysWhereNamesStand() {
        String text =
                "# first\n[Peer]\nPublicKey = " + KEY + "\n[Peer]\n  # Name = a\u001bb\nPublicKey = " + SECRET + "\n";
        assertThat(PeerNames.given(QuickFile.of("f", text)))
                .extracting(given -> given.place() + " " + given.source() + " " + given.isName())
                .containsExactly("f:1:3 ABOVE true", "f:5:12 COMMENT false");
    }
}
