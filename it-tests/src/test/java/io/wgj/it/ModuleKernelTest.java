// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Proves that the kernel ring runs on the real thing.
@Tag("kernel")
@ExtendWith(NetNamespaces.class)
class ModuleKernelTest {
    @Test
    void theKernelsOwnDeviceAnswersTheReferenceTool(NetNamespace namespace) {
        namespace.run("ip", "link", "add", "wgk0", "type", "wireguard").ok();
        namespace.run(Reference.wg("set", "wgk0", "listen-port", "51833")).ok();

        assertThat(namespace.run(Reference.wg("show", "wgk0")).ok().stdout())
                .isEqualTo("interface: wgk0\n  listening port: 51833\n");
    }
}
