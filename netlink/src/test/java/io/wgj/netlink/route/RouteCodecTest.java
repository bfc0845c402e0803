// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.Golden;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares with messages that ip(8) sent and that a kernel sent.
class RouteCodecTest {
    private static final int RTM_NEWROUTE = 24;

    static List<Golden.Command> added() {
        return Golden.commands("ip-route-add");
    }

    static List<Golden.Command> replaced() {
        return Golden.commands("ip-route-replace");
    }

    static List<Golden.Command> lookedUp() {
        return Golden.commands("ip-route-get");
    }

    @ParameterizedTest
    @MethodSource("added")
    void writesWhatIpAdds(Golden.Command command) throws Exception {
        NetlinkMessage message = RecordedMessages.only(command.datagram());
        Route route = IpRouteSyntax.parse(wordsOf(command, "add"), TableNames.STANDARD);

        assertThat(message.flags()).isEqualTo(0x605);
        assertThat(encoded(route)).isEqualTo(RecordedMessages.hex(message));
    }

    @ParameterizedTest
    @MethodSource("added")
    void readsWhatIpAdds(Golden.Command command) throws Exception {
        NetlinkMessage message = RecordedMessages.only(command.datagram());

        Route route = RouteCodec.decode(message, RecordedMessages::linkName).orElseThrow();

        Route expected = IpRouteSyntax.parse(wordsOf(command, "add"), TableNames.STANDARD);
        assertThat(route).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("replaced")
    void replacesAsIpDoes(Golden.Command command) throws Exception {
        NetlinkMessage message = RecordedMessages.only(command.datagram());
        Route route = IpRouteSyntax.parse(wordsOf(command, "replace"), TableNames.STANDARD);

        assertThat(message.flags()).isEqualTo(0x505);
        assertThat(encoded(route)).isEqualTo(RecordedMessages.hex(message));
    }

    @ParameterizedTest
    @MethodSource("lookedUp")
    void looksUpAsIpDoes(Golden.Command command) throws Exception {
        List<String> words = command.line().startsWith("ip -4 ")
                ? command.wordsAfter("ip -4 route get ")
                : command.wordsAfter("ip -6 route get ");
        OptionalInt mark = OptionalInt.empty();
        Optional<IpAddress> source = Optional.empty();
        for (int i = 1; i < words.size(); i += 2) {
            if (words.get(i).equals("mark")) {
                mark = OptionalInt.of(Integer.decode(words.get(i + 1)));
            } else {
                source = IpAddress.parse(words.get(i + 1));
            }
        }
        AttributeWriter out = AttributeWriter.inNativeOrder();
        new RouteQuery(IpAddress.parse(words.getFirst()).orElseThrow(), mark, source).encode(out);

        assertThat(RecordedMessages.hex(out))
                .isEqualTo(RecordedMessages.hex(RecordedMessages.only(command.datagram())));
    }

    @Test
    void readsTheRoutesOfAKernel() throws Exception {
        List<Route> routes = dumped("dump-routes-4");

        assertThat(routes).hasSize(22);
        assertThat(routes)
                .contains(
                        route("10.8.0.0/16 dev b0 table 11 proto 87"),
                        route("throw 10.11.0.0/16 table 11"),
                        route("default via 10.0.0.2 dev b0 table 300 proto 87 src 10.0.0.1 metric 7 mtu lock 1300"),
                        route("default dev b0 table 51820"),
                        route("10.0.0.0/24 dev b0 proto kernel src 10.0.0.1"),
                        route("10.2.0.0/16 dev b0 proto static scope global mtu 1400"),
                        route("10.3.0.0/16 via inet6 fe80::1 dev b0"),
                        route("10.4.0.0/16 via 192.0.2.1 dev b0 onlink"),
                        route("blackhole 10.6.0.0/16"),
                        route("unreachable 10.7.0.0/16 metric 3"),
                        route("local 127.0.0.0/8 dev lo proto kernel src 127.0.0.1"),
                        route("broadcast 10.0.0.255/32 dev b0 proto kernel src 10.0.0.1"));
    }

    @Test
    void readsRoutesOfSeveralWays() throws Exception {
        assertThat(dumped("dump-routes-4"))
                .contains(new Route.Builder(prefix("10.12.0.0", 16))
                        .protocol(4)
                        .nextHops(List.of(
                                new NextHop(IpAddress.parse("10.0.0.3"), Optional.of("b0"), 2),
                                new NextHop(Optional.empty(), Optional.of("b1"), 1)))
                        .build());
        assertThat(dumped("dump-routes-6"))
                .contains(new Route.Builder(prefix("fd04::", 64))
                        .metric(1_024)
                        .nextHops(List.of(
                                new NextHop(IpAddress.parse("fd00::3"), Optional.of("b0"), 1),
                                new NextHop(IpAddress.parse("fd00::4"), Optional.of("b0"), 5)))
                        .build());
    }

    @Test
    void readsTheIpv6RoutesOfAKernel() throws Exception {
        List<Route> routes = dumped("dump-routes-6");

        assertThat(routes).hasSize(14);
        assertThat(routes)
                .contains(
                        route("-6 default dev b0 table 51820 metric 1024"),
                        route("fd02::/64 via fd00::2 dev b0 src fd00::1 metric 5 mtu 1280"),
                        route("unreachable fd03::/48 metric 4278198272"),
                        route("fe80::/64 dev b1 proto kernel metric 256"));
    }

    @Test
    void whatAKernelToldIsWrittenAsItWas() throws Exception {
        List<Route> routes = new ArrayList<>(dumped("dump-routes-4"));
        routes.addAll(dumped("dump-routes-6"));
        routes.removeIf(route -> !route.nextHops().isEmpty());

        assertThat(routes).hasSize(34).allSatisfy(route -> {
            byte[] payload = HexFormat.of().parseHex(encoded(route));
            NetlinkMessage again =
                    RecordedMessages.only(new NetlinkMessage(RTM_NEWROUTE, 0, 0, 0, ByteBuffer.wrap(payload))
                            .encode()
                            .array());
            assertThat(RouteCodec.decode(again, RecordedMessages::linkName)).contains(route);
        });
    }

    @Test
    void writesNoRouteOfSeveralWays() {
        Route several = new Route.Builder(prefix("10.0.0.0", 8))
                .nextHops(List.of(new NextHop(Optional.empty(), Optional.of("b0"), 1)))
                .build();

        assertThatThrownBy(() -> encoded(several)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noBytesEscapeTheDeclaredException() throws Exception {
        List<NetlinkMessage> seeds = RecordedMessages.of(Golden.datagrams("dump-routes-4"));
        seeds.addAll(RecordedMessages.of(Golden.datagrams("dump-routes-6")));
        Random random = new Random(1);
        int malformed = 0;
        for (int round = 0; round < 40_000; round++) {
            NetlinkMessage seed = seeds.get(random.nextInt(seeds.size()));
            byte[] bytes = new byte[seed.payload().remaining()];
            seed.payload().duplicate().get(bytes);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ByteBuffer cut =
                    ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1)).slice();
            try {
                RouteCodec.decode(
                        new NetlinkMessage(RTM_NEWROUTE, 0, 0, 0, cut.order(ByteOrder.nativeOrder())),
                        index -> "if" + index);
            } catch (MalformedMessageException _) {
                malformed++;
            }
        }
        assertThat(malformed).isBetween(1_000, 39_999);
    }

    private static List<String> wordsOf(Golden.Command command, String verb) {
        List<String> words = new ArrayList<>(command.wordsAfter("ip "));
        assertThat(words.remove(1)).isEqualTo("route");
        assertThat(words.remove(1)).isEqualTo(verb);
        return words;
    }

    private static Route route(String words) throws WordException {
        return IpRouteSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(IpAddress.parse(address).orElseThrow(), length);
    }

    private static List<Route> dumped(String golden) throws MalformedMessageException {
        List<Route> routes = new ArrayList<>();
        for (NetlinkMessage message : RecordedMessages.of(Golden.datagrams(golden))) {
            if (message.type() == RTM_NEWROUTE) {
                assertThat(RouteCodec.isRoute(message)).isTrue();
                routes.add(
                        RouteCodec.decode(message, RecordedMessages::linkName).orElseThrow());
            }
        }
        return routes;
    }

    private static String encoded(Route route) {
        AttributeWriter out = AttributeWriter.inNativeOrder();
        RouteCodec.encode(
                out, route, route.device().map(RecordedMessages::linkIndex).orElse(0));
        return RecordedMessages.hex(out);
    }
}
