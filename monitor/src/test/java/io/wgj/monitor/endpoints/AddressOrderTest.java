// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            V4 | 192.0.2.1                                      | 192.0.2.1
            V4 | 192.0.2.1 2001:db8::1                          | 2001:db8::1 192.0.2.1
            V6 | 2001:db8::1 192.0.2.1                          | 192.0.2.1 2001:db8::1
            V4 | 192.0.2.1 192.0.2.2 2001:db8::1                | 2001:db8::1 192.0.2.1 192.0.2.2
            V6 | 192.0.2.1 192.0.2.2 192.0.2.3 2001:db8::1      | 192.0.2.1 2001:db8::1 192.0.2.2 192.0.2.3
            V4 | 192.0.2.1 2001:db8::1 192.0.2.1 2001:db8::2    | 2001:db8::1 192.0.2.1 2001:db8::2
            """)
    void alternatesFamiliesAndTheFailingOneComesSecond(IpFamily failing, String answers, String order) {
        assertThat(AddressOrder.of(endpoints(answers), failing)).isEqualTo(endpoints(order));
    }

    private static List<Endpoint.Numeric> endpoints(String text) {
        List<Endpoint.Numeric> list = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            list.add(new Endpoint.Numeric(IpAddress.parse(word).orElseThrow(), 51820));
        }
        return list;
    }
}
