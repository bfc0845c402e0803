// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.ExplanationJson;
import io.wgj.cli.quick.PlannedTunnel;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.text.Printable;
import io.wgj.diagnosis.explain.Explainer;
import io.wgj.diagnosis.explain.Explanation;
import io.wgj.diagnosis.explain.ExplanationText;
import io.wgj.diagnosis.explain.PlannedHost;
import io.wgj.diagnosis.explain.Tunnels;
import io.wgj.diagnosis.explain.Verdict;
import io.wgj.diagnosis.host.RoutingHost;
import io.wgj.diagnosis.routing.Agreement;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj explain INTERFACE [ADDRESS …]`: which way a packet goes, and how its answers come in.
public final class ExplainCommand implements OwnCommand {
    private static final String FILE = "--file";
    private static final String IPV4 = "--ipv4";
    private static final String IPV6 = "--ipv6";

    private final RoutingHost routing;

    public ExplainCommand() {
        this(RoutingHost.linux());
    }

    /// @param routing the host whose routes are asked
    ExplainCommand(RoutingHost routing) {
        this.routing = routing;
    }

    @Override
    public String summary() {
        return "Explains which way a packet goes, and why not through the tunnel";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("explain", this)
                .synopsis("[--file] [-4 | -6] [--json] INTERFACE | FILE [ADDRESS [WORD VALUE]...]")
                .text("""
                    Tells where a packet to ADDRESS goes: the rule and the route that decide, the peer that takes it by its
                    allowed IPs, the way of the ciphertext to the peer's endpoint, sizes, and whether the far end's packets
                    get past the reverse-path filter. The first line says the gravest thing, or the way if all is well.
                    What helps and the commands that prove it follow. Without ADDRESS it explains the way to the endpoint
                    of every peer.

                    ADDRESS may be the name of a host, which is looked up once. Of a name with addresses of both families
                    the first of each is explained, as programs may use either; -4 and -6 choose one. fe80::1%DEVICE is
                    asked of a socket bound to DEVICE.

                    WORD and VALUE are those of `ip route get': from ADDRESS, mark NUMBER, iif DEVICE (a packet that comes
                    in), oif DEVICE (a socket bound to a device), proto tcp|udp|icmp|NUMBER, port NUMBER (of the
                    destination), sport NUMBER, tos NUMBER, uid NUMBER.

                    A FILE, whose name has a / in it or ends in .conf, or the file of an INTERFACE with --file, is explained as
                    if it were up: its addresses, routes and rules are laid over this host. Nothing is changed or sent.

                    The answer comes from one look at the host's rules and routes. For an interface that is up the kernel is
                    asked the same afterwards, and the answer says so if it differs. Marks that the firewall sets, learned
                    MTUs, multicast and encapsulating routes are not judged. Any user may ask; the peers of an interface are
                    known to root, and to members of the group wgj while a monitor runs.
                    """)
                .operand(Options.operands(
                        "INTERFACE | FILE [ADDRESS [WORD VALUE]...]",
                        "0..*",
                        "the interface or file, the packet's destination, and more about the packet"))
                .option(Options.flag(FILE, "explains the configuration file of INTERFACE, as if it were up"))
                .option(Options.flag("-4", IPV4, "explains the IPv4 address of a name only"))
                .option(Options.flag("-6", IPV6, "explains the IPv6 address of a name only"))
                .option(Options.json("one JSON document"))
                .exit("0", "the packet goes into INTERFACE and its ciphertext leaves, if only in fragments")
                .exits(ExitCode.FAILED, ExitCode.MISUSED, ExitCode.INVALID, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .exit("10", "it does not, or no answer can come in")
                .example("wgj explain wg0 10.1.2.3", "Explains where a packet to 10.1.2.3 goes")
                .example(
                        "wgj explain wg0 8.8.8.8 from 10.9.0.1",
                        "Explains where an answer of a service on 10.9.0.1 goes")
                .example("wgj explain wg0 intranet.example -6", "Explains where a program on IPv6 goes")
                .example("wgj explain ./office.conf 10.1.2.3", "Explains the same for a file before it is up")
                .example("wgj explain wg0", "Explains the way to the endpoints of all peers")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        List<String> operands = arguments.operands();
        String first = operands.getFirst();
        // As for check and qr, a word that ends in .conf is a file.
        String target = first.endsWith(".conf") && first.indexOf('/') < 0 ? "./" + first : first;
        boolean ofFile = arguments.has(FILE) || target.indexOf('/') >= 0;
        try {
            Optional<Destination> destination =
                    operands.size() == 1 ? Optional.empty() : Optional.of(destination(invocation, arguments));
            Scene scene = ofFile ? planned(invocation, target) : live(invocation, target);
            return answer(invocation, arguments, scene, destination);
        } catch (NetlinkException failure) {
            throw new RefusalException(
                    ExitCode.FAILED,
                    List.of(),
                    List.of("explain: the kernel's routes cannot be read: "
                            + failure.errno().sentence() + " (" + failure.operation() + ")"));
        }
    }

    private static Destination destination(Invocation invocation, Arguments arguments)
            throws MisuseException, RefusalException {
        List<String> words = words(arguments);
        if (arguments.has(IPV4) && arguments.has(IPV6)) {
            throw new MisuseException("-4 and -6: one of them, or none for both families");
        }
        Optional<IpFamily> chosen = arguments.has(IPV4)
                ? Optional.of(IpFamily.V4)
                : arguments.has(IPV6) ? Optional.of(IpFamily.V6) : Optional.empty();
        String text = arguments.operands().get(1);
        Optional<IpAddress> address = IpAddress.parse(text);
        Optional<IpFamily> family = chosen.isPresent() || address.isPresent() ? chosen : ExplainWords.family(words);
        // Wrong words are reported without a look-up.
        ExplainWords.parse(address.orElse(IpAddress.unspecified(family.orElse(IpFamily.V4))), words, 0);
        return Destination.of(invocation.host(), text, family);
    }

    /// The words behind the address.
    private static List<String> words(Arguments arguments) {
        return arguments.operands().subList(2, arguments.operands().size());
    }

    private static FlowQuestion question(Invocation invocation, Arguments arguments, Endpoint.Numeric destination)
            throws MisuseException {
        FlowQuestion question = ExplainWords.parse(
                destination.address(),
                words(arguments),
                invocation.host().quick().userId());
        String scope =
                destination.scopeId() == 0 ? "" : invocation.host().scopes().nameOf(destination.scopeId());
        boolean isBound = question.oif().isPresent() || question.iif().isPresent();
        return scope.isEmpty() || isBound ? question : question.boundTo(scope);
    }

    /// What the questions are asked of.
    ///
    /// @param live whether the kernel can be asked the same
    private record Scene(
            String link, HostSnapshot host, List<DeviceState> devices, Set<String> unreadable, boolean live) {
        Explainer explainer() {
            return new Explainer(new RouteLookup(host), new Tunnels(devices, unreadable));
        }

        Optional<DeviceState> device() {
            return devices.stream()
                    .filter(device -> device.name().text().equals(link))
                    .findFirst();
        }
    }

    private Scene live(Invocation invocation, String target) throws MisuseException, NetlinkException {
        String link = Options.linkName(target).text();
        HostSnapshot host = routing.snapshot(link, Set.of());
        ReadTunnels tunnels = ReadTunnels.of(invocation.host(), host, link);
        return new Scene(link, host, tunnels.devices(), tunnels.unreadable(), true);
    }

    private Scene planned(Invocation invocation, String target) throws RefusalException, NetlinkException {
        PlannedTunnel tunnel = PlannedTunnel.of(invocation, target);
        tunnel.notes().forEach(invocation::note);
        String link = tunnel.device().name().text();
        HostSnapshot host = routing.snapshot(link, PlannedHost.tables(tunnel.steps()));
        ReadTunnels others = ReadTunnels.of(invocation.host(), host, link);
        List<DeviceState> devices = new ArrayList<>(others.devices());
        devices.removeIf(device -> device.name().text().equals(link));
        devices.add(tunnel.device());
        return new Scene(link, PlannedHost.after(host, link, tunnel.steps()), devices, others.unreadable(), false);
    }

    private int answer(Invocation invocation, Arguments arguments, Scene scene, Optional<Destination> destination)
            throws MisuseException, RefusalException, NetlinkException {
        Explainer explainer = scene.explainer();
        List<ExplanationJson.Entry> entries = new ArrayList<>();
        if (destination.isPresent()) {
            for (Endpoint.Numeric address : destination.get().addresses()) {
                FlowQuestion question = question(invocation, arguments, address);
                entries.add(checked(scene, explainer.packet(scene.link(), question)));
            }
        } else if (scene.device().isEmpty()) {
            entries.add(checked(scene, explainer.withoutPeers(scene.link())));
        } else {
            for (PeerState peer : scene.device().get().peers()) {
                entries.add(checked(scene, explainer.endpoint(scene.link(), peer)));
            }
        }
        refuseMissing(entries);
        print(invocation, arguments, scene, destination, entries);
        return code(entries);
    }

    private static void refuseMissing(List<ExplanationJson.Entry> entries) throws RefusalException {
        for (ExplanationJson.Entry entry : entries) {
            Verdict verdict = entry.explanation().verdict();
            if (verdict == Verdict.NO_INTERFACE || verdict == Verdict.NOT_WIREGUARD) {
                throw new RefusalException(
                        ExitCode.NOT_FOUND,
                        List.of(),
                        List.of("explain: " + entry.explanation().headline()));
            }
        }
    }

    /// Asks the kernel the same questions.
    private ExplanationJson.Entry checked(Scene scene, Explanation explanation) throws NetlinkException {
        List<Explanation.Lookup> lookups = explanation.lookups();
        if (!scene.live() || lookups.isEmpty()) {
            return new ExplanationJson.Entry(explanation, Optional.empty(), List.of());
        }
        List<FlowQuestion> questions = new ArrayList<>();
        lookups.forEach(lookup -> questions.add(lookup.question()));
        List<KernelAnswer> answers = routing.ask(scene.host(), questions);
        List<String> disagreements = new ArrayList<>();
        for (int i = 0; i < lookups.size(); i++) {
            FlowQuestion question = questions.get(i);
            Agreement.difference(question, lookups.get(i).result(), answers.get(i))
                    .ifPresent(difference -> disagreements.add(question.command() + ": " + difference));
        }
        return new ExplanationJson.Entry(explanation, Optional.of(disagreements.isEmpty()), disagreements);
    }

    private static void print(
            Invocation invocation,
            Arguments arguments,
            Scene scene,
            Optional<Destination> destination,
            List<ExplanationJson.Entry> entries) {
        if (arguments.json()) {
            invocation.out().append(document(scene.link(), destination, entries));
            return;
        }
        destination
                .flatMap(Destination::sentence)
                .ifPresent(sentence ->
                        invocation.out().append(Printable.of(sentence)).append(".\n"));
        if (entries.isEmpty()) {
            invocation.out().append(scene.link()).append(" has no peers.\n");
        }
        for (ExplanationJson.Entry entry : entries) {
            for (String line : ExplanationText.of(entry.explanation(), entry.disagreements())
                    .split("\n", -1)) {
                invocation.out().append(line.isEmpty() ? "" : Printable.of(line) + "\n");
            }
        }
    }

    private static String document(
            String link, Optional<Destination> destination, List<ExplanationJson.Entry> entries) {
        if (destination.isEmpty()) {
            return ExplanationJson.ofPeers(link, entries);
        }
        Optional<String> name = destination.get().name();
        return name.isEmpty()
                ? ExplanationJson.of(link, entries.getFirst())
                : ExplanationJson.ofName(
                        link,
                        name.get(),
                        destination.get().others().stream()
                                .map(other -> other.address().text())
                                .toList(),
                        entries);
    }

    private static int code(List<ExplanationJson.Entry> entries) {
        int code = ExitCode.DONE;
        for (ExplanationJson.Entry entry : entries) {
            Verdict verdict = entry.explanation().verdict();
            if (verdict == Verdict.PEERS_UNKNOWN) {
                return ExitCode.NOT_PERMITTED;
            }
            if (!verdict.passes()) {
                code = ExitCode.PEER_DOWN;
            }
        }
        return code;
    }
}
