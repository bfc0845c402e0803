// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wgj.config.cases.Case;
import io.wgj.config.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:5, 1.2.3.4:5",
        "[::1]:5, [::1]:5",
        "2001:db8::1:51820, [2001:db8::1]:51820",
        "[127.0.0.1]:51820, 127.0.0.1:51820",
        "[2001:DB8:0:0:1:0:0:1]:51820, [2001:db8::1:0:0:1]:51820",
        "[::ffff:1.2.3.4]:51820, [::ffff:1.2.3.4]:51820",
        "[::1:2]:51820, [::0.1.0.2]:51820",
        "1.2.3.4:70000, 1.2.3.4:4464",
        "1.2.3.4:0, 1.2.3.4:0",
        "'1.2.3.4: 5', 1.2.3.4:5",
        "[::1]:+5, [::1]:5",
    })
    @Case({"F01", "F02", "F03", "F04", "F07", "F08", "F09"})
    void readsAddressesAsNumbers(String text, String expected) throws ValueException {
        assertThat(EndpointSyntax.parse(text))
                .isInstanceOf(Endpoint.Numeric.class)
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "[fe80::1%lo]:51820, fe80::1%lo, 51820",
        "fe80::1%lo:51820, fe80::1%lo, 51820",
        "127.1:51820, 127.1, 51820",
        "0x7f.1:51820, 0x7f.1, 51820",
        "2130706433:51820, 2130706433, 51820",
        "010.0.0.1:51820, 010.0.0.1, 51820",
        "1.2.3.4:domain, 1.2.3.4, domain",
        "1.2.3.4:-1, 1.2.3.4, -1",
        "vpn.example.com:51820, vpn.example.com, 51820",
        "':51820', '', 51820",
        "[]:5, '', 5",
        "' 1.2.3.4:5', ' 1.2.3.4', 5",
        "1.2.3.4 :5, '1.2.3.4 ', 5",
        "[a:b]:c:d, a:b, c:d",
    })
    void leavesTheRestToTheResolver(String text, String host, String service) throws ValueException {
        assertThat(EndpointSyntax.parse(text)).isEqualTo(new Endpoint.Named(host, service, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4", "1.2.3.4:", "[::1]", "[::1]5", "[::1]:", "[1.2.3.4", ":", "host"})
    @Case({"F13", "F14"})
    void refusesAnEndpointWithoutAPort(String text) {
        String expected = text.startsWith("[") && !text.contains("]")
                ? "Unable to find matching brace of endpoint: `"
                : "Unable to find port of endpoint: `";
        assertThatExceptionOfType(ValueException.class)
                .isThrownBy(() -> EndpointSyntax.parse(text))
                .extracting(ValueException::wgLine)
                .isEqualTo(expected + text + "'");
    }

    @Test
    @Case("F15")
    void refusesNothing() {
        assertThatExceptionOfType(ValueException.class)
                .isThrownBy(() -> EndpointSyntax.parse(""))
                .extracting(ValueException::wgLine)
                .isEqualTo("Unable to parse empty endpoint");
    }
}
