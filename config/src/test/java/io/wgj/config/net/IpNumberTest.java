// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNumberTest {
    /// What `ip -4|-6 address add` (iproute2 6.1) made of these on a veth.
    @ParameterizedTest
    @CsvSource({
        "10.9, 10.9.0.0/32",
        "10.9/16, 10.9.0.0/16",
        "0x0a.1, 10.1.0.0/32",
        "10.0.0.1/0x18, 10.0.0.1/24",
        "10.0.0.1/255.255.0.0, 10.0.0.1/16",
        "10.0.0.1/255.255, 10.0.0.1/16",
        "10.0.0.1/0xff.0xff.0.0, 10.0.0.1/16",
        "10.0.0.1/128.0.0.0, 10.0.0.1/1",
        "10.0.0.1/0.0.0.0, 10.0.0.1/0",
        "10.0.0.1/255.255.255.255, 10.0.0.1/32",
        "10.0.0.1/0, 10.0.0.1/0",
        "010.0.0.1/010, 8.0.0.1/8",
        "10.0.0.1/+8, 10.0.0.1/8",
        "1, 1.0.0.0/32",
        "+1.+2.3.4/24, 1.2.3.4/24",
        "0X0a.1.1.1/24, 10.1.1.1/24",
        "fd00::1/0x40, fd00::1/64",
    })
    void readsAddressesAsIpDoes(String text, String expected) {
        assertThat(IpNumber.prefix(text).orElseThrow().text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/255.0.255.0",
                "10.0.0.1/16.0.0.0",
                "10.0.0.1/",
                "10.0.0.1/33",
                "10.0.0.1/08",
                "10.0.0.1/255",
                "256.1.1.1",
                "1.2.3.4.5",
                "10.",
                ".1",
                "",
                "fd00::1/129",
                "fd00::1/ffff::",
                "fe80::1%d0/64",
                "default/8"
            })
    void refusesWhatIpRefuses(String text) {
        assertThat(IpNumber.prefix(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1300, 1300",
        "0x500, 1280",
        "010000, 4096",
        "+1300, 1300",
        "-1, -1",
        "5x, -1",
        "'', -1",
        "0x, -1",
        "2147483648, -1"
    })
    void readsNumbersAsIpDoes(String text, long expected) {
        assertThat(IpNumber.parse(text, Integer.MAX_VALUE)).isEqualTo(expected);
    }
}
