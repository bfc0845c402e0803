// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9586", "[::1]:9586", "0.0.0.0:65535", "[::]:1"})
    void takesAnAddressAndAPort(String text) {
        assertThat(MetricsAddress.parse(text).map(Endpoint.Numeric::text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "9586",
                ":9586",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:+1",
                "127.0.0.1:99999999999",
                "localhost:9586",
                "::1:9586",
                "[127.0.0.1]:9586",
                "[::1]",
                "[::1]9586",
                "[fe80::1%eth0]:9586",
                "127.1:9586",
                "127.0.0.1:9586/metrics"
            })
    void refusesEverythingElse(String text) {
        assertThat(MetricsAddress.parse(text)).isEmpty();
    }
}
