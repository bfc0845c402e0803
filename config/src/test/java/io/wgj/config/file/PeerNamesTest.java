// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.text.Latin1;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNamesTest {
    private static final String KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String SECRET = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Peer];# Name = office;PublicKey = KEY              | office
            [Peer];PublicKey = KEY;#name=Büro 2                 | Büro 2
            # the office;[Peer];PublicKey = KEY                 | the office
            # above;[Peer];#Name = inside;PublicKey = KEY       | inside
            # a comment;;[Peer];PublicKey = KEY                 |
            [Peer];PublicKey = KEY;# only a comment             |
            # PresharedKey = SECRET;[Peer];PublicKey = KEY      |
            [Peer];# Name = a\u001bb;PublicKey = KEY            |
            # about the interface;[Interface];PublicKey = KEY   |
            [Peer];PublicKey = KEY # mine;# Name = x            | x
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
}
