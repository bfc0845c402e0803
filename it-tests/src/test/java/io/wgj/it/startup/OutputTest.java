// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import org.junit.jupiter.api.Test;

/// What becomes of a command whose output has nowhere to go, as scripts see it.
class OutputTest {
    @Test
    void aReaderThatLeftEndsItAsTheSignalWould() {
        assertThat(script("{ sleep 0.3; wg genkey; echo $? >&2; } | true").stderr())
                .isEqualTo("141\n");
    }

    @Test
    void aFullDeviceIsNobodysBusiness() {
        assertThat(script("wg genkey >/dev/full; echo $?").stdout()).isEqualTo("0\n");
    }

    private static Ran script(String text) {
        return Command.of("bash", "-c", text)
                .env("PATH", Product.links() + ":" + System.getenv("PATH"))
                .run();
    }
}
