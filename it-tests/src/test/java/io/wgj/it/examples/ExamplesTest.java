// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import io.wgj.it.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Every file below `examples/` works as it stands: both ends come up, traffic flows by the tunnel and nowhere
/// else, and after `down` the machine is as before.
///
/// Several run at once. All network namespaces share the folder of WireGuard's sockets, so examples that have
/// files of one name take turns.
@Tag("namespace")
@Execution(ExecutionMode.CONCURRENT)
class ExamplesTest {
    /// Files that a test here brings up; `office.conf` is brought up by the walk of the README.
    private static final Set<String> TRIED = Set.of(
            "container/app.conf",
            "container/hub.conf",
            "ddns/home.conf",
            "ddns/roamer.conf",
            "failover/br-fibre.conf",
            "failover/br-lte.conf",
            "failover/fibre.conf",
            "failover/lte.conf",
            "from-gre-ipsec/north.conf",
            "from-gre-ipsec/south.conf",
            "from-wg-quick/after.conf",
            "from-wg-quick/before.conf",
            "from-wg-quick/far.conf",
            "kill-switch/exit.conf",
            "kill-switch/laptop.conf",
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
            "several-tunnels/company-far.conf",
            "several-tunnels/company.conf",
            "several-tunnels/provider-far.conf",
            "several-tunnels/provider.conf",
            "site-to-site/berlin.conf",
            "site-to-site/lisbon.conf",
            "source-address/far.conf",
            "source-address/many.conf");

    @TempDir
    private Path folder;

    private final Internet internet = new Internet();
    private final Deque<Tunnel> tunnels = new ArrayDeque<>();

    /// A tunnel that is up.
    ///
    /// @param before the state of the machine without it
    private record Tunnel(Machine machine, Path file, String before) {}

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
    @ResourceLock("laptop")
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

    /// The better tunnel's packets are lost on their way, and later not any more.
    @Tag("long")
    @Test
    void failover() throws Exception {
        Machine office = internet.join("office", "203.0.113.10/24", "203.0.113.11/24");
        Machine branch = internet.join("branch", "198.51.100.20/24");
        internet.behind(office, "printer", "10.0.0.9/24");
        Machine desk = internet.behind(branch, "desk", "10.1.0.9/24");
        up(office, "failover/br-fibre.conf");
        up(office, "failover/br-lte.conf");
        up(branch, "failover/fibre.conf");
        up(branch, "failover/lte.conf");
        office.watch(folder.resolve("office.log"));
        branch.watch(folder.resolve("branch.log"));
        assertThat(desk.reaches("10.0.0.9")).isTrue();
        assertThat(branch.takes("10.0.0.9", "fibre", 1)).isTrue();

        // A monitor takes silence for an outage only where probes were answered for some time.
        assertThat(branch.takes("10.0.0.9", "lte", 22)).isFalse();
        internet.cut(51820);
        assertThat(branch.takes("10.0.0.9", "lte", 60)).isTrue();
        assertThat(office.takes("10.1.0.9", "br-lte", 60)).isTrue();
        assertThat(desk.reaches("10.0.0.9")).isTrue();

        internet.mend();
        assertThat(branch.takes("10.0.0.9", "fibre", 60)).isTrue();
        assertThat(office.takes("10.1.0.9", "br-fibre", 60)).isTrue();
        assertThat(desk.reaches("10.0.0.9")).isTrue();
        office.endWatch();
        branch.endWatch();
        downLeavesNothing();
    }

    @Test
    @ResourceLock("hq")
    void theRecursiveVpn() throws Exception {
        recursive("recursive-vpn/branch.conf");
    }

