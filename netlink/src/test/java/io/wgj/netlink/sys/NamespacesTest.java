// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("namespace")
class NamespacesTest {
    @TempDir
    Path directory;

    @Test
    void aThreadOfItsOwnGetsANetworkOfItsOwnAndComesBack() throws Exception {
        long outside = network();

        long[] inside = Namespaces.on(() -> {
            try (NativeFile home = Namespaces.currentNetwork()) {
                Namespaces.unshare(Namespaces.CLONE_NEWNET);
                long fresh = network();
                Namespaces.enter(home, Namespaces.CLONE_NEWNET);
                return new long[] {fresh, network()};
            }
        });

        assertThat(inside[0]).isNotEqualTo(outside);
        assertThat(inside[1]).isEqualTo(outside);
        assertThat(network()).isEqualTo(outside);
    }

    @Test
    void privateMountsAreSeenByTheirThreadOnly() throws Exception {
        String target = directory.toString();
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
            Namespaces.mount("none", "/", null, Namespaces.MS_REC | Namespaces.MS_PRIVATE, null);
            Namespaces.mount("tmpfs", target, "tmpfs", 0, "size=64k");
            Files.createFile(directory.resolve("inside"));
            assertThat(NativeFile.list(target)).containsExactly("inside");
            return target;
        });

        assertThat(NativeFile.list(target)).isEmpty();
    }

    private static long network() throws SystemException {
        return NativeFile.status("/proc/thread-self/ns/net").inode();
    }
}
