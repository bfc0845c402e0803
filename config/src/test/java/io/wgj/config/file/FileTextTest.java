// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTextTest {
    private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "x", "[Peer]", "[Interface]\r\n\tMTU=1 # c\n", "# c\0\n \n", "\uffff"})
    void givesTheFileBack(String text) {
        assertThat(FileText.of(text).text()).isEqualTo(text);
    }

    @Test
    void givesAnyBytesBack() {
        Random random = new Random(16);
        String alphabet = "[Peer]Interface=MTU# \t\r\n\n\0\u00e4,";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(FileText.of(text.toString()).text()).isEqualTo(text.toString());
            CanonicalLayout.of(FileText.of(text.toString()));
        }
    }

    @Test
    void tellsTheKindsOfLinesApart() {
        FileText file =
                FileText.of("# above\n\n [interface] # c\nMtu=1\nprivate key = " + KEY + "\nMTU\nNonsense = 1\n");
        assertThat(file.lines().stream().map(FileLine::kind))
                .containsExactly(
                        FileLine.Kind.COMMENT,
                        FileLine.Kind.BLANK,
                        FileLine.Kind.HEADER,
                        FileLine.Kind.SETTING,
                        FileLine.Kind.SETTING,
                        FileLine.Kind.OTHER,
                        FileLine.Kind.OTHER);
        assertThat(file.lines().get(0).section()).isEmpty();
        assertThat(file.lines().get(2).section()).contains(Section.INTERFACE);
        assertThat(file.lines().get(4).key()).contains(Key.PRIVATE_KEY);
    }

    @Test
    void cutsAValueAndItsComment() {
        FileLine line = line("Address =\t10.0.0.1/24 , fd00::1/64   # home\r");
        assertThat(line.value()).isEqualTo("10.0.0.1/24 , fd00::1/64");
        assertThat(line.comment()).isEqualTo("# home");
    }

    @Test
    void aCommandHasNoComment() {
        FileLine line = line("PostUp = echo '#' # b ");
        assertThat(line.value()).isEqualTo("echo '#' # b");
        assertThat(line.comment()).isEmpty();
    }

    @Test
    void replacesAValueAlone() {
        assertThat(line(" mtu=1400\t# c").withValue("1280").original()).isEqualTo(" mtu=1280\t# c");
        assertThat(line("MTU =").withValue("1280").original()).isEqualTo("MTU = 1280");
        assertThat(line("MTU = # c").withValue("1280").original()).isEqualTo("MTU = 1280 # c");
        assertThat(line("MTU = 1400").withValue("1280").value()).isEqualTo("1280");
        assertThatThrownBy(() -> line("# c").withValue("1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hidesSecretsAlone() {
        assertThat(line("PrivateKey = " + KEY + " # old: " + KEY).shown())
                .isEqualTo("PrivateKey = (hidden) # old: (hidden)");
        assertThat(line("PrivateKey = y An z5").shown()).isEqualTo("PrivateKey = (hidden)");
        assertThat(line("#PrivateKey = " + KEY).shown()).doesNotContain(KEY);
        assertThat(line("PostUp = wg set %i private-key <(echo " + KEY + ")").shown())
                .doesNotContain(KEY);
        FileLine peer = FileText.of("[Peer]\nPublicKey = " + KEY).lines().getLast();
        assertThat(peer.shown()).isEqualTo("PublicKey = " + KEY);
    }

    @Test
    void findsTheCommentsOfASection() {
        FileText file = FileText.of("# file\n\n# a\n# b\n[Peer]\n");
        assertThat(file.withCommentsAbove(4)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Interface]", "[Interface]\n", "[Interface]\n\n"})
    void addsASection(String before) {
        assertThat(FileText.of(before).withSection("[Peer]\n").text()).isEqualTo("[Interface]\n\n[Peer]\n");
    }

    @Test
    void findsOtherEncodings() {
        String text = "[Interface]\nMTU = 1400\n";
        String utf16 = new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1);
        String withoutMark = new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        for (String wrong : List.of(utf16, withoutMark)) {
            assertThat(FileEncoding.problem("f", wrong).orElseThrow().reason()).contains("UTF-16");
        }
        Optional<Problem> nul = FileEncoding.problem("f", "[Interface]\nMTU = 14\0" + "00\n");
        assertThat(nul.orElseThrow().place()).hasToString("f:2:9");
        assertThat(FileEncoding.problem("f", text)).isEmpty();
    }

    private static FileLine line(String line) {
        return FileText.of("[Interface]\n" + line).lines().getLast();
    }
}
