// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file below `examples/` works as it stands: both ends come up, traffic flows by the tunnel and nowhere
/// else, and
/// after `down` the machine is as before.
@Tag("namespace")
class ExamplesTest {
    /// Files that a test here brings up; `office.conf` is brought up by the walk of the README.
    private static final Set<String> TRIED = Set.of(
            "mesh/mesh-a.conf",
            "mesh/mesh-b.conf",
            "mesh/mesh-c.conf",
            "office.conf",
            "provider-client/me.conf",
            "provider-client/provider.conf",
            "recursive-vpn/branch-rules.conf",
            "recursive-vpn/branch.conf",
            "recursive-vpn/hq.conf",
            "road-warrior/laptop.conf",
            "road-warrior/phone.conf",
            "road-warrior/server.conf",
            "site-to-site/berlin.conf",
            "site-to-site/lisbon.conf",
            "source-address/far.conf",
            "source-address/many.conf");

    @TempDir
    private Path folder;

    private final Internet internet = new Internet();
    private final Map<Machine, String> before = new LinkedHashMap<>();
    private final List<Machine> order = new ArrayList<>();
    private final Map<Machine, Path> files = new LinkedHashMap<>();

    @AfterEach
    void end() {
        internet.close();
    }

    @Test
    void everyExampleIsTried() throws Exception {
        Path examples = Product.root().resolve("examples");
        try (Stream<Path> all = Files.walk(examples)) {
            Set<String> found = new HashSet<>();
            all.filter(file -> file.toString().endsWith(".conf"))
                    .forEach(file -> found.add(examples.relativize(file).toString()));
            assertThat(found).containsExactlyInAnyOrderElementsOf(TRIED);
        }
    }

    @Tag("long")
    @Test
    void roadWarriors() throws Exception {
        Machine server = internet.join("server", "203.0.113.10/24");
        internet.behind(server, "printer", "10.0.0.9/24");
        Machine laptop = internet.join("laptop", "198.51.100.20/24");
        Machine phone = internet.join("phone", "192.0.2.30/24");
        up(server, "road-warrior/server.conf");
        up(laptop, "road-warrior/laptop.conf");
        up(phone, "road-warrior/phone.conf");

        assertThat(laptop.reaches("10.0.0.9")).isTrue();
        assertThat(phone.reaches("10.0.0.9")).isTrue();
        assertThat(laptop.reaches("10.8.0.3"))
                .as("one road warrior reaches the other")
                .isTrue();
        downLeavesNothing();
    }

    @Tag("long")
    @Test
    void twoSites() throws Exception {
        Machine berlin = internet.join("berlin", "203.0.113.10/24");
        Machine lisbon = internet.join("lisbon", "198.51.100.20/24");
        Machine left = internet.behind(berlin, "left", "10.1.0.9/24", "fd01:0:0:1::9/64");
        Machine right = internet.behind(lisbon, "right", "10.2.0.9/24", "fd01:0:0:2::9/64");
        up(berlin, "site-to-site/berlin.conf");
        up(lisbon, "site-to-site/lisbon.conf");

        assertThat(left.reaches("10.2.0.9")).isTrue();
        assertThat(right.reaches("10.1.0.9")).isTrue();
        assertThat(left.reaches("fd01:0:0:2::9")).isTrue();
        assertThat(right.reaches("fd01:0:0:1::9")).isTrue();
        downLeavesNothing();
    }

    @Test
    void theRecursiveVpn() throws Exception {
        recursive("recursive-vpn/branch.conf");
    }

    @Test
    void theRecursiveVpnInSeparateKeys() throws Exception {
        recursive("recursive-vpn/branch-rules.conf");
    }

    private void recursive(String branchFile) throws Exception {
        Machine hq = internet.join("hq", "203.0.113.10/24");
        Machine branch = internet.join("branch", "198.51.100.20/24");
        branch.run("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.eth0.rp_filter=0")
                .ok();
        up(hq, "recursive-vpn/hq.conf");
        up(branch, branchFile);
        internet.watchPingsTo("203.0.113.10");

        assertThat(branch.reaches("10.9.0.2")).isTrue();
        assertThat(branch.reaches("203.0.113.10"))
                .as("the endpoint itself, through the tunnel")
                .isTrue();
        assertThat(internet.pings()).as("pings outside of the tunnel").isZero();
        downLeavesNothing();
    }

    @Tag("long")
    @Test
    void oneCertainSourceAddress() throws Exception {
        Machine many = internet.join("many", "198.51.100.20/24", "198.51.100.77/24");
        Machine far = internet.join("far", "203.0.113.10/24");
        up(far, "source-address/far.conf");
        up(many, "source-address/many.conf");

        assertThat(many.reaches("10.9.0.2")).isTrue();
        String endpoints = far.run(
                        Product.wgj("show", "far", "endpoints").words().toArray(String[]::new))
                .ok()
                .stdout();
        assertThat(endpoints).contains("\t198.51.100.77:");
        downLeavesNothing();
    }

    @Tag("long")
    @Test
    void aMeshOfThree() throws Exception {
        Machine a = internet.join("a", "192.0.2.30/24");
        Machine b = internet.join("b", "198.51.100.20/24");
        Machine c = internet.join("c", "203.0.113.10/24");
        up(a, "mesh/mesh-a.conf");
        up(b, "mesh/mesh-b.conf");
        up(c, "mesh/mesh-c.conf");

        assertThat(a.reaches("10.7.0.2")).isTrue();
        assertThat(b.reaches("10.7.0.3")).isTrue();
        assertThat(c.reaches("10.7.0.1")).isTrue();
        downLeavesNothing();
    }

    @Tag("long")
    @Test
    void aProvidersClientWithAKillSwitch() throws Exception {
        Machine provider = internet.join("provider", "203.0.113.10/24");
        provider.run("sysctl", "-qw", "net.ipv4.ip_forward=1").ok();
        Machine me = internet.join("me", "198.51.100.20/24");
        internet.join("web", "192.0.2.80/24");
        assertThat(me.reaches("192.0.2.80")).as("without a tunnel").isTrue();
        up(provider, "provider-client/provider.conf");
        up(me, "provider-client/me.conf");
        internet.watchPingsTo("192.0.2.80");

        assertThat(me.reaches("192.0.2.80")).isTrue();
        long throughTheProvider = internet.pings();
        assertThat(throughTheProvider).as("the provider sends it on").isPositive();

        me.ip("link delete me");
        assertThat(me.pings("192.0.2.80")).as("with the device gone").isFalse();
        assertThat(internet.pings()).as("pings that left in clear").isEqualTo(throughTheProvider);

        // The device is gone, so wg-quick's sentence is the answer; the journal undoes the rest.
        me.quick("down", "--from-journal", "me").ok();
        assertThat(me.state()).isEqualTo(before.get(me));
        assertThat(me.reaches("192.0.2.80")).as("as before").isTrue();
    }

    /// Copies the file to where root alone reads it, as the README says, and brings it up.
    private void up(Machine machine, String example) throws Exception {
        Path file = folder.resolve(Path.of(example).getFileName());
        Files.copy(Product.root().resolve("examples").resolve(example), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        before.put(machine, machine.state());
        machine.up(file);
        files.put(machine, file);
        order.add(machine);
    }

    private void downLeavesNothing() {
        for (Machine machine : order.reversed()) {
            machine.down(Objects.requireNonNull(files.get(machine)));
            assertThat(machine.state()).as(machine + " after down").isEqualTo(before.get(machine));
        }
    }
}
