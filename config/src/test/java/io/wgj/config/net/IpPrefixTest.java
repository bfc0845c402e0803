// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpPrefixTest {
    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(IpAddress.parse(address).orElseThrow(), length);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 24, true, 10.0.0.0/24",
        "10.0.0.0, 24, false, 10.0.0.0/24",
        "10.0.0.1, 32, false, 10.0.0.1/32",
        "128.0.0.0, 0, true, 0.0.0.0/0",
        "fd00::1, 64, true, fd00::/64",
        "fd00:0:0:0:8000::, 65, false, fd00::8000:0:0:0/65",
        "fd00:0:0:0:8000::, 64, true, fd00::/64",
        "::1, 128, false, ::1/128",
        "::1, 0, true, ::/0",
    })
    void knowsItsHostBits(String address, int length, boolean hostBits, String masked) {
        IpPrefix prefix = prefix(address, length);
        assertThat(prefix.hasHostBits()).isEqualTo(hostBits);
        assertThat(prefix.masked().text()).isEqualTo(masked);
        assertThat(prefix.text()).isEqualTo(IpAddress.parse(address).orElseThrow() + "/" + length);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, 8, 10.255.0.1, true",
        "10.0.0.0, 8, 11.0.0.0, false",
        "0.0.0.0, 0, 1.2.3.4, true",
        "0.0.0.0, 0, ::1, false",
        "::, 0, 1.2.3.4, false",
        "fd00::, 64, fd00::ffff:ffff:ffff:ffff, true",
        "fd00::, 64, fd00:0:0:1::, false",
        "::ffff:0:0, 96, 1.2.3.4, false",
    })
    void containsAddressesOfItsFamily(String address, int length, String other, boolean inside) {
        assertThat(prefix(address, length).contains(IpAddress.parse(other).orElseThrow()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, 8, 10.1.0.0, 16, true",
        "10.0.0.0, 8, 10.0.0.0, 8, true",
        "10.1.0.0, 8, 10.2.0.0, 8, true",
        "10.1.0.0, 16, 10.0.0.0, 8, false",
        "10.0.0.0, 8, 11.0.0.0, 16, false",
        "0.0.0.0, 0, ::, 0, false",
        "::, 0, fd00::, 8, true",
        "fd00::, 65, fd00::7fff:0:0:1, 128, true",
        "fd00::, 65, fd00:0:0:0:8000::, 128, false",
    })
    void containsPrefixesOfItsFamilyThatAreNoShorter(String one, int length, String other, int others, boolean inside) {
        assertThat(prefix(one, length).contains(prefix(other, others))).isEqualTo(inside);
    }

    @Test
    void standsForAFamilyOrForOneAddress() {
        assertThat(IpPrefix.all(IpFamily.V4).text()).isEqualTo("0.0.0.0/0");
        assertThat(IpPrefix.all(IpFamily.V6).text()).isEqualTo("::/0");
        assertThat(IpPrefix.host(IpAddress.ofV4(1)).text()).isEqualTo("0.0.0.1/32");
        assertThat(IpPrefix.host(IpAddress.ofV6(0, 1)).text()).isEqualTo("::1/128");
    }

    @Test
    void refusesALengthThatItsFamilyLacks() {
        assertThatIllegalArgumentException().isThrownBy(() -> prefix("10.0.0.0", 33));
        assertThatIllegalArgumentException().isThrownBy(() -> prefix("::", 129));
        assertThatIllegalArgumentException().isThrownBy(() -> prefix("::", -1));
    }
}
