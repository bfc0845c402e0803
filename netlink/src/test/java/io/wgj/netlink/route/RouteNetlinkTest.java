// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_DUMP_INTR;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_MULTI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.transport.FakeNetlinkSocket;
import io.wgj.netlink.transport.FakeNetlinkSocket.Script;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Tests against a scripted kernel, and reads from the real one, which needs no privilege.
class RouteNetlinkTest {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_NEWADDR = 20;

    @FunctionalInterface
    private interface Call {
        void on(RouteNetlink route) throws NetlinkException;
    }

    @Test
    void listsTheLinksOfThisHost() throws NetlinkException {
        try (RouteNetlink route = RouteNetlink.open()) {
            Link loopback = route.link("lo").orElseThrow();

            assertThat(loopback.index()).isEqualTo(Interfaces.indexOf("lo"));
            assertThat(loopback.type()).as("ARPHRD_LOOPBACK").isEqualTo(772);
            assertThat(loopback.kind()).isEmpty();
            assertThat(loopback.mtu()).isEqualTo(65_536);
            assertThat(route.links()).extracting(Link::name).contains("lo");
            assertThat(route.link("no-such-link")).isEmpty();
            assertThat(route.link("a-name-of-sixteen")).isEmpty();
        }
    }

    @Test
    void listsTheAddressesOfThisHost() throws NetlinkException {
        try (RouteNetlink route = RouteNetlink.open()) {
            int loopback = Interfaces.indexOf("lo");

            assertThat(route.addresses()).anySatisfy(address -> {
                assertThat(address.linkIndex()).isEqualTo(loopback);
                assertThat(address.address()).isEqualTo(IpAddress.ofV4(0x7f000001));
                assertThat(address.prefix().length()).isEqualTo(8);
                assertThat(address.scope()).as("RT_SCOPE_HOST").isEqualTo(254);
            });
        }
    }

    @Test
    void asksForLinksAsWgDoes() throws NetlinkException {
        NetlinkMessage request = requestOf((message, replies) -> replies.done(0), RouteNetlink::links);

        assertThat(request.type()).isEqualTo(18);
        assertThat(request.flags()).isEqualTo(0x305);
        assertThat(hex(request)).isEqualTo("00".repeat(16));
    }

    @Test
    void createsALinkAsIpDoes() throws NetlinkException {
        NetlinkMessage request = requestOf(acknowledging(), route -> route.createLink("wg0", "wireguard"));

        assertThat(request.type()).isEqualTo(RTM_NEWLINK);
        assertThat(request.flags()).as("REQUEST|ACK|CREATE|EXCL").isEqualTo(0x605);
        assertThat(hex(request))
                .isEqualTo("00".repeat(16) + "08000300" + "77673000" + "14001280" + "0d000100" + "776972656775617264"
                        + "000000");
    }

    @Test
    void setsMtuAndUpInOneMessageAsIpDoes() throws NetlinkException {
        NetlinkMessage request = requestOf(acknowledging(), route -> route.setUp(5, 1_420));

        assertThat(request.flags()).isEqualTo(5);
        assertThat(hex(request)).isEqualTo("00000000" + "05000000" + "01000000" + "01000000" + "08000400" + "8c050000");
    }

    @Test
    void deletesALinkByIndex() throws NetlinkException {
        NetlinkMessage request = requestOf(acknowledging(), route -> route.deleteLink(5));

        assertThat(request.type()).isEqualTo(17);
        assertThat(hex(request)).isEqualTo("00000000" + "05000000" + "00".repeat(8));
    }

