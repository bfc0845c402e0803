// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static io.wgj.it.kernel.Stage.playTwice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.it.Ran;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.transport.NetlinkException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the kernel refuses, and how both tools say so.
@Tag("kernel")
class RefusalsTest {
    private static final String CANNOT_SHOW = "Unable to access interface: ";
    private static final String CANNOT_SET = "Unable to modify interface: ";

    @Test
    @Case({"K21", "K23"})
    void devicesThatAreMissingOrOfAnotherKind() throws Exception {
        playTwice(stage -> {
            stage.fails("show nosuch", CANNOT_SHOW + "No such device");
            stage.fails("showconf nosuch", CANNOT_SHOW + "No such device");
            stage.fails("set nosuch fwmark 1", CANNOT_SET + "No such device");
            stage.fails("show lo", CANNOT_SHOW + "Operation not supported");
            stage.fails("set lo fwmark 1", CANNOT_SET + "Operation not supported");
        });
    }

    @Test
    @Case("K24")
    void aUserWithoutPrivilegesMayOnlyList() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            String refused = "Operation not permitted";
            assertThat(stage.unprivileged("show interfaces")).isEqualTo(new Ran(0, "wg0\n", ""));
            assertThat(stage.unprivileged("show"))
                    .isEqualTo(new Ran(1, "", "Unable to access interface wg0: " + refused + "\n"));
            assertThat(stage.unprivileged("show nosuch")).isEqualTo(new Ran(1, "", CANNOT_SHOW + refused + "\n"));
            assertThat(stage.unprivileged("set wg0 fwmark 1")).isEqualTo(new Ran(1, "", CANNOT_SET + refused + "\n"));
            stage.prints("show wg0 fwmark", "off");
        });
    }

    /// The original's buffer for answers is too small for the echo of what it sent, and it reports that.
    @Test
    @Case("N28")
    void aBigFileForAMissingDeviceIsToldTheTrueReason() throws Exception {
        String[] lines = new String[300];
        lines[0] = "[Peer]\nPublicKey = <K1>";
        for (int i = 1; i < lines.length; i++) {
            lines[i] = "AllowedIPs = 10." + i / 256 + "." + i % 256 + ".0/24";
        }
        playTwice(stage -> stage.fails(
                "setconf nosuch " + stage.file("[Peer]", "PublicKey = <K1>"), CANNOT_SET + "No such device"));
        Stage.play(
                Tool.ORIGINAL,
                stage -> stage.fails("setconf nosuch " + stage.file(lines), CANNOT_SET + "No space left on device"));
        Stage.play(
                Tool.OURS, stage -> stage.fails("setconf nosuch " + stage.file(lines), CANNOT_SET + "No such device"));
    }

    @Test
    @Case("N29")
    void aDeviceWhoseFirstNamespaceIsGoneKeepsItsPort() throws Exception {
        Stage.play(Tool.ORIGINAL, stage -> {
            moveFromANamespaceThatEnds(stage, "wg0");
            awaitRefusal("set wg0 fwmark 1");

            Ran refused = new Ran(1, "", CANNOT_SET + "Operation not permitted\n");
            for (Tool tool : Tool.values()) {
                assertThat(tool.run(Map.of(), Stage.words("set wg0 fwmark 1"))).isEqualTo(refused);
                assertThat(tool.run(Map.of(), Stage.words("set wg0 listen-port 5")))
                        .isEqualTo(refused);
                String key = tool == Tool.OURS ? "<K1>" : "<K2>";
                assertThat(tool.run(Map.of(), Stage.words("set wg0 peer " + key)))
                        .isEqualTo(new Ran(0, "", ""));
            }
            stage.prints("show wg0 peers", "<K2>", "<K1>");
            assertThatThrownBy(() -> stage.up("wg0"))
                    .isInstanceOfSatisfying(
                            NetlinkException.class,
                            e -> assertThat(e.errno().number()).isEqualTo(Errno.ENONET));
        });
    }

    private static void moveFromANamespaceThatEnds(Stage stage, String name) throws Exception {
        try (NativeFile here = Namespaces.currentNetwork()) {
            Namespaces.on(() -> {
                Namespaces.unshare(Namespaces.CLONE_NEWNET);
                try (RouteNetlink links = RouteNetlink.open()) {
                    links.createLink(name, "wireguard");
                    links.moveToNamespace(links.link(name).orElseThrow().index(), here);
                }
                return true;
            });
        }
        assertThat(stage.links().link(name)).isPresent();
    }

    /// The kernel takes namespaces down one after another, some time after their last threads have left.
    private static void awaitRefusal(String line) throws InterruptedException {
        long deadline = System.nanoTime() + 90_000_000_000L;
        while (Tool.OURS.run(Map.of(), Stage.words(line)).exit() == 0) {
            assertThat(System.nanoTime()).as("the namespace is still there").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
