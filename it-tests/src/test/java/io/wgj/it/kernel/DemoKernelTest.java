// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import io.wgj.it.Ran;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `wgj demo` where the kernel has WireGuard.
@Tag("kernel")
class DemoKernelTest {
    @Test
    void showsATunnelAndLeavesNothing() {
        Traces before = Traces.now();

        Ran ran = Product.wgj("demo").run();

        assertThat(ran.exit()).as(ran.stderr()).isZero();
        assertThat(ran.stderr())
                .contains("[#] ip link add dev left-", "[#] ip link delete dev right-")
                .doesNotContain("Falling back");
        assertThat(ran.stdout())
                .contains("answer 3 after ", "arrived after ", "latest handshake: ")
                .containsPattern("transfer: .* received, .* sent")
                .doesNotContainPattern("PrivateKey = [A-Za-z0-9+/]{43}=");
        assertThat(Traces.now()).isEqualTo(before);
    }
}
