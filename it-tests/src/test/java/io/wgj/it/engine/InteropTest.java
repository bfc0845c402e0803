// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpFamily;
import java.net.SocketException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// wgj's engine and another implementation, or wgj's again, over a cable between two hosts. One pair of
/// processes serves all cases; each case makes its peers anew.
@Timeout(60)
@EnumSource(
        value = Software.class,
        names = {"OURS", "RELEASES", "SIDS"})
class InteropTest extends TwoEndsSuite {
    private static final int MEGABYTE = 1 << 20;
    /// Long enough for a second and a third message of a handshake.
    private static final int FLOOD_MILLIS = 12_000;

    private Node end(boolean ours) {
        return ours ? ends.a : ends.b;
    }

    @ParameterizedTest
    @CsvSource({"true, V4", "true, V6", "false, V4", "false, V6"})
    void eitherSideBeginsOverEitherFamily(boolean oursBegins, IpFamily outside) throws Exception {
        Node first = end(oursBegins);
        if (outside == IpFamily.V6 && other == Software.SIDS) {
            // Once it has sent over IPv4, that of 2025 now and then keeps four bytes of an IPv6 address and sends to
            // 2001:db8::, its neighbour that never was.
            ends.b.restart();
            ends.configure(ends.b, 1420);
        }
        ends.meet(first, outside, Ends.presharedKey());

        ends.mustReach(first);
        ends.mustReach(ends.other(first));

        assertThat(ends.other(first).show("endpoints")).startsWith(outside == IpFamily.V6 ? "[2001:db8::" : "192.0.2.");
        assertThat(ends.a.show("latest-handshakes")).isNotEqualTo("0");
        assertThat(ends.a.log())
                .contains(
                        first == ends.a
                                ? "- Received handshake response from " + first.show("endpoints")
                                : "- Sending handshake response to " + ends.a.show("endpoints"));
    }

    @ParameterizedTest
    @ValueSource(ints = {68, 1280, 1420, 9000})
    @Tag("long")
    void packetsAsLongAsTheMtuCross(int mtu) throws Exception {
        ends.meet(ends.a);
        try {
            setMtu(mtu);

            Echo.must(ends.a.host(), Ends.B4, mtu - 28);
            Echo.must(ends.b.host(), Ends.A4, mtu - 28);
            if (mtu >= 1280) {
                Echo.must(ends.a.host(), Ends.B6, mtu - 48);
                Transfer.run(ends.a.host(), ends.b.host(), Ends.B4, MEGABYTE);
                Transfer.run(ends.b.host(), ends.a.host(), Ends.A6, MEGABYTE);
            }
        } finally {
            setMtu(1420);
        }
    }

