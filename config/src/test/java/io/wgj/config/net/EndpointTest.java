// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    private static final ScopeNames NAMES = index -> index == 3 ? "eth0" : "";

    /// Link-local unicast and multicast scopes have names where the index has one, as `getnameinfo` writes them.
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 51820, 0, 192.0.2.1:51820",
        "2001:db8::1, 0, 0, [2001:db8::1]:0",
        "::ffff:1.2.3.4, 5, 0, [::ffff:1.2.3.4]:5",
        "fe80::1, 5, 3, [fe80::1%eth0]:5",
        "febf::1, 5, 3, [febf::1%eth0]:5",
        "fec0::1, 5, 3, [fec0::1%3]:5",
        "fe80::1, 5, 99, [fe80::1%99]:5",
        "fe80::1, 5, -1, [fe80::1%4294967295]:5",
        "ff02::1, 5, 3, [ff02::1%eth0]:5",
        "ff12::1, 5, 3, [ff12::1%eth0]:5",
        "ff05::1, 5, 3, [ff05::1%3]:5",
        "2001:db8::1, 5, 3, [2001:db8::1%3]:5",
    })
    void writesScopesAsTheSystemDoes(String address, int port, int scope, String expected) {
        var endpoint = new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), port, scope);
        assertThat(endpoint.text(NAMES)).isEqualTo(expected);
        assertThat(endpoint.text()).isEqualTo(expected.replace("eth0", "3"));
    }

    @Test
    void refusesWhatNoEndpointHas() {
        IpAddress v4 = IpAddress.ofV4(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Numeric(v4, 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Numeric(v4, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Numeric(v4, 5, 1));
    }
}
