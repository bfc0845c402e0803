// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said about the slips that people make most, beside wg's own words.
class HintTest {
    private static final String PEER = "[Peer]\nPublicKey = HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=\n";
    private static final String FILE =
            "[Interface]\nAddress = 10.0.0.1/24\nMTU = 1420\n" + PEER + "AllowedIPs = ::/0\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8 10.1.0.0/16|commas are missing: write 10.0.0.0/8, 10.1.0.0/16",
                "10.0.0.0/8;10.1.0.0/16|commas are missing: write 10.0.0.0/8, 10.1.0.0/16",
                "10.0.0.0/8; 10.1.0.0/16|commas are missing: write 10.0.0.0/8, 10.1.0.0/16",
                "0.0.0.0/0::/0|commas are missing: write 0.0.0.0/0, ::/0",
                "10.0.0.1 10.0.0.2|commas are missing: write 10.0.0.1, 10.0.0.2",
                "fd00::1/64 10.0.0.2/32, ::/0|commas are missing: write fd00::1/64, 10.0.0.2/32, ::/0",
                "10.0.0.0/255.0.0.0|write /8",
                "10.0.0.0/255.255.255.255|write /32",
                "10.0.0.0/8, |remove the extra comma",
            })
    void aboutLists(String list, String hint) {
        assertThat(only(PEER + "AllowedIPs = " + list + " # x y\n").hint()).isEqualTo(hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://vpn.example.com:51820|this is a URL: write vpn.example.com:51820",
                "https://vpn.example.com|this is a URL: write vpn.example.com:51820",
                "wg://[2001:db8::1]:9/x|this is a URL: write [2001:db8::1]:9",
                "a.example:1, b.example:2|a peer has one endpoint: write a.example:1 alone",
                "1.2.3.4:51820/udp|nothing follows a port, and WireGuard always uses UDP: write 1.2.3.4:51820",
                "a.example:51820-51830|a port is one number, not a range: write a.example:51820",
            })
    void aboutEndpoints(String endpoint, String hint) {
        assertThat(only(PEER + "Endpoint = " + endpoint + "\n").hint()).isEqualTo(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example:51820", "[::1]:1", "fe80::1%eth0:51820", "host:http", "h-1.example:x9-9p"})
    void nothingAboutEndpointsThatMayBeGood(String endpoint) {
        assertThat(QuickConfigParser.parse(QuickFile.of("wg0.conf", PEER + "Endpoint = " + endpoint + "\n"))
                        .problems())
                .isEmpty();
    }

    @Test
    void aboutUtf16() {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            String text = new String(("\ufeff" + FILE).getBytes(charset), StandardCharsets.ISO_8859_1);
            assertThat(only(text).reason()).isEqualTo("the file is UTF-16");
            assertThat(WgConfigParser.parse("f", text).problems())
                    .extracting(Problem::reason)
                    .containsExactly("the file is UTF-16");
            String bare = new String(FILE.getBytes(charset), StandardCharsets.ISO_8859_1);
            if (charset.equals(StandardCharsets.UTF_16LE)) {
                assertThat(WgConfigParser.parse("f", bare).problems())
                        .extracting(Problem::reason)
                        .containsExactly("the file is UTF-16");
            }
        }
    }

    @Test
    void aboutAByteOrderMark() {
        Problem problem = only("\u00ef\u00bb\u00bf" + FILE);
        assertThat(problem.reason()).isEqualTo("the file starts with a byte order mark");
        assertThat(problem.wgLines().getFirst()).isEqualTo("Line unrecognized: `\u00ef\u00bb\u00bf[Interface]'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Interface]\n\u00c2\u00a0ListenPort = 1\n",
                "[Interface]\nListenPort\u00c2\u00a0= 1\n",
                "[Interface]\nAddress = 10.0.0.1/24\u00c2\u00a0\n",
                "[Interface]\nMTU = \u00c2\u00a01400\n",
                PEER + "AllowedIPs = 10.0.0.0/8,\u00c2\u00a0fd00::/8\n",
            })
    void aboutBlanksThatAreNone(String text) {
        assertThat(only(text).hint()).contains("a no-break space (U+00A0)");
    }

    @Test
    void aboutKeysInSeveralWordsAndForeignComments() {
        assertThat(only("[Interface]\n Post Up = x\n").hint()).isEqualTo("write PostUp");
        assertThat(only("[Interface]\n// a = b\n").hint()).isEqualTo("start comments with #");
        assertThat(only("[Interface]\n; a = b\n").hint()).isEqualTo("start comments with #");
    }

    @Test
    void aboutAmneziaOnce() {
        Problem problem = only("[Interface]\nJc = 4\nJmin = 40\nJmax = 70\nS1 = 0\nH1 = 1\nI1 = <b 0x1>\n" + PEER);
        assertThat(problem.place()).hasToString("wg0.conf:2:1");
        assertThat(problem.reason()).contains("AmneziaWG");
    }

    @ParameterizedTest
    @CsvSource({
        "AllowedIP, did you mean AllowedIPs?",
        "Adress, did you mean Address?",
        "PersistentKeepAlives, did you mean PersistentKeepalive?",
        "PostUpp, did you mean PostUp?",
        "'ExcludedIPs', 'remove these networks from AllowedIPs, which lists what goes to the peer'",
        "'DisallowedIPs', 'remove these networks from AllowedIPs, which lists what goes to the peer'",
    })
    void aboutUnknownKeys(String key, String hint) {
        assertThat(only(PEER + key + " = 10.0.0.0/8\n").hint()).isEqualTo(hint);
    }

    private static Problem only(String text) {
        List<Problem> problems = new ArrayList<>(
                QuickConfigParser.parse(QuickFile.of("wg0.conf", text)).problems());
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