    @Test
    void addsAddressesAsIpDoes() throws NetlinkException {
        IpAddress v4 = IpAddress.ofV4(0x0a000001);
        IpAddress v6 = IpAddress.ofV6(0xfd00_0000_0000_0000L, 1);
        NetlinkMessage first =
                requestOf(acknowledging(), route -> route.addAddress(new InterfaceAddress(5, new IpPrefix(v4, 24))));
        NetlinkMessage second =
                requestOf(acknowledging(), route -> route.addAddress(new InterfaceAddress(5, IpPrefix.host(v6))));

        assertThat(first.type()).isEqualTo(RTM_NEWADDR);
        assertThat(first.flags()).isEqualTo(0x605);
        assertThat(hex(first)).isEqualTo("02180000" + "05000000" + "08000200" + "0a000001" + "08000100" + "0a000001");
        assertThat(hex(second))
                .isEqualTo("0a800000" + "05000000" + "14000200" + "fd000000000000000000000000000001" + "14000100"
                        + "fd000000000000000000000000000001");
    }

    @Test
    void keepsWhatAnInterruptedListingTold() throws NetlinkException {
        try (RouteNetlink route = route((request, replies) -> replies.message(
                        RTM_NEWLINK,
                        NLM_F_MULTI | NLM_F_DUMP_INTR,
                        out -> out.header(Link.header(3, 1, 0))
                                .string(3, "wg0")
                                .u32(4, 1_420)
                                .nested(18, info -> info.string(1, "wireguard")))
                .done(0))) {
            assertThat(route.links()).containsExactly(new Link(3, "wg0", Optional.of("wireguard"), 0, 1, 1_420));
        }
    }

    @Test
    void tellsALocalAddressFromItsFarEnd() throws NetlinkException {
        try (RouteNetlink route = route((request, replies) -> replies.message(
                        RTM_NEWADDR,
                        NLM_F_MULTI,
                        out -> out.header(new byte[] {2, 32, 0, 0, 7, 0, 0, 0})
                                .network32(1, 0x0a000002)
                                .network32(2, 0x0a000001)
                                .u32(8, 0x80))
                .message(RTM_NEWADDR, NLM_F_MULTI, out -> out.header(new byte[] {7, 32, 0, 0, 7, 0, 0, 0}))
                .done(0))) {
            assertThat(route.addresses())
                    .containsExactly(new InterfaceAddress(7, IpPrefix.host(IpAddress.ofV4(0x0a000001)), 0, 0x80, 0));
        }
    }

    @Test
    void keepsTheKernelsRefusal() {
        assertThatThrownBy(() -> requestOf(
                        (request, replies) ->
                                replies.error(Errno.EOPNOTSUPP, out -> out.string(1, "Unknown device type")),
                        route -> route.createLink("wg0", "wireguard")))
                .hasMessage("create link wg0: Operation not supported (EOPNOTSUPP): Unknown device type");
    }

    @Test
    void noReplyEscapesTheDeclaredException() {
        Random random = new Random(1);
        int failures = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] payload = new byte[random.nextInt(60)];
            random.nextBytes(payload);
            for (int i = 17; i < payload.length; i += 2) {
                payload[i] = 0;
            }
            try (RouteNetlink route = route((request, replies) -> replies.message(
                            random.nextBoolean() ? RTM_NEWLINK : RTM_NEWADDR, NLM_F_MULTI, out -> out.header(payload))
                    .done(0))) {
                route.links();
                route.addresses();
            } catch (NetlinkException e) {
                assertThat(e.isMalformedReply()).isTrue();
                failures++;
            }
        }
        assertThat(failures).isBetween(1_000, 19_999);
    }

    private static Script acknowledging() {
        return (request, replies) -> replies.ack();
    }

    private static RouteNetlink route(Script script) {
        return new RouteNetlink(new NetlinkConnection(new FakeNetlinkSocket(script)));
    }

    private static NetlinkMessage requestOf(Script script, Call call) throws NetlinkException {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(script);
        try (RouteNetlink route = new RouteNetlink(new NetlinkConnection(socket))) {
            call.on(route);
        }
        return socket.requests().getFirst();
    }

    private static String hex(NetlinkMessage message) {
        ByteBuffer payload = message.payload().duplicate();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