    private void setMtu(int mtu) {
        for (Node end : new Node[] {ends.a, ends.b}) {
            end.host().ip("link set " + end.name() + " mtu " + mtu);
            if (mtu == 1420) {
                // Below 1280 a link has no IPv6.
                String address = end == ends.a ? Ends.A6 : Ends.B6;
                end.host().ip("addr replace " + address + "/64 dev " + end.name() + " nodad");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 10.99.0.2", "true, fd99::2", "false, 10.99.0.1", "false, fd99::1"})
    void muchArrivesAsItWasSent(boolean oursSends, String address) throws Exception {
        Node sender = end(oursSends);
        ends.meet(sender);

        Transfer.run(sender.host(), ends.other(sender).host(), address, 24 * MEGABYTE);

        assertThat(ends.a.host().checksumErrors()).isZero();
        assertThat(ends.b.host().checksumErrors()).isZero();
    }

    /// 100 bytes in UDP and IPv4 are 128, which needs no padding; 101 are 129 and padded to 144. The header
    /// and the tag of a data message are 32 more.
    @Test
    void countersAreExact() throws Exception {
        ends.meet(ends.a);
        Echo.must(ends.a.host(), Ends.B4, 100);
        long[] before = ends.a.transfer();
        long[] otherBefore = ends.b.transfer();

        for (int i = 0; i < 50; i++) {
            assertThat(Echo.once(ends.a.host(), null, Ends.B4, i % 2 == 0 ? 100 : 101, 2_000))
                    .isTrue();
        }

        long[] after = ends.a.transfer();
        assertThat(after[0] - before[0]).as("received").isEqualTo(25 * (128 + 32) + 25 * (144 + 32));
        assertThat(after[1] - before[1]).as("sent").isEqualTo(25 * (128 + 32) + 25 * (144 + 32));
        long[] otherAfter = ends.b.transfer();
        assertThat(otherAfter[0] - otherBefore[0]).as("received there").isEqualTo(after[1] - before[1]);
        assertThat(otherAfter[1] - otherBefore[1]).as("sent there").isEqualTo(after[0] - before[0]);
    }

    @Test
    void aChangedPresharedKeyHoldsFromTheNextHandshakeOn() throws Exception {
        String old = Ends.presharedKey();
        String changed = Ends.presharedKey();
        ends.meet(ends.a, IpFamily.V4, old);
        ends.mustReach(ends.a);

        ends.setPresharedKey(ends.b, changed);
        assertThat(Echo.once(ends.a.host(), null, Ends.B4, 100, 2_000))
                .as("the session goes on")
                .isTrue();
        ends.know(ends.a, old);
        ends.setEndpoint(ends.a, IpFamily.V4);
        assertThat(Echo.once(ends.a.host(), null, Ends.B4, 100, 500))
                .as("keys that differ")
                .isFalse();
        ends.know(ends.a, changed);
        ends.setEndpoint(ends.a, IpFamily.V4);
        ends.mustReach(ends.a);
    }

    @Test
    void withoutItsAllowedIpAPeerIsOutOfReach() throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);

        ends.a.set("peer " + ends.b.publicKey() + " allowed-ips " + Ends.B6 + "/128");

        assertThat(Echo.once(ends.a.host(), null, Ends.B6, 100, 2_000)).isTrue();
        assertThat(sent(Ends.B4)).isFalse();
    }

    /// Whether an answer came; a refusal at once is none.
    private boolean sent(String to) throws Exception {
        try {
            return Echo.once(ends.a.host(), null, to, 100, 300);
        } catch (SocketException _) {
            return false;
        }
    }

    @Test
    void packetsFromASourceThatIsNotAllowedDoNotArrive() throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        long before = ends.a.stat("drop rx disallowed inner source");
        ends.b.host().ip("addr add 10.99.0.77/24 dev " + ends.b.name());
        try {
            assertThat(Echo.once(ends.b.host(), "10.99.0.77", Ends.A4, 100, 300))
                    .isFalse();
            assertThat(Echo.once(ends.b.host(), "10.99.0.2", Ends.A4, 100, 2_000))
                    .isTrue();
        } finally {
            ends.b.host().ip("addr del 10.99.0.77/24 dev " + ends.b.name());
        }
        assertThat(ends.a.stat("drop rx disallowed inner source")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndpointFollowsAChangedPort(boolean oursMoves) throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        String handshake = ends.a.show("latest-handshakes");
        Node mover = end(oursMoves);
        Node stayer = ends.other(mover);
        try {
            mover.set("listen-port 51999");
            ends.mustReach(mover);

            assertThat(stayer.show("endpoints")).endsWith(":51999");
            ends.mustReach(stayer);
            assertThat(ends.a.show("latest-handshakes")).isEqualTo(handshake);
        } finally {
            mover.set("listen-port " + (oursMoves ? Ends.PORT_A : Ends.PORT_B));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndpointFollowsToAnotherAddress(boolean oursMoves) throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        Node mover = end(oursMoves);
        String home = "192.0.2." + (oursMoves ? 1 : 2) + "/24";
        try {
            mover.host().ip("addr del " + home + " dev eth0");
            mover.host().ip("addr add 192.0.2.66/24 dev eth0");
            if (mover.software() == Software.RELEASES) {
                // That of 2022 goes on sending from the address that is gone until it binds again.
                mover.set("listen-port 51998");
            }
            ends.mustReach(mover);

            assertThat(ends.other(mover).show("endpoints")).startsWith("192.0.2.66:");
            ends.mustReach(ends.other(mover));
        } finally {
            mover.host().ip("addr del 192.0.2.66/24 dev eth0");
            mover.host().ip("addr add " + home + " dev eth0");
            mover.set("listen-port " + (oursMoves ? Ends.PORT_A : Ends.PORT_B));
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoStartsAgainBeginsASessionAtOnce(boolean oursRestarts) throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        Node restarted = end(oursRestarts);

        restarted.restart();
        ends.configure(restarted, 1420);
        ends.know(restarted, "");
        ends.setEndpoint(restarted, IpFamily.V4);

        ends.mustReach(restarted);
        ends.mustReach(ends.other(restarted));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewPrivateKeyBeginsASessionAtOnce(boolean oursChanges) throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        Node changed = end(oursChanges);
        Node stays = ends.other(changed);
        String old = changed.publicKey();

        changed.changeKey();
        stays.set("peer " + old + " remove");
        ends.know(stays, "");
        ends.setEndpoint(changed, IpFamily.V4);

        ends.mustReach(changed);
        ends.mustReach(stays);
    }

    @Test
    void showLooksTheSame() throws Exception {
        ends.meet(ends.a);
        ends.setEndpoint(ends.b, IpFamily.V4);
        for (Node end : new Node[] {ends.a, ends.b}) {
            end.set("fwmark 0x77 peer " + ends.other(end).publicKey() + " persistent-keepalive 25");
        }
        try {
            ends.mustReach(ends.a);
            ends.mustReach(ends.b);

            assertThat(form(ends.a, "")).isEqualTo(form(ends.b, "")).contains("latest handshake: ", "transfer: ");
            assertThat(form(ends.a, " dump")).isEqualTo(form(ends.b, " dump"));
            assertThat(Node.wg("showconf " + ends.a.name())
                            .ok()
                            .stdout()
                            .lines()
                            .map(InteropTest::key))
                    .containsExactlyElementsOf(Node.wg("showconf " + ends.b.name())
                            .ok()
                            .stdout()
                            .lines()
                            .map(InteropTest::key)
                            .toList());
        } finally {
            ends.a.set("fwmark 0");
            ends.b.set("fwmark 0");
        }
    }

    private static String key(String line) {
        return line.replaceAll(" = .*", "");
    }

    /// Without what may differ: names, keys, numbers.
    private static String form(Node node, String words) {
        return Node.wg("show " + node.name() + words)
                .ok()
                .stdout()
                .replace(node.name(), "NAME")
                .replaceAll("[A-Za-z0-9+/]{43}=", "KEY")
                .replaceAll("Now|[0-9]+ seconds? ago", "AGE")
                .replaceAll("[0-9.]+ (B|KiB|MiB)", "SIZE")
                .replaceAll("\\d+", "N");
    }

    /// The far end demands cookies meanwhile: our first message gets one, and what follows carries it.
    @Test
    @Tag("long")
    void ourHandshakeComesThroughAFloodThatTheOtherEndDefendsItselfAgainst() throws Exception {
        ends.meet(ends.a);
        PrivateKey stranger = PrivateKey.fromRandom(new byte[32]);
        Future<Flood.Result> knocking = ends.a.host().start(() -> {
            try (Flood flood = new Flood(ends.a.host(), "192.0.2.2", Ends.PORT_B, ends.b.publicKeyBytes(), 20)) {
                return flood.knock(stranger, FLOOD_MILLIS);
            }
        });
        boolean through = false;
        while (!knocking.isDone()) {
            through |= Echo.once(ends.a.host(), null, Ends.B4, 100, 500);
        }

        assertThat(Host.result(knocking).cookies()).as("cookies it demanded").isPositive();
        assertThat(through).as("ours came through").isTrue();
        ends.mustReach(ends.b);
    }
}
