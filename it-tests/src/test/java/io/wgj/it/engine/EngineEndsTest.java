// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How the real engine ends and what it leaves: nothing. And that it stays when its link only goes
/// elsewhere.
@Tag("namespace")
@Timeout(60)
class EngineEndsTest {
    private static final String NAME = "wgitc";

    private Host host;

    @BeforeEach
    void makeHost() {
        host = new Host();
    }

    @AfterEach
    void removeHost() {
        host.close();
    }

    private boolean linkExists() {
        return host.run(Command.of("ip", "link", "show", NAME)).exit() == 0;
    }

    @Test
    void theDeletionOfItsLinkEndsIt() {
        try (Node node = new Node(Software.OURS, host, NAME)) {
            host.ip("link del " + NAME);

            node.awaitEnd();
            assertThat(node.socket()).doesNotExist();
        }
    }

    @Test
    void theDeletionOfItsLinkWhileItIsUpEndsIt() {
        try (Node node = new Node(Software.OURS, host, NAME)) {
            node.configure(1, 1420);

            host.ip("link del " + NAME);

            node.awaitEnd();
            assertThat(node.socket()).doesNotExist();
        }
    }

    @Test
    void theRemovalOfItsSocketEndsItAndItsLink() throws Exception {
        try (Node node = new Node(Software.OURS, host, NAME)) {
            node.configure(1, 1420);

            Files.delete(node.socket());

            node.awaitEnd();
            assertThat(linkExists()).isFalse();
        }
    }

    @Test
    void aSignalEndsItAndItsLink() {
        try (Node node = new Node(Software.OURS, host, NAME)) {
            node.configure(1, 1420);

            node.stop();

            assertThat(node.socket()).doesNotExist();
            assertThat(linkExists()).isFalse();
        }
    }

    @Test
    void whatAKilledOneLeftIsNoHindrance() {
        try (Node node = new Node(Software.OURS, host, NAME)) {
            node.configure(1, 1420);
            Command.of("kill", "-KILL", Long.toString(node.pid())).run().ok();
            node.awaitEnd();
            assertThat(linkExists()).isFalse();

            node.restart();

            assertThat(Node.wg("show " + NAME).ok().stdout()).startsWith("interface: " + NAME);
        }
    }

    @Test
    void anUnreadLogHoldsUpNothing() throws Exception {
        try (Ends ends = new Ends(Software.OURS)) {
            ends.a.leaveTheLogUnread();
            ends.a.restart();
            ends.configure(ends.a, 1420);
            ends.meet(ends.a);
            ends.mustReach(ends.a);

            ends.a.stop();

            assertThat(ends.a.socket()).doesNotExist();
        }
    }

    @Test
    void anotherKindOfLinkOfTheNameIsASentence() {
        host.ip("link add " + NAME + " type veth peer name wgitpeer");

        Ran ran = host.run(Product.wgj("engine", "-f", NAME));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr()).startsWith("wgj: engine: " + NAME + ": ").hasLineCount(1);
        assertThat(linkExists()).isTrue();
        assertThat(Path.of("/var/run/wireguard", NAME + ".sock")).doesNotExist();
    }

    @Test
    void aLinkThatMovesToAnotherNamespaceGoesOnThere() throws Exception {
        try (Ends ends = new Ends(Software.OURS);
                Host inside = new Host();
                Echo _ = new Echo(inside)) {
            ends.meet(ends.b);
            ends.setEndpoint(ends.a, IpFamily.V4);
            ends.mustReach(ends.a);

            ends.a.host().ip("link set " + ends.a.name() + " netns " + inside.name());
            inside.ip("addr add 10.99.0.1/24 dev " + ends.a.name());
            inside.ip("link set " + ends.a.name() + " up");

            Echo.must(inside, Ends.B4, 100);
            Echo.must(ends.b.host(), Ends.A4, 100);
            Transfer.run(inside, ends.b.host(), Ends.B4, 1 << 20);

            inside.ip("link del " + ends.a.name());
            ends.a.awaitEnd();
            assertThat(ends.a.socket()).doesNotExist();
        }
    }

    @Test
    void aTunThatAnotherProcessOpenedIsTakenOver() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Command starter = Command.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TunStarter.class.getName(),
                        "wgithanded",
                        Product.root().resolve("wgj").toString(),
                        "engine",
                        "wgithanded")
                .env("LOG_LEVEL", "");
        Path socket = Path.of("/var/run/wireguard/wgithanded.sock");
        try {
            host.run(starter).ok();
            assertThat(socket).exists();

            assertThat(host.ip("link show wgithanded")).contains("mtu 1280");
            assertThat(Node.wg("show wgithanded").ok().stdout()).startsWith("interface: wgithanded");
        } finally {
            Files.deleteIfExists(socket);
        }
        while (host.run(Command.of("ip", "link", "show", "wgithanded")).exit() == 0) {
            Thread.sleep(20);
        }
    }
}
