// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.it.Product;
import io.wgj.it.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Network namespaces share the folder of the sockets. A socket with the name of a WireGuard link of this
/// namespace belongs to a device of another one: no two links of a namespace have one name. The original
/// takes the socket.
@Tag("kernel")
@ExtendWith(NetNamespaces.class)
class ForeignSocketKernelTest {
    private static final Path SOCKETS = Path.of("/run/wireguard");
    private static final MockReplies FOREIGN = MockReplies.EMPTY.withState("listen_port=7\n");

    @Test
    void aLinkOfThisNamespaceComesBeforeASocketOfItsName(NetNamespace namespace) throws IOException {
        namespace.run("ip", "link", "add", "wgforeign0", "type", "wireguard").ok();
        namespace.run(Reference.wg("set", "wgforeign0", "listen-port", "51833")).ok();
        Files.createDirectories(SOCKETS);
        try (MockUapiServer other = new MockUapiServer(SOCKETS.resolve("wgforeign0.sock"), FOREIGN)) {
            assertThat(namespace
                            .run(Reference.wg("show", "wgforeign0", "listen-port"))
                            .stdout())
                    .isEqualTo("7\n");
            assertThat(namespace
                            .run(Product.wg("show", "wgforeign0", "listen-port"))
                            .stdout())
                    .isEqualTo("51833\n");
            assertThat(namespace.run(Product.wg("show", "interfaces")).stdout()).isEqualTo("wgforeign0\n");

            namespace.run(Product.wg("set", "wgforeign0", "fwmark", "5")).ok();
            assertThat(other.requests()).containsExactly("get=1");
        }
    }

    @Test
    void aSocketWithoutSuchALinkIsADevice(NetNamespace namespace) throws IOException {
        Files.createDirectories(SOCKETS);
        try (MockUapiServer _ = new MockUapiServer(SOCKETS.resolve("wgforeign0.sock"), FOREIGN)) {
            assertThat(namespace
                            .run(Product.wg("show", "wgforeign0", "listen-port"))
                            .stdout())
                    .isEqualTo("7\n");
        }
    }
}
