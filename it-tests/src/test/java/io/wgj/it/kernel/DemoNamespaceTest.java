// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `wgj demo` on whatever kernel this machine has.
@Tag("namespace")
@ExtendWith(NetNamespaces.class)
class DemoNamespaceTest {
    @Test
    void saysThatTheKernelHasNoWireGuardWhereItHasNoneAndLeavesNothing(NetNamespace probe) {
        Ran creation = probe.run("ip", "link", "add", "wgprobe0", "type", "wireguard");
        Traces before = Traces.now();

        Ran ran = Product.wgj("demo").run();

        if (creation.exit() == 0) {
            assertThat(ran.ok().stdout()).contains("answer 3 after ");
        } else {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.stderr())
                    .startsWith("wgj: demo: this kernel has no WireGuard")
                    .contains("it-tests/grounds/kernel-vm -- ./wgj demo");
        }
        assertThat(Traces.now()).isEqualTo(before);
    }
}
