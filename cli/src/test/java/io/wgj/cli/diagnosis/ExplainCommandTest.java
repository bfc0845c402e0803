// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.explain.TunnelText;
import io.wgj.diagnosis.host.RoutingHost;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NextHopChoice;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.SnapshotText;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    private final MemoryHost host = new MemoryHost();
    private final List<String> recording;
    private boolean kernelLies;

    ExplainCommandTest() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/questions/healthy.txt"))) {
            recording = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /// A kernel that answers as we do, or, when it lies, that everything leaves by `lo`.
    private final class Recorded implements RoutingHost {
        @Override
        public HostSnapshot snapshot(String link, Set<Integer> tables) {
            return SnapshotText.read(recording);
        }

        @Override
        public List<KernelAnswer> ask(HostSnapshot snapshot, List<FlowQuestion> questions) {
            RouteLookup lookup = new RouteLookup(snapshot);
            List<KernelAnswer> answers = new ArrayList<>();
            for (FlowQuestion question : questions) {
                answers.add(answer(question, lookup.find(question)));
            }
            return answers;
        }

        private KernelAnswer answer(FlowQuestion question, LookupResult ours) {
            if (ours.refusal().isPresent()) {
                return new KernelAnswer(
                        OptionalInt.of(ours.refusal().get().error().number()), Optional.empty(), Optional.empty());
            }
            NextHopChoice choice = ours.choices().getFirst();
            FibRoute route = ours.route().orElseThrow();
            FibNextHop hop = new FibNextHop(choice.gateway(), kernelLies ? "lo" : choice.device());
            FibRoute way = new FibRoute(
                    route.table(),
                    ours.type(),
                    IpPrefix.host(question.destination()),
                    route.from(),
                    0,
                    0,
                    route.scope(),
                    choice.source(),
                    0,
                    0,
                    0,
                    false,
                    false,
                    List.of(hop));
            return new KernelAnswer(OptionalInt.empty(), Optional.of(way), Optional.of(route));
        }
    }

    private Ran run(String... words) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(words));
        host.out().setLength(0);
        Invocation invocation = new Invocation(InvokedAs.WGJ, "wgj", all, host);
        int code = CommandRun.run(new ExplainCommand(new Recorded()), invocation);
        return new Ran(code, host.out().toString(), host.printedErrors());
    }

    private void readable() {
        TunnelText.read(recording).forEach(host.devices::put);
    }

    @Test
    void theWayOfAPacket() {
        readable();
        Ran ran = run("wg0", "10.1.2.3");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("10.1.2.3 goes into wg0, to peer AAAA")
                .contains("\n  route    10.1.0.0/16 dev wg0, table main, source 10.9.0.1\n")
                .doesNotContain("\n  kernel ");
        assertThat(ran.code()).isZero();
    }

    @Test
    void aPacketThatGoesElsewhere() {
        readable();
        Ran ran = run("wg0", "8.8.8.8");
        assertThat(ran.out()).startsWith("8.8.8.8 does not go into wg0: it leaves by eth0 via 198.51.100.1.\n");
        assertThat(ran.code()).isEqualTo(10);
    }

    @Test
    void theKernelIsBelievedMore() {
        readable();
        kernelLies = true;
        assertThat(run("wg0", "10.1.2.3").out())
                .contains("\n  kernel   ip route get 10.1.2.3: the kernel's device is lo\n");
    }

    @Test
    void theEndpointsOfAllPeers() {
        readable();
        Ran ran = run("wg0");
        assertThat(ran.out())
                .startsWith("Ciphertext for peer AAAA")
                .contains("(203.0.113.9:51820) leaves by eth0 via 198.51.100.1.\n");
        assertThat(ran.code()).isZero();
    }

    @Test
    void withoutThePeers() {
        host.devices.putBroken("wg0", new DeviceException(DeviceException.Reason.NOT_PERMITTED, 1, "read"));
        Ran ran = run("wg0", "10.1.2.3");
        assertThat(ran.out())
                .startsWith("Only root and a running monitor know the peers of wg0")
                .contains("  route ");
        assertThat(ran.code()).isEqualTo(4);
    }

    @Test
    void anInterfaceThatIsNone() {
        readable();
        Ran ran = run("wg9", "10.1.2.3");
        assertThat(ran.err()).contains("There is no interface wg9.");
        assertThat(ran.code()).isEqualTo(5);
        assertThat(run("eth0", "10.1.2.3").code()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                10.1.2.3 -4 -6          | one of them, or none for both families
                10.1.2.3 -6             | an IPv4 address, where IPv6 is asked for
                10.1.2.3 from host      | no IPv4 or IPv6 address
                10.1.0.0/16             | an address without a prefix length is needed
                224.0.0.1               | not judged
                10.1.2.3 form 10.9.0.1  | did you mean `from'?
                10.1.2.3 mark           | its value is missing
                10.1.2.3 mark x         | a number from 0 to 4294967295 is needed
                10.1.2.3 port 65536     | a number from 0 to 65535 is needed
                10.1.2.3 from fd00::1   | an IPv6 source, but the destination is IPv4
                10.1.2.3 iif eth0       | a packet that comes in has a source
                """)
    void wordsThatAreNoQuestion(String words, String sentence) {
        List<String> all = new ArrayList<>(List.of("wg0"));
        all.addAll(List.of(words.split(" ", -1)));
        Ran ran = run(all.toArray(String[]::new));
        assertThat(ran.err()).contains(sentence);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
        assertThat(host.lookups).isEmpty();
    }

    private static Endpoint.Numeric at(String address) {
        return new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), 0);
    }

    /// A program may use either family, and only one of them may take the tunnel.
    @Test
    void aNameOfBothFamiliesIsExplainedForBoth() {
        readable();
        host.hosts.put("intranet", List.of(at("2001:db8::9"), at("10.1.2.3"), at("10.1.2.4")));

        Ran both = run("wg0", "intranet", "port", "443");

        assertThat(both.out())
                .startsWith("intranet is 2001:db8::9, 10.1.2.3; not asked about: 10.1.2.4.\n2001:db8::9 ")
                .contains("\n10.1.2.3 goes into wg0, to peer AAAA");
        assertThat(both.code()).isEqualTo(10);
        Ran one = run("-4", "wg0", "intranet");
        assertThat(one.out())
                .startsWith("intranet is 10.1.2.3; not asked about: 2001:db8::9, 10.1.2.4.\n10.1.2.3 goes into wg0");
        assertThat(one.code()).isZero();
        assertThat(run("wg0", "intranet", "from", "10.9.0.1").out()).startsWith("intranet is 10.1.2.3;");
        assertThat(host.lookups).containsExactly("intranet", "intranet", "intranet");
    }

    @Test
    void aNameInJson() {
        readable();
        host.hosts.put("intranet", List.of(at("10.1.2.3"), at("10.1.2.4")));

        Ran ran = run("--json", "wg0", "intranet");

        assertThat(ran.out())
                .startsWith("{\"schema\":\"wgj/1\",\"interface\":\"wg0\",\"name\":\"intranet\","
                        + "\"otherAddresses\":[\"10.1.2.4\"],\"addresses\":[{\"question\"");
        assertThat(ran.code()).isZero();
    }

    @Test
    void aNameThatIsNone() {
        readable();
        host.lookupFailure = new LookupException("Name or service not known", true);
        Ran unknown = run("wg0", "intranet");
        assertThat(unknown.err())
                .contains("explain: intranet: no IPv4 or IPv6 address, and no host of this name can be found: Name or"
                        + " service not known");
        assertThat(unknown.code()).isEqualTo(1);
        host.lookupFailure = null;
        host.hosts.put("intranet", List.of(at("10.1.2.3")));
        Ran other = run("-6", "wg0", "intranet");
        assertThat(other.err()).contains("explain: intranet has no IPv6 address, only 10.1.2.3");
        assertThat(other.out()).isEmpty();
        assertThat(other.code()).isEqualTo(1);
    }

    /// `fe80::1%lo`: the scope of a link-local address is the device of the socket.
    @Test
    void theScopeOfAnAddressIsItsDevice() {
        readable();
        host.hosts.put("fe80::1%lo", List.of(new Endpoint.Numeric(at("fe80::1").address(), 0, 1)));

        assertThat(run("wg0", "fe80::1%lo").out()).contains("ip -6 route get fe80::1 oif lo");
    }

    @Test
    void aWordThatEndsInConfIsAFile() {
        Ran ran = run("office.conf", "10.1.2.3");

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("./office.conf");
    }

    @Test
    void oneJsonDocument() throws IOException {
        readable();
        Ran ran = run("--json", "wg0", "10.1.2.3", "port", "53", "proto", "tcp");
        assertThat(ran.out())
                .startsWith("{\"schema\":\"wgj/1\",\"question\":{\"interface\":\"wg0\",\"address\":\"10.1.2.3\"")
                .contains("\"verdict\":\"ok\"", "\"protocol\":6", "\"dport\":53", "\"kernelAgrees\":true");
        try (JsonParser parser = new JsonFactory().createParser(ran.out())) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentToken()).isNotNull();
            }
        }
        assertThat(run("--json", "wg0").out()).contains("\"peers\":[{");
    }
}
