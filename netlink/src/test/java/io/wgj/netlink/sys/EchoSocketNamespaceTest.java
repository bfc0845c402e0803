// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Echo through one of several links of a namespace; the far ends are in another one.
@Tag("namespace")
class EchoSocketNamespaceTest {
    private static final long TOKEN = 0x0123_4567_89ab_cdefL;

    /// The part of a test that runs in the near namespace.
    @FunctionalInterface
    private interface Body {
        void run() throws Exception;
    }

    private static void ip(String words) throws Exception {
        Process process = new ProcessBuilder(("ip " + words).split(" ", -1))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(words + ": " + output).isZero();
    }

    /// Two links to a far namespace, which answers on both.
    private static void between(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            ip("link set lo up");
            Process far = new ProcessBuilder("unshare", "--net", "sleep", "60").start();
            try {
                for (int i = 0; i < 1000 && isHere(far.pid()); i++) {
                    Thread.sleep(5);
                }
                for (int i = 1; i <= 2; i++) {
                    ip("link add near" + i + " type veth peer name far" + i + " netns " + far.pid());
                    ip("address add 10.0." + i + ".1/24 dev near" + i);
                    ip("address add fd0" + i + "::1/64 dev near" + i + " nodad");
                    ip("link set near" + i + " up");
                    for (String words : new String[] {
                        "address add 10.0." + i + ".2/24 dev far" + i,
                        "address add fd0" + i + "::2/64 dev far" + i + " nodad",
                        "link set far" + i + " up"
                    }) {
                        Process inside = new ProcessBuilder(
                                        ("nsenter --net=/proc/" + far.pid() + "/ns/net ip " + words).split(" ", -1))
                                .inheritIO()
                                .start();
                        assertThat(inside.waitFor()).as(words).isZero();
                    }
                }
                body.run();
            } finally {
                far.destroyForcibly().waitFor();
            }
            return true;
        });
    }

    private static boolean isHere(long pid) throws Exception {
        return NativeFile.readLink("/proc/" + pid + "/ns/net").equals(NativeFile.readLink("/proc/thread-self/ns/net"));
    }

    private static EchoSocket open(IpFamily family, String device) throws Exception {
        return EchoSocket.open(family, device, Interfaces.indexOf(device));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static Optional<EchoSocket.Reply> await(EchoSocket socket, int millis) {
        try (PollSet poll = new PollSet(socket.descriptor())) {
            for (int i = 0; i < millis; i += 50) {
                Optional<EchoSocket.Reply> reply = poll.await(50) > 0 ? socket.receive() : Optional.empty();
                if (reply.isPresent()) {
                    return reply;
                }
            }
            return Optional.empty();
        }
    }

    @Test
    void theFarEndAnswersInBothFamilies() throws Exception {
        between(() -> {
            for (String target : new String[] {"10.0.1.2", "fd01::2"}) {
                try (EchoSocket socket = open(address(target).family(), "near1")) {
                    socket.request(address(target), 0xfedc, 0xba98, TOKEN);
                    EchoSocket.Reply reply = await(socket, 5_000).orElseThrow();
                    assertThat(reply.from()).isEqualTo(address(target));
                    assertThat(reply.identifier()).isEqualTo(0xfedc);
                    assertThat(reply.sequence()).isEqualTo(0xba98);
                    assertThat(reply.token()).isEqualTo(TOKEN);
                    assertThat(socket.receive()).isEmpty();
                }
            }
        });
    }

    /// The other link's answers do not arrive.
    @Test
    void receivesThroughItsLinkAlone() throws Exception {
        between(() -> {
            for (String[] pair : new String[][] {{"10.0.1.2", "10.0.2.2"}, {"fd01::2", "fd02::2"}}) {
                IpAddress first = address(pair[0]);
                try (EchoSocket one = open(first.family(), "near1");
                        EchoSocket two = open(first.family(), "near2")) {
                    one.request(first, 7, 1, TOKEN);
                    assertThat(await(one, 5_000)).isPresent();
                    assertThat(two.receive()).isEmpty();
                    assertThat(await(two, 300)).isEmpty();
                    assertThat(one.receive()).isEmpty();
                }
            }
        });
    }

    /// The routes of a peer that is down are withdrawn, and the probe must bring it back.
    @Test
    void passesRoutesThatRefuseIt() throws Exception {
        between(() -> {
            for (String words : new String[] {
                "route delete 10.0.1.0/24",
                "route add unreachable 10.0.1.0/24",
                "-6 route delete fd01::/64 dev near1",
                "-6 route add unreachable fd01::/64",
                "neigh replace fd01::2 dev near1 lladdr 02:00:00:00:00:01"
            }) {
                ip(words);
            }
            try (EchoSocket socket = open(IpFamily.V4, "near1")) {
                socket.request(address("10.0.1.2"), 7, 1, TOKEN);
                assertThat(await(socket, 5_000)).isPresent();
            }
            try (EchoSocket socket = open(IpFamily.V6, "near1")) {
                assertThatThrownBy(() -> socket.request(address("fd01::2"), 7, 1, TOKEN))
                        .isInstanceOf(SystemException.class);
            }
        });
    }

    @Test
    void refusesALinkThatIsAnotherOneByNow() throws Exception {
        between(() -> {
            assertThatThrownBy(() -> EchoSocket.open(IpFamily.V4, "near1", 4711))
                    .isInstanceOfSatisfying(
                            SystemException.class,
                            e -> assertThat(e.errno().is(Errno.ENODEV)).isTrue());
            assertThatThrownBy(() -> EchoSocket.open(IpFamily.V6, "nothing", 1))
                    .isInstanceOfSatisfying(
                            SystemException.class,
                            e -> assertThat(e.errno().is(Errno.ENODEV)).isTrue());
        });
    }
}
