// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A TUN that another program opened, without the flag that large packets need.
@Tag("namespace")
@Timeout(60)
class HandedOverTest {
    @Test
    void aTunWithoutAHeaderIsUsedAndReportedOnce() throws Exception {
        try (Ends ends = new Ends(Software.HANDED_OVER)) {
            ends.exchange(4 << 20);

            assertThat(ends.b.statsByName())
                    .containsEntry("tun_vnet_header", "no")
                    .containsEntry("tun_merge_tcp", "no")
                    .containsEntry("tun_merge_udp", "no")
                    .doesNotContainKey("switched_off");
            assertThat(ends.b.complaints(0)).singleElement().asString().contains("IFF_VNET_HDR");
        }
    }
}
