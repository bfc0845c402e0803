// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With each of the switches of [io.wgj.engine.io.Switches] off the engine is slower and no less right:
/// content arrives as it was sent, and the kernels at both ends find every checksum right. The other end
/// has all of them on.
@Tag("namespace")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchedOffTest {
    private static final int BYTES = 6 << 20;

    private Ends ends;

    @BeforeAll
    void start() throws Exception {
        ends = new Ends(Software.OURS);
    }

    @AfterAll
    void stop() {
        ends.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TUN_OFFLOADS",
                "TUN_MERGE_TCP",
                "TUN_MERGE_UDP",
                "VERIFY_MERGED",
                "UDP_SEND_TRAINS",
                "UDP_RECEIVE_TRAINS",
                "EQUAL_LAST_SEGMENT"
            })
    void contentAndChecksumsStayRight(String name) throws Exception {
        ends.a.env("WGJ_ENGINE_" + name, "0");
        try {
            ends.a.restart();
            ends.configure(ends.a, 1420);
            ends.meet(ends.a);

            Transfer.run(ends.a.host(), ends.b.host(), Ends.B4, BYTES);
            Transfer.run(ends.b.host(), ends.a.host(), Ends.A4, BYTES);
            Transfer.run(ends.a.host(), ends.b.host(), Ends.B6, BYTES);
            Transfer.run(ends.b.host(), ends.a.host(), Ends.A6, BYTES);
            Echo.must(ends.a.host(), Ends.B4, 20_000);
            Echo.must(ends.b.host(), Ends.A6, 20_000);

            assertThat(ends.a.host().checksumErrors()).isZero();
            assertThat(ends.b.host().checksumErrors()).isZero();
            assertThat(ends.a.stat("tx failures") + ends.a.stat("rx failures")).isZero();
        } finally {
            ends.a.env("WGJ_ENGINE_" + name, "1");
        }
    }
}
