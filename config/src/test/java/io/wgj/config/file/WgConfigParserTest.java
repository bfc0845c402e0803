// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static io.wgj.config.Fixtures.PRIV;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.Golden;
import io.wgj.config.cases.Case;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.UapiText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WgConfigParserTest {
    private static ParsedFile parse(String... lines) {
        return WgConfigParser.parse("wg0.conf", String.join("\n", lines));
    }

    private static Problem problem(String... lines) {
        ParsedFile parsed = parse(lines);
        assertThat(parsed.file()).isEmpty();
        assertThat(parsed.problems()).hasSize(1);
        return parsed.problems().getFirst();
    }

    /// Standard error as `wg` leaves it: warnings, then the first problem.
    private static String stderr(ParsedFile parsed) {
        List<String> lines = new ArrayList<>(parsed.warnings());
        if (!parsed.wgProblems().isEmpty()) {
            lines.addAll(parsed.wgProblems().getFirst().wgLines());
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    @Test
    void readsEveryConfigurationThatAFileCanSay() {
        var random = new RandomConfig(42);
        for (int i = 0; i < 3_000; i++) {
            WgValues values = random.next();
            ParsedFile parsed = WgConfigParser.parse("f", WgConfigText.of(values));
            assertThat(parsed.problems()).isEmpty();
            assertThat(parsed.file().map(WgValues::of)).contains(values);
        }
    }

    @Test
    @Case({"H01", "H02", "H05", "H06", "H07", "H17", "H18", "H19", "H20", "H21", "H24", "H32"})
    void saysAndSendsWhatTheOriginalDoes() throws Exception {
        List<String> golden = Golden.lines("wg-setconf.txt");
        int hidden = 0;
        for (int i = 0; i < golden.size(); i += 3) {
            String command = golden.get(i).substring(0, 7);
            ParsedFile parsed =
                    WgConfigParser.parse("f", Golden.unescape(golden.get(i).substring(8)));
            String stderr = stderr(parsed);
            String expected = Golden.unescape(golden.get(i + 1));
            int secret = stderr.indexOf(Secrets.HIDDEN);
            if (secret >= 0) {
                hidden++;
                assertThat(expected)
                        .as(golden.get(i))
                        .startsWith(stderr.substring(0, secret))
                        .endsWith(stderr.substring(secret + Secrets.HIDDEN.length()));
            } else {
                assertThat(stderr).as(golden.get(i)).isEqualTo(expected);
            }
            String sent = "-";
            if (parsed.file().isPresent()) {
                var resolver = new FakeResolver();
                TunnelFile config = parsed.file().get();
                DeviceUpdate update = command.equals("setconf") ? config.replacing(resolver) : config.adding(resolver);
                List<String> lines = UapiText.lines(update);
                sent = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
            }
            assertThat(sent).as(golden.get(i)).isEqualTo(Golden.unescape(golden.get(i + 2)));
        }
        assertThat(golden).hasSize(1_200);
        assertThat(hidden).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "; foo, ;foo",
        "ListenPort =, ListenPort=",
        "ListenPort, ListenPort",
        "Foo = 1, Foo=1",
        "[Foo], [Foo]",
        "Address = 10.0.0.1/8, Address=10.0.0.1/8",
        "Endpoint = 1.2.3.4:5, Endpoint=1.2.3.4:5",
        "\u00ef\u00bb\u00bf[Interface], \u00ef\u00bb\u00bf[Interface]",
    })
    @Case({"H10", "H12", "H13", "H14"})
    void refusesLinesThatWgDoesNotKnow(String line, String cleaned) {
        assertThat(problem("[Interface]", line).wgLines())
                .containsExactly("Line unrecognized: `" + cleaned + "'", "Configuration parsing error");
    }

    @Test
    @Case("H11")
    void refusesAKeyBeforeAnySection() {
        Problem problem = problem("", "  ListenPort = 5");
        assertThat(problem.wgLines()).first().isEqualTo("Line unrecognized: `ListenPort=5'");
        assertThat(problem.place()).isEqualTo(new Place("wg0.conf", 2, 3));
        assertThat(problem.section()).isEmpty();
        assertThat(problem.hint()).isEqualTo("put [Interface] above it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Interface] | LstenPort = 5 | did you mean ListenPort?",
                "[Peer]      | AllowedIP = ::/0 | did you mean AllowedIPs?",
                "[Peer]      | Allowed-IPs = ::/0 | did you mean AllowedIPs?",
                "[Peer]      | Endpont=1.2.3.4:5 | did you mean Endpoint?",
                "[Interface] | Zzz = 1 | ''",
                "[Interface] | PublicKey = x | move it to [Peer]",
                "[Peer]      | ListenPort = 5 | move it to [Interface]",
                "[Interface] | DNS = 1.1.1.1 | use wgj-quick with this file, or give wg the output of wgj-quick strip",
                "[Peer]      | Probe = ::1 | use wgj-quick with this file, or give wg the output of wgj-quick strip",
                "[Interface] | ListenPort: 5 | write ListenPort = and its value",
                "[Interface] | FwMark = | remove the line to leave it unset",
                "[Interface] | ; x | start comments with #",
            })
    void saysWhatMayHaveBeenMeant(String section, String line, String hint) {
        String back = section.equals("[Peer]") ? "" : section;
        assertThat(problem("[Peer]", "PublicKey=" + K1, back, line).hint()).isEqualTo(hint);
    }

    @Test
    void namesAByteOrderMark() {
        Problem problem = problem("\u00ef\u00bb\u00bf[Interface]");
        assertThat(problem.reason()).isEqualTo("the file starts with a byte order mark");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"FwMark=5x|8", "  FwMark =  5x|13", "\tFw Mark\t=\t5 x # x|12", "F\fwMark=\r5x|10"})
    void placesAreBytesOfTheOriginalLine(String line, int column) {
        Problem problem = problem("[Interface]", line);
        assertThat(problem.place()).isEqualTo(new Place("wg0.conf", 2, column));
        assertThat(problem.value()).isEqualTo("5x");
        assertThat(problem.key()).isEqualTo("FwMark");
        assertThat(problem.section()).isEqualTo("Interface");
    }

    @Test
    @Case("H15")
    void missesThePublicKeyOfAPeer() {
        Problem problem = problem("[Interface]", "[Peer]", "PresharedKey = " + K1, "[Peer]", "PublicKey=" + K1);
        assertThat(problem.wgLines()).containsExactly("A peer is missing a public key", "Invalid configuration");
        assertThat(problem.place()).isEqualTo(new Place("wg0.conf", 2, 1));
    }

    @Test
    @Case("H16")
    void hidesABadSecret() {
        Problem problem = problem("[Interface]", "PrivateKey = short");
        assertThat(problem.wgLines())
                .containsExactly("Key is not the correct length or format: `(hidden)'", "Configuration parsing error");
        assertThat(problem.value()).isEqualTo("(hidden)");
    }

    @Test
    @Case("H33")
    void refusesAnEndpointWithoutAPort() {
        assertThat(problem("[Peer]", "PublicKey=" + K1, "Endpoint = 1.2.3.4").wgLines())
                .containsExactly("Unable to find port of endpoint: `1.2.3.4'", "Configuration parsing error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PrivateKy = %s",
                "PrivateKey %s",
                "PrivateKey: %s",
                "%s",
                "private-key = %s",
                "Foo = %s",
                "FwMark = %s",
                "ListenPort = x%s,",
                "PresharedKey = %s",
                "PresharedKey = x",
                "PrivateKeyFile = %s",
                "PrivateKey = %s # c",
                "PrivateKey = x%s",
                "P r i v a t e K e y = x %s",
                "Peer = %s",
            })
    void neverShowsASecretWhateverTheLine(String pattern) {
        String line = pattern.replace("%s", PRIV);
        for (String section : List.of("[Interface]", "[Peer]", "")) {
            ParsedFile parsed = parse(section, line);
            assertThat(parsed.problems().toString() + parsed.warnings() + parsed.advice())
                    .doesNotContain(PRIV.substring(0, 20))
                    .doesNotContain(PRIV.substring(20, 40));
        }
    }

    @Test
    void showsAPublicKeyInTheWrongPlace() {
        assertThat(problem("[Interface]", "PublicKey = " + K1).wgLines())
                .first()
                .isEqualTo("Line unrecognized: `PublicKey=" + K1 + "'");
    }

    @Test
    void findsEveryProblemAndPutsWgsFirst() {
        ParsedFile parsed = parse(
                "[Interface]",
                "Foo = 1",
                "FwMark = x",
                "[Peer]",
                "AllowedIPs = 10.0.0.1/8, 10.0.0.0/33",
                "[Peer]",
                "PublicKey = bad",
                "PersistentKeepalive = never");
        assertThat(parsed.wgProblems())
                .extracting(problem -> problem.place().line())
                .containsExactly(2, 3, 5, 7, 8, 4);
        assertThat(parsed.wgProblems().getLast().reason()).isEqualTo("a peer needs a PublicKey");
        // wg has stopped before the warning.
        assertThat(parsed.warnings()).isEmpty();
    }

    @Test
    @Case({"H08", "H22", "H23", "H25", "H26", "H27", "H28"})
    void readsLinesAsWgDoes() throws Exception {
        TunnelFile config = parse(
                        "[Interface]",
                        "#FwMark=1",
                        "ListenPort = 7",
                        "ListenPort = 5 # foo",
                        "[Peer]",
                        "PublicKey = " + K1,
                        "PersistentKeepalive = Off",
                        "PresharedKey = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        "[interface]",
                        "FwMark = 5\0junk")
                .file()
                .orElseThrow();
        assertThat(UapiText.lines(config.adding(new FakeResolver())))
                .containsExactly(
                        "listen_port=5",
                        "fwmark=5",
                        "public_key=c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038",
                        "preshared_key=" + "0".repeat(64),
                        "persistent_keepalive_interval=0",
                        "replace_allowed_ips=true");
    }

    @Test
    void remarksOnPortsThatMeanOthers() {
        ParsedFile parsed =
                parse("[Interface]", "ListenPort = 70000", "[Peer]", "PublicKey=" + K1, "Endpoint = 1.2.3.4:65537");
        assertThat(parsed.advice())
                .containsExactly(
                        new Advice(new Place("wg0.conf", 2, 14), "port 70000 means port 4464: a port has 16 bits"),
                        new Advice(new Place("wg0.conf", 5, 12), "port 65537 means port 1: a port has 16 bits"));
    }
}
