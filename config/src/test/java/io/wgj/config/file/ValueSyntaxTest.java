// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wgj.config.Fixtures;
import io.wgj.config.Golden;
import io.wgj.config.cases.Case;
import io.wgj.config.net.ListenPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSyntaxTest {
    private static String refusal(Parser parser) {
        return assertThatExceptionOfType(ValueException.class)
                .isThrownBy(parser::parse)
                .actual()
                .wgLine();
    }

    private interface Parser {
        void parse() throws ValueException;
    }

    @Test
    @Case({"C01", "C02", "C03", "C05"})
    void readsPortsAsGetaddrinfoDoes() {
        assertThat(Golden.lines("wg-set-listen-port.txt"))
                .hasSizeGreaterThan(300)
                .allSatisfy(line -> {
                    int bar = line.lastIndexOf('|');
                    String word = Golden.unescape(line.substring(0, bar));
                    String port = line.substring(bar + 1);
                    ListenPort expected = port.equals("-")
                            ? new ListenPort.Service(word)
                            : new ListenPort.Numbered(Integer.parseInt(port));
                    assertThat(ValueSyntax.listenPort(word)).isEqualTo(expected);
                });
    }

    @Test
    @Case("C06")
    void refusesAnEmptyPort() {
        assertThat(refusal(() -> ValueSyntax.listenPort(""))).isEqualTo("Unable to parse empty port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "-1", "0x50", "nosuchsvc", "5;foo", "\u00b2"})
    @Case({"C04", "C07"})
    void leavesOtherPortsToTheResolver(String word) throws ValueException {
        assertThat(ValueSyntax.listenPort(word)).isEqualTo(new ListenPort.Service(word));
    }

    @ParameterizedTest
    @CsvSource({
        "51820,",
        "0,",
        "065535,",
        "' +5',",
        "-0,",
        "domain,",
        "65536, port 65536 means port 0: a port has 16 bits",
        "70000, port 70000 means port 4464: a port has 16 bits",
        "4294967376, port 4294967376 means port 80: a port has 16 bits",
        "-4294967216, port -4294967216 means port 80: a port has 16 bits",
    })
    void warnsOfAPortThatMeansAnother(String word, String advice) {
        assertThat(ValueSyntax.listenPortAdvice(word).orElse(null)).isEqualTo(advice);
        assertThat(ValueSyntax.endpointAdvice("[::1]:" + word).orElse(null)).isEqualTo(advice);
    }

    @ParameterizedTest
    @CsvSource({
        "off, 0",
        "OFF, 0",
        "oFf, 0",
        "0, 0",
        "0x0, 0",
        "0xfF, 255",
        "010, 10",
        "51820, 51820",
        "0x00000000001, 1",
        "0xffffffff, 4294967295",
        "4294967295, 4294967295",
    })
    @Case({"C09", "C10", "C11", "C12"})
    void readsMarks(String word, long mark) throws ValueException {
        assertThat(Integer.toUnsignedLong(ValueSyntax.fwmark(word))).isEqualTo(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4294967296",
                "0x100000000",
                "0x",
                "0XFF",
                "-1",
                "+1",
                " 5",
                "5 ",
                "",
                "5x",
                "0xg",
                "of",
                "offf",
                "ff",
                "99999999999999999999",
                "0xffffffffffffffffffff",
                "\u0661",
                "18446744073709551617"
            })
    @Case("C13")
    void refusesOtherMarks(String word) {
        assertThat(refusal(() -> ValueSyntax.fwmark(word)))
                .isEqualTo("Fwmark is neither 0/off nor 0-0xffffffff: `" + word + "'");
    }

    @ParameterizedTest
    @CsvSource({"25, 25", "off, 0", "Off, 0", "0, 0", "65535, 65535", "025, 25", "000000000000000000000025, 25"})
    @Case({"C14", "C15", "C16"})
    void readsKeepaliveIntervals(String word, int seconds) throws ValueException {
        assertThat(ValueSyntax.persistentKeepalive(word)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "0x10", "-1", "", "25s", " 25", "+25", "4294967321", "18446744073709551641"})
    @Case("C17")
    void refusesOtherKeepaliveIntervals(String word) {
        assertThat(refusal(() -> ValueSyntax.persistentKeepalive(word)))
                .isEqualTo("Persistent keepalive interval is neither 0/off nor 1-65535: `" + word + "'");
    }

    @Test
    @Case("D02")
    void repeatsABadPublicKey() {
        assertThat(refusal(() -> ValueSyntax.publicKey("badkey")))
                .isEqualTo("Key is not the correct length or format: `badkey'");
    }

    @Test
    void neverRepeatsABadSecret() {
        String almost = Fixtures.PRIV.substring(1);
        var privateKey = assertThatExceptionOfType(ValueException.class)
                .isThrownBy(() -> ValueSyntax.privateKey(almost))
                .actual();
        var presharedKey = assertThatExceptionOfType(ValueException.class)
                .isThrownBy(() -> ValueSyntax.presharedKey(almost))
                .actual();
        assertThat(privateKey.wgLine()).isEqualTo("Key is not the correct length or format: `(hidden)'");
        assertThat(presharedKey.wgLine()).isEqualTo(privateKey.wgLine());
        assertThat(privateKey.reason()).isEqualTo("a key has 44 characters, this has 43");
        assertThat(privateKey.toString() + presharedKey).doesNotContain(almost);
    }

    @Test
    void readsKeys() throws ValueException {
        assertThat(ValueSyntax.publicKey(Fixtures.K1).toHex()).isEqualTo(Fixtures.K1_HEX);
        assertThat(ValueSyntax.privateKey(Fixtures.K1).toHex()).isEqualTo(Fixtures.K1_HEX);
        assertThat(ValueSyntax.presharedKey(Fixtures.K2).toHex()).isEqualTo(Fixtures.K2_HEX);
    }
}
