// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Proves that the namespace ring has what the suites build on.
@Tag("namespace")
@ExtendWith(NetNamespaces.class)
class UserspaceNamespaceTest {
    @Test
    void aUserspaceDeviceAnswersTheReferenceTool(NetNamespace namespace) {
        try (Daemon daemon = Daemon.start(namespace, "wgt0")) {
            namespace.run(Reference.wg("set", "wgt0", "listen-port", "51833")).ok();

            assertThat(daemon.socket()).exists();
            assertThat(namespace
                            .run(Reference.wg("show", "wgt0", "listen-port"))
                            .ok()
                            .stdout())
                    .isEqualTo("51833\n");
        }
    }

    @Test
    void twoNamespacesDoNotSeeEachOthersLinks(NetNamespace one, NetNamespace other) {
        one.run("ip", "link", "add", "wgtveth0", "type", "veth", "peer", "name", "wgtveth1")
                .ok();

        assertThat(one.run("ip", "link", "show", "wgtveth0").exit()).isZero();
        assertThat(other.run("ip", "link", "show", "wgtveth0").exit()).isEqualTo(1);
    }
}
