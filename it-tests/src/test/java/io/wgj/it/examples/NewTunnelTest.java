// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `wgj new` writes comes up as it stands, and traffic flows.
@Tag("namespace")
class NewTunnelTest {
    @TempDir
    private Path folder;

    private final Internet internet = new Internet();

    @AfterEach
    void end() {
        internet.close();
    }

    @Test
    void aServerItsClientAndOneMore() throws Exception {
        Machine server = internet.join("server", "203.0.113.10/24");
        Machine laptop = internet.join("laptop", "198.51.100.20/24");
        Machine phone = internet.join("phone", "192.0.2.30/24");
        make("server", "-e", "203.0.113.10", "-n", "10.9.0.0/24,fd00:9::/64", "--preshared-keys", "laptop");
        assertThat(Files.getPosixFilePermissions(folder.resolve("wg0.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        server.up(folder.resolve("wg0.conf"));
        laptop.up(folder.resolve("laptop.conf"));
        assertThat(laptop.reaches("10.9.0.1")).isTrue();
        assertThat(laptop.reaches("fd00:9::1")).isTrue();

        make("client", "--add", folder.resolve("wg0.conf").toString(), "--key-files", "phone");
        server.quick("reload", folder.resolve("wg0.conf").toString()).ok();
        phone.up(folder.resolve("phone.conf"));
        assertThat(phone.reaches("10.9.0.1")).isTrue();
        assertThat(server.reaches("10.9.0.3")).isTrue();
    }

    @Test
    void twoSites() throws Exception {
        Machine berlin = internet.join("berlin", "203.0.113.10/24");
        Machine lisbon = internet.join("lisbon", "198.51.100.20/24");
        Machine left = internet.behind(berlin, "left", "10.1.0.9/24");
        internet.behind(lisbon, "right", "10.2.0.9/24");
        make("site", "berlin=10.1.0.0/24@203.0.113.10", "lisbon=10.2.0.0/24");
        berlin.up(folder.resolve("berlin.conf"));
        lisbon.up(folder.resolve("lisbon.conf"));
        assertThat(lisbon.reaches("10.1.0.9")).isTrue();
        assertThat(left.reaches("10.2.0.9")).isTrue();
    }

    private void make(String... words) throws Exception {
        String[] all = new String[words.length + 3];
        all[0] = "new";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "-d";
        all[words.length + 2] = folder.toString();
        Product.wgj(all).run().ok();
    }
}