    @Test
    @ResourceLock("hq")
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
    @ResourceLock("far")
    void oneCertainSourceAddress() throws Exception {
        Machine many = internet.join("many", "198.51.100.20/24", "198.51.100.77/24");
        Machine far = internet.join("far", "203.0.113.10/24");
        up(far, "source-address/far.conf");
        up(many, "source-address/many.conf");

        assertThat(many.reaches("10.9.0.2")).isTrue();
        assertThat(endpoints(far, "far")).contains("\t198.51.100.77:");
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
    @ResourceLock("provider")
    void aProvidersClientWithAKillSwitch() throws Exception {
        Machine provider = internet.join("provider", "203.0.113.10/24");
        provider.run("sysctl", "-qw", "net.ipv4.ip_forward=1").ok();
        Machine me = internet.join("me", "198.51.100.20/24");
        internet.join("web", "192.0.2.80/24");
        assertThat(me.reaches("192.0.2.80")).as("without a tunnel").isTrue();
        String without = me.state();
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
        assertThat(me.state()).isEqualTo(without);
        assertThat(me.reaches("192.0.2.80")).as("as before").isTrue();
    }

    @Test
    @Tag("long")
    @ResourceLock("laptop")
    void aKillSwitchByFirewall() throws Exception {
        Machine exit = internet.join("exit", "203.0.113.10/24");
        exit.run("sysctl", "-qw", "net.ipv4.ip_forward=1").ok();
        Machine laptop = internet.join("laptop", "198.51.100.20/24");
        internet.join("web", "192.0.2.80/24");
        String without = laptop.state();
        up(exit, "kill-switch/exit.conf");
        up(laptop, "kill-switch/laptop.conf");
        internet.watchPingsTo("192.0.2.80");

        assertThat(laptop.reaches("192.0.2.80")).isTrue();
        long throughTheExit = internet.pings();
        assertThat(throughTheExit).as("the far end sends it on").isPositive();
        assertThat(laptop.pingsBy("eth0", "192.0.2.80")).as("past the tunnel").isFalse();

        laptop.ip("link delete laptop");
        assertThat(laptop.pings("192.0.2.80")).as("with the device gone").isFalse();
        laptop.quick("down", "--from-journal", "laptop").ok();
        assertThat(laptop.pings("192.0.2.80"))
                .as("the firewall is the hooks' affair")
                .isFalse();
        assertThat(internet.pings()).as("pings that left in clear").isEqualTo(throughTheExit);

        laptop.run("nft", "delete", "table", "inet", "laptop-kill").ok();
        assertThat(laptop.state()).isEqualTo(without);
        assertThat(laptop.reaches("192.0.2.80")).as("as before").isTrue();
    }

    @Test
    @Tag("long")
    @ResourceLock("provider")
    void severalTunnels() throws Exception {
        Machine company = internet.join("company", "203.0.113.10/24");
        internet.behind(company, "server", "10.20.0.9/24");
        Machine provider = internet.join("provider", "192.0.2.30/24");
        provider.run("sysctl", "-qw", "net.ipv4.ip_forward=1").ok();
        internet.join("web", "198.18.0.80/24");
        Machine me = internet.join("me", "198.51.100.20/24");
        up(company, "several-tunnels/company-far.conf");
        up(provider, "several-tunnels/provider-far.conf");
        up(me, "several-tunnels/provider.conf");
        up(me, "several-tunnels/company.conf");
        internet.watchPingsTo("198.18.0.80");

        assertThat(me.reaches("10.20.0.9")).as("the company's network").isTrue();
        assertThat(me.reaches("198.18.0.80")).as("everything else").isTrue();
        assertThat(internet.pings()).isPositive();
        assertThat(endpoints(company, "company-far"))
                .as("not by way of the provider")
                .contains("\t198.51.100.20:");
        downLeavesNothing();
    }

    @Test
    void aContainer() throws Exception {
        Machine hub = internet.join("hub", "203.0.113.10/24");
        Machine app = internet.join("app", "198.51.100.20/24");
        app.isAContainer();
        up(hub, "container/hub.conf");
        up(app, "container/app.conf");

        assertThat(app.reaches("10.30.0.1")).isTrue();
        downLeavesNothing();
    }

    @Test
    @Tag("long")
    void aNameThatChangesItsAddress() throws Exception {
        Machine home = internet.join("home", "203.0.113.99/24", "203.0.113.10/24");
        Machine roamer = internet.join("roamer", "198.51.100.20/24");
        Path hosts = Files.writeString(folder.resolve("hosts"), "203.0.113.10 home.example.net\n");
        roamer.looksNamesUpIn(hosts);
        up(home, "ddns/home.conf");
        up(roamer, "ddns/roamer.conf");
        assertThat(roamer.reaches("10.5.0.1")).isTrue();

        home.ip("address delete 203.0.113.10/24 dev eth0");
        Files.writeString(hosts, "203.0.113.99 home.example.net\n");
        assertThat(roamer.pings("10.5.0.1")).as("home has moved").isFalse();
        roamer.quick("reload", "--resolve", folder.resolve("roamer.conf").toString())
                .ok();
        assertThat(roamer.reaches("10.5.0.1")).isTrue();

        home.ip("address add 203.0.113.10/24 dev eth0");
        downLeavesNothing();
    }

    @Test
    @Tag("long")
    @ResourceLock("far")
    void fromWgQuickWithHooksToKeys() throws Exception {
        Machine far = internet.join("far", "203.0.113.10/24");
        far.run("sysctl", "-qw", "net.ipv4.ip_forward=1").ok();
        Machine router = internet.join("router", "198.51.100.20/24");
        Machine desk = internet.behind(router, "desk", "10.1.0.9/24");
        internet.join("web", "192.0.2.80/24");
        String without = router.state();
        up(far, "from-wg-quick/far.conf");
        assertThat(desk.pings("192.0.2.80")).as("without a tunnel").isFalse();

        Path before = copy("from-wg-quick/before.conf");
        if (Reference.isThere()) {
            router.original("up", before);
            router.quick("down", before.toString()).ok();
            assertThat(router.state())
                    .as("what wg-quick has brought up is gone")
                    .isEqualTo(without);
        }
        router.up(before);
        assertThat(desk.reaches("192.0.2.80")).isTrue();
        assertThat(router.reaches("192.0.2.80")).as("directly").isTrue();
        String rules = router.ip("rule show");
        router.down(before);
        up(router, "from-wg-quick/after.conf");

        assertThat(desk.reaches("192.0.2.80")).isTrue();
        assertThat(router.reaches("192.0.2.80")).as("directly").isTrue();
        assertThat(router.ip("rule show").replace(" proto 87", "")).isEqualTo(rules);
        downLeavesNothing();
    }

    @Test
    @Tag("long")
    void fromGreOverIpsec() throws Exception {
        Machine north = internet.join("north", "203.0.113.10/24");
        Machine south = internet.join("south", "198.51.100.20/24");
        Machine left = internet.behind(north, "left", "10.1.0.9/24");
        Machine right = internet.behind(south, "right", "10.2.0.9/24");
        // The route of the old tunnel, which leads nowhere here.
        north.ip("route add 10.2.0.0/24 via 203.0.113.1 metric 100");
        south.ip("address add 10.2.7.1/32 dev lo");
        up(north, "from-gre-ipsec/north.conf");
        up(south, "from-gre-ipsec/south.conf");

        assertThat(left.reaches("10.2.0.9")).isTrue();
        assertThat(right.reaches("10.1.0.9")).isTrue();
        assertThat(left.pings("10.2.7.1")).as("not announced yet").isFalse();
        north.ip("route add 10.2.7.0/24 via 10.255.0.2 dev north proto bird");
        assertThat(left.reaches("10.2.7.1")).as("by a daemon's route").isTrue();
        downLeavesNothing();
    }

    private static String endpoints(Machine machine, String link) {
        return machine.run(Product.wgj("show", link, "endpoints").words().toArray(String[]::new))
                .ok()
                .stdout();
    }

    private void up(Machine machine, String example) throws Exception {
        Path file = copy(example);
        String before = machine.state();
        machine.up(file);
        tunnels.push(new Tunnel(machine, file, before));
    }

    /// Copies the file, and the key or firewall that belongs to it, to where root alone reads it, as the README
    /// says.
    private Path copy(String example) throws Exception {
        Path original = Product.root().resolve("examples").resolve(example);
        for (String suffix : List.of(".key", ".nft", ".conf")) {
            Path source = original.resolveSibling(nameWithout(original) + suffix);
            if (Files.exists(source)) {
                Path file = folder.resolve(source.getFileName());
                Files.copy(source, file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
        return folder.resolve(original.getFileName());
    }

    private static String nameWithout(Path conf) {
        String name = conf.getFileName().toString();
        return name.substring(0, name.length() - ".conf".length());
    }

    private void downLeavesNothing() {
        while (!tunnels.isEmpty()) {
            Tunnel tunnel = tunnels.pop();
            tunnel.machine.down(tunnel.file);
            assertThat(tunnel.machine.state())
                    .as(tunnel.machine + " after down")
                    .isEqualTo(tunnel.before);
        }
    }
}
