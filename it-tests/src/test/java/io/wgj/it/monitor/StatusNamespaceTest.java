// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Daemon;
import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What users without privileges can read through the monitor, and that they can do nothing else.
@Tag("namespace")
@Tag("long")
@ExtendWith(NetNamespaces.class)
class StatusNamespaceTest {
    private static final String PRIVATE = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    private static final String PRESHARED = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    private static final String PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String DEVICE = "wgtstatus0";
    private static final String GROUP = "4242";

    @TempDir
    private Path folder;

    private final List<Process> monitors = new ArrayList<>();
    private Path log = Path.of("/dev/null");
    private Path groups = Path.of("/dev/null");

    /// The monitor and its users see a group `wgj`, without a change to this machine's file.
    @BeforeEach
    void makeGroup() throws IOException {
        groups = folder.resolve("group");
        Files.writeString(groups, Files.readString(Path.of("/etc/group")) + "wgj:x:" + GROUP + ":\n");
        log = folder.resolve("log");
    }

    @AfterEach
    void endMonitors() throws InterruptedException {
        for (Process monitor : monitors) {
            monitor.destroy();
            assertThat(monitor.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void startMonitor(NetNamespace namespace) throws Exception {
        Command command = namespace.of(Product.wgj("monitor")
                .under(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind \"$0\" /etc/group && exec \"$@\"",
                        groups.toString()));
        monitors.add(command.start(log));
        Ran ran = namespace.run(Product.wgj("status"));
        for (int tries = 0; ran.exit() == 8 && tries < 200; tries++) {
            Thread.sleep(50);
            ran = namespace.run(Product.wgj("status"));
        }
        assertThat(ran.exit()).as(ran.stderr() + Files.readString(log)).isZero();
    }

    private static Ran as(NetNamespace namespace, String group, String... words) {
        return namespace.run(
                Product.wgj(words).under("setpriv", "--reuid=65534", "--regid=65534", "--groups=" + group));
    }

    private void configure(NetNamespace namespace) throws IOException {
        Path file = folder.resolve("device.conf");
        Files.writeString(
                file,
                "[Interface]\nPrivateKey = " + PRIVATE + "\nListenPort = 51987\n[Peer]\nPublicKey = " + PEER
                        + "\nPresharedKey = " + PRESHARED + "\nAllowedIPs = 10.9.0.0/24\n");
        namespace.run(Product.wgj("setconf", DEVICE, file.toString())).ok();
    }

    @Test
    void aMemberOfTheGroupReadsTheStatusAndNothingElse(NetNamespace namespace) throws Exception {
        try (Daemon _ = Daemon.start(namespace, DEVICE)) {
            configure(namespace);
            startMonitor(namespace);

            Ran status = as(namespace, GROUP, "status", DEVICE);
            assertThat(status.stderr()).isEmpty();
            assertThat(status.stdout()).contains(DEVICE, PEER, "idle");
            assertThat(status.exit()).isZero();
            assertThat(as(namespace, GROUP, "status", "--strict").exit()).isEqualTo(10);
            assertThat(as(namespace, GROUP, "status", "wgtnone0").exit()).isEqualTo(5);
            assertThat(as(namespace, GROUP, "wait", DEVICE, "--timeout", "300ms")
                            .exit())
                    .isEqualTo(7);

            Ran json = as(namespace, GROUP, "show", DEVICE, "--json");
            assertThat(json.stdout()).contains("\"source\":\"monitor\"", PEER, "10.9.0.0/24");
            assertThat(as(namespace, GROUP, "show", DEVICE, "allowed-ips").ok().stdout())
                    .isEqualTo(PEER + "\t10.9.0.0/24\n");
            for (Ran ran : List.of(
                    status,
                    json,
                    as(namespace, GROUP, "status", "--json"),
                    as(namespace, GROUP, "show"),
                    as(namespace, GROUP, "show", DEVICE, "dump"),
                    as(namespace, GROUP, "show", DEVICE, "private-key"),
                    as(namespace, GROUP, "show", DEVICE, "preshared-keys"),
                    as(namespace, GROUP, "show", DEVICE, "--json", "--secrets"),
                    as(namespace, GROUP, "showconf", DEVICE))) {
                assertThat(ran.stdout() + ran.stderr()).doesNotContain(PRIVATE, PRESHARED);
            }
            assertThat(as(namespace, GROUP, "show", DEVICE, "dump").exit()).isEqualTo(1);

            assertThat(as(namespace, GROUP, "set", DEVICE, "peer", PEER, "remove")
                            .exit())
                    .isEqualTo(1);
            assertThat(namespace.run(Product.wgj("show", DEVICE, "peers")).ok().stdout())
                    .isEqualTo(PEER + "\n");
        }
    }

    @Test
    void othersCannotConnect(NetNamespace namespace) throws Exception {
        startMonitor(namespace);
        Ran ran = as(namespace, "65534", "status");
        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.stderr()).contains("only root and the group wgj may read the status");
    }

    @Test
    void eachNamespaceHasItsOwnMonitorAndOneAtMost(NetNamespace one, NetNamespace other) throws Exception {
        startMonitor(one);
        assertThat(other.run(Product.wgj("status")).exit()).isEqualTo(8);
        startMonitor(other);
        Ran second = one.run(Product.wgj("monitor"));
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.stderr()).contains("monitor");
        assertThat(one.run(Product.wgj("status")).exit()).isZero();
    }
}
