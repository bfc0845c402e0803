// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_DUMP_INTR;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_MULTI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.Golden;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.FakeNetlinkSocket;
import io.wgj.netlink.transport.FakeNetlinkSocket.Replies;
import io.wgj.netlink.transport.FakeNetlinkSocket.Script;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Tests routes and rules against a scripted kernel.
class RoutesTest {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_NEWRULE = 32;
    private static final int RTM_DELRULE = 33;
    private static final int RTM_GETRULE = 34;

    private int asked;

    @Test
    void listsOnlyTheTableThatWasAskedForWhereTheKernelTellsAll() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                Golden.datagrams("dump-routes-4").forEach(replies::recorded);
            } else {
                links(replies);
            }
        })) {
            assertThat(network.routes().list(IpFamily.V4, 300))
                    .singleElement()
                    .satisfies(route -> assertThat(route.table()).isEqualTo(300));
        }
    }

    @Test
    void takesARuleBackThatTheKernelMadeWithoutAPart() throws Exception {
        PolicyRule rule = IpRuleSyntax.parse(List.of("priority", "9", "dscp", "46"), TableNames.STANDARD);
        PolicyRule cut = IpRuleSyntax.parse(List.of("priority", "9"), TableNames.STANDARD);
        List<Integer> requests = new ArrayList<>();
        try (RouteNetlink network = network((request, replies) -> {
            requests.add(request.type());
            if (request.type() == RTM_GETRULE) {
                replies.message(RTM_NEWRULE, NLM_F_MULTI, out -> RuleCodec.encode(out, cut));
                replies.done(0);
            } else {
                replies.ack();
            }
        })) {
            assertThatThrownBy(() -> network.rules().add(rule))
                    .isInstanceOfSatisfying(
                            NetlinkException.class,
                            e -> assertThat(e.errno().number()).isEqualTo(Errno.EOPNOTSUPP));
        }
        assertThat(requests).containsExactly(RTM_NEWRULE, RTM_GETRULE, RTM_DELRULE);
    }

    @Test
    void beginsAnewWhenRoutesChangeMeanwhile() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                boolean first = asked++ == 0;
                replies.message(
                        RTM_NEWROUTE,
                        NLM_F_MULTI | (first ? NLM_F_DUMP_INTR : 0),
                        out -> RouteCodec.encode(out, route(first ? "10.1.0.0/16" : "10.2.0.0/16"), 2));
                replies.done(0);
            } else {
                links(replies);
            }
        })) {
            assertThat(network.routes().list(IpFamily.V4, 254)).containsExactly(route("10.2.0.0/16"));
        }
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void beginsAnewWhenRulesChangeMeanwhile() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            assertThat(request.type()).isEqualTo(RTM_GETRULE);
            replies.message(
                            RTM_NEWRULE,
                            NLM_F_MULTI | (asked++ == 0 ? NLM_F_DUMP_INTR : 0),
                            out -> RuleCodec.encode(out, rule(asked)))
                    .done(0);
        })) {
            assertThat(network.rules().list(IpFamily.V4)).containsExactly(rule(2));
        }
    }

    @Test
    void aTableThatIsNotThereIsEmpty() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                replies.error(Errno.ENOENT, out -> out.string(1, "ipv4: FIB table does not exist"));
            } else {
                links(replies);
            }
        })) {
            assertThat(network.routes().list(IpFamily.V4, 300)).isEmpty();
            assertThatThrownBy(() -> network.routes().list()).hasMessageContaining("FIB table does not exist");
        }
    }

    @Test
    void aLinkUnknownSoFarIsCalledByItsIndex() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                replies.message(RTM_NEWROUTE, NLM_F_MULTI, out -> RouteCodec.encode(out, route("10.1.0.0/16"), 7));
                replies.done(0);
            } else {
                links(replies);
            }
        })) {
            assertThat(network.routes().list(IpFamily.V4, 254).getFirst().device())
                    .contains("if7");
        }
    }

    @Test
    void doesNotTakeAMemoryOfALookUpForARoute() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                replies.message(
                        RTM_NEWROUTE,
                        NLM_F_MULTI,
                        out -> out.header(RouteCodec.header(10, 128, 0, 254, 2, 0, 1, RouteCodec.RTM_F_CLONED)));
                replies.done(0);
            } else {
                links(replies);
            }
        })) {
            assertThat(network.routes().list(IpFamily.V6, 254)).isEmpty();
        }
    }

    @Test
    void asksForADevicesIndexOnce() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == RTM_GETLINK) {
                link(replies, 2).ack();
            } else {
                replies.ack();
            }
        });
        try (RouteNetlink network = new RouteNetlink(new NetlinkConnection(socket))) {
            network.routes().add(route("10.1.0.0/16"));
            network.routes().add(route("10.2.0.0/16"));
        }
        assertThat(socket.requests())
                .extracting(NetlinkMessage::type)
                .containsExactly(RTM_GETLINK, RTM_NEWROUTE, RTM_NEWROUTE);
    }

    @Test
    void asksAgainWhenADeviceHasGone() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == RTM_GETLINK) {
                link(replies, 2 + asked).ack();
            } else if (asked++ == 1) {
                replies.error(Errno.ENODEV);
            } else {
                replies.ack();
            }
        });
        try (RouteNetlink network = new RouteNetlink(new NetlinkConnection(socket))) {
            network.routes().add(route("10.1.0.0/16"));
            network.routes().add(route("10.2.0.0/16"));
        }
        assertThat(RecordedMessages.hex(socket.requests().getLast())).endsWith("0800040004000000");
    }

    @Test
    void keepsTheKernelsRefusal() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETLINK) {
                link(replies, 2).ack();
            } else {
                replies.error(Errno.EINVAL, out -> out.string(1, "Invalid prefix for given prefix length"));
            }
        })) {
            assertThatThrownBy(() -> network.routes().add(route("10.1.0.0/16")))
                    .hasMessage("add route 10.1.0.0/16: Invalid argument (EINVAL):"
                            + " Invalid prefix for given prefix length");
            assertThatThrownBy(() -> network.rules().add(rule(5)))
                    .hasMessageStartingWith("add rule priority 5 table main: Invalid argument (EINVAL)");
        }
    }

    /// The kernel also answers `ENODEV` for an existing link that does not carry IPv6.
    @Test
    void onlyALinkThatIsNotThereIsAMissingLink() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETLINK && request.payload().remaining() > 0 && asked++ > 0) {
                replies.error(Errno.ENODEV);
            } else if (request.type() == RTM_GETLINK) {
                link(replies, 2).ack();
            } else {
                replies.error(Errno.ENODEV);
            }
        })) {
            assertThat(failure(() -> network.routes().add(route("10.1.0.0/16"))))
                    .satisfies(refused -> assertThat(refused.missingLink()).isEmpty())
                    .satisfies(refused ->
                            assertThat(refused.errno().is(Errno.ENODEV)).isTrue());
            assertThat(failure(() -> network.routes().add(route("10.1.0.0/16"))))
                    .satisfies(missing -> assertThat(missing.missingLink()).contains("b0"));
            assertThat(failure(() -> network.routes().addAll(List.of(route("10.1.0.0/16"), route("10.2.0.0/16")))))
                    .satisfies(missing -> assertThat(missing.missingLink()).contains("b0"));
        }
    }

    private static NetlinkException failure(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(NetlinkException.class))
                .actual();
    }

    @Test
    void aLookUpWithoutAnAnswerIsAFailure() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                replies.ack();
            } else {
                links(replies);
            }
        })) {
            RouteQuery query = new RouteQuery(IpAddress.parse("10.0.0.1").orElseThrow());
            assertThatThrownBy(() -> network.routes().get(query))
                    .hasMessage("look up the route to 10.0.0.1: Invalid argument (EINVAL):"
                            + " the kernel acknowledged without an answer");
        }
    }

    @Test
    void looksUpWaysWithTheNamesItHasAndAsksAgainForALinkItDoesNotKnow() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == RTM_GETROUTE) {
                asked++;
                replies.message(RTM_NEWROUTE, 0, out -> RouteCodec.encode(out, route("10.1.0.1/32"), asked < 3 ? 2 : 5))
                        .ack();
            } else {
                link(replies, asked < 3 ? 2 : 5).done(0);
            }
        });
        RouteQuery query = new RouteQuery(IpAddress.parse("10.1.0.1").orElseThrow());
        try (RouteNetlink network = new RouteNetlink(new NetlinkConnection(socket))) {
            for (int i = 0; i < 3; i++) {
                assertThat(network.routes().get(query).device()).contains("b0");
            }
        }
        assertThat(socket.requests())
                .extracting(NetlinkMessage::type)
                .containsExactly(RTM_GETLINK, RTM_GETROUTE, RTM_GETROUTE, RTM_GETROUTE, RTM_GETLINK, RTM_GETROUTE);
    }

    @Test
    void aRuleThatCannotBeReplacedKeepsItsPlaceAndBothFailuresAreTold() throws Exception {
        try (RouteNetlink network = network((request, replies) -> {
            if (request.type() == RTM_DELRULE) {
                replies.error(asked++ == 0 ? Errno.ENOENT : Errno.EBUSY);
            } else {
                replies.ack();
            }
        })) {
            assertThatThrownBy(() -> network.rules().replace(rule(1), rule(2)))
                    .hasMessageContaining("delete rule priority 1")
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .satisfies(second -> assertThat(second).hasMessageContaining("delete rule priority 2")));
        }
    }

    private static RouteNetlink network(Script script) {
        return new RouteNetlink(new NetlinkConnection(new FakeNetlinkSocket(script)));
    }

    private static void links(Replies replies) {
        link(replies, 2).done(0);
    }

    private static Replies link(Replies replies, int index) {
        return replies.message(
                RTM_NEWLINK,
                NLM_F_MULTI,
                out -> out.header(Link.header(index, 1, 0)).string(Link.IFLA_IFNAME, "b0"));
    }

    private static Route route(String destination) {
        String[] parts = destination.split("/", -1);
        IpAddress address = IpAddress.parse(parts[0]).orElseThrow();
        return new Route.Builder(new IpPrefix(address, Integer.parseInt(parts[1])))
                .device("b0")
                .build();
    }

    private static PolicyRule rule(int priority) {
        return new PolicyRule.Builder(IpFamily.V4).priority(priority).build();
    }
}
