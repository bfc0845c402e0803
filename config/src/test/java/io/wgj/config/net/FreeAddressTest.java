// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, '', 10.0.0.1",
        "10.0.0.7/24, 10.0.0.1/32, 10.0.0.2",
        "10.0.0.0/24, 10.0.0.1/32 10.0.0.3/32, 10.0.0.2",
        "10.0.0.0/24, 10.0.0.3/32 10.0.0.1/32 10.0.0.2/32, 10.0.0.4",
        "10.0.0.0/24, 10.0.0.0/25, 10.0.0.128",
        "10.0.0.0/24, 10.0.0.0/26 10.0.0.5/32 10.0.0.64/32, 10.0.0.65",
        "10.0.0.0/24, 0.0.0.0/0 ::/0 10.0.0.0/24, 10.0.0.1",
        "10.0.0.0/30, 10.0.0.1/32, 10.0.0.2",
        "10.0.0.0/30, 10.0.0.1/32 10.0.0.2/32, ''",
        "10.0.0.0/31, 10.0.0.0/32, 10.0.0.1",
        "10.0.0.9/32, '', 10.0.0.9",
        "255.255.255.0/24, 255.255.255.0/25 255.255.255.128/26, 255.255.255.192",
        "fd00::/64, '', fd00::1",
        "fd00::/64, fd00::1/128 fd00::2/128, fd00::3",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127, ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128,"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "0.0.0.0/0, '', 0.0.0.1",
    })
    void findsTheFirst(String network, String used, String expected) {
        List<IpPrefix> taken = new ArrayList<>();
        for (String word : used.isEmpty() ? new String[0] : used.split(" ", -1)) {
            taken.add(prefix(word));
        }
        assertThat(FreeAddress.first(prefix(network), taken)
                        .map(IpAddress::text)
                        .orElse(""))
                .isEqualTo(expected);
    }

    private static IpPrefix prefix(String text) {
        return IpNumber.prefix(text).orElseThrow();
    }
}
