// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.cli.json.DoctorJson;
import io.wgj.cli.status.NamedPeers;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.doctor.Diagnosed;
import io.wgj.diagnosis.doctor.FarDevice;
import io.wgj.diagnosis.doctor.FarDump;
import io.wgj.diagnosis.doctor.Observer;
import io.wgj.diagnosis.doctor.Wish;
import io.wgj.diagnosis.host.RoutingHost;
import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.engine.uapi.UserspaceDevice;
import io.wgj.netlink.transport.NetlinkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj doctor INTERFACE [PEER]`: why a tunnel does not work.
public final class DoctorCommand implements OwnCommand {
    private static final String FOR = "--for";
    private static final String PASSIVE = "--passive";
    private static final String PROBE = "--probe";
    private static final String FAR = "--far";
    private static final String FACTS = "--facts";
    private static final Duration USUAL = Duration.ofSeconds(11);
    private static final Duration MOST = Duration.ofHours(1);

    @Override
    public String summary() {
        return "Decides why a tunnel does not work";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("doctor", this)
                .text("""
                    Observes the interface for 11 seconds, which is two tries of a handshake, and says what is wrong with
                    each peer: the cause in one sentence, what was seen and when, and what mends it. It ends earlier when
                    the cause is certain. Where this host cannot tell causes apart, it says which remain and what would tell.

                    It changes nothing, and reads no secret and no content of packets. It sends up to three echo requests
                    through the interface, to an address among the peer's allowed IPs, so that WireGuard makes a handshake;
                    when one is answered, up to four larger ones, to see whether packets of full size pass. The names of
                    endpoints in /etc/wireguard/INTERFACE.conf are looked up once.

                    Half of the causes show only at the far end. --far takes what the far end prints; a far end on this
                    host, in any network namespace with a name, is found without it.

                    It needs CAP_NET_ADMIN. Without CAP_NET_RAW it sees no packets, and says so.
                    """)
                .operand(Options.operand(Options.INTERFACE, "the interface"))
                .operand(Options.optional(
                        "[PEER]",
                        "1",
                        "one peer: its public key, or its name in the configuration file; all" + " without it",
                        List.of()))
                .option(Options.duration(FOR, "how long to observe, such as 30s"))
                .option(Options.flag(PASSIVE, "sends nothing"))
                .option(Options.flag(
                        PROBE,
                        "sends two datagrams of four bytes to the port beside the endpoint's: a host that is alive says"
                                + " that nothing listens there"))
                .option(Options.value(
                        "-f",
                        FAR,
                        Options.FILE,
                        "what `wgj doctor --facts' or `wg show all dump' prints at the far end; - is standard input"))
                .option(Options.flag(FACTS, "prints what --far takes at the other end, without secrets, and ends"))
                .option(Options.json("one JSON document"))
                .exit("0", "every peer works")
                .exits(ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .exit("10", "at least one peer does not work, or there is none")
                .example("wgj doctor wg0", "Says why no handshake comes")
                .example("ssh far wgj doctor --facts wg0 | wgj doctor wg0 --far -", "Asks both ends")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        List<String> operands = arguments.operands();
        DeviceName name = Options.linkName(operands.getFirst());
        Optional<PublicKey> peer = Optional.empty();
        if (operands.size() > 1) {
            peer = Optional.of(NamedPeers.resolve(invocation.host(), name, operands.get(1), "doctor"));
        }
        Duration time = arguments.duration(FOR).orElse(USUAL);
        if (time.compareTo(MOST) > 0) {
            throw new MisuseException(FOR + " is an hour at most");
        }
        if (arguments.has(PASSIVE) && arguments.has(PROBE)) {
            throw new MisuseException(PROBE + " sends, " + PASSIVE + " does not");
        }
        if (arguments.has(FACTS)) {
            return facts(invocation, name);
        }
        List<FarDevice> far = arguments.text(FAR).isPresent()
                ? far(invocation.host(), arguments.text(FAR).get())
                : List.of();
        InterfaceFile file = InterfaceFile.of(invocation.host(), name);
        boolean passive = arguments.has(PASSIVE);
        Wish wish = new Wish(
                peer, time, passive, arguments.has(PROBE), far, passive ? Map.of() : file.names(), file.notes());
        List<Diagnosed> diagnosed = observe(invocation.host(), name, wish);
        if (arguments.json()) {
            invocation.out().append(DoctorJson.of(name, diagnosed));
        } else {
            DoctorText.render(name, diagnosed, invocation.out());
        }
        for (Diagnosed one : diagnosed) {
            if (!one.verdict().isHealthy()) {
                return ExitCode.PEER_DOWN;
            }
        }
        return ExitCode.DONE;
    }

    private static List<Diagnosed> observe(Host host, DeviceName name, Wish wish) throws RefusalException {
        try (WireGuardDevice device = host.devices().openToRead(name)) {
            Optional<UserspaceDevice> userspace =
                    device instanceof UserspaceDevice one ? Optional.of(one) : Optional.empty();
            try (Observer observer = Observer.open(device::read, userspace, wish)) {
                if (!observer.isHere()) {
                    throw refusal(
                            ExitCode.NOT_FOUND,
                            name + ": its socket is here, but the interface is in another network namespace; run it"
                                    + " there: ip netns exec NAME wgj doctor " + name);
                }
                return observer.watch();
            }
        } catch (DeviceException failure) {
            throw refusal(host, name, failure);
        } catch (NetlinkException failure) {
            throw refusal(ExitCode.FAILED, name + ": " + failure.getMessage());
        }
    }

    private static int facts(Invocation invocation, DeviceName name) throws RefusalException {
        try (WireGuardDevice device = invocation.host().devices().openToRead(name)) {
            DeviceState state = device.read();
            Optional<NetworkDevice> link =
                    RoutingHost.linux().snapshot(name.text(), Set.of()).device(name.text());
            invocation
                    .out()
                    .append(
                            link.isEmpty()
                                    ? FarDump.write(state)
                                    : FarDump.write(state, hostSide(invocation.host(), link.get())));
            return ExitCode.DONE;
        } catch (NetlinkException failure) {
            throw refusal(ExitCode.FAILED, name + ": " + failure.getMessage());
        } catch (DeviceException failure) {
            throw refusal(invocation.host(), name, failure);
        }
    }

    private static FarDevice.HostSide hostSide(Host host, NetworkDevice link) {
        List<IpPrefix> addresses = new ArrayList<>();
        for (DeviceAddress address : link.addresses()) {
            addresses.add(new IpPrefix(address.address(), address.subnet().length()));
        }
        return new FarDevice.HostSide(Instant.ofEpochSecond(host.nowSeconds()), link.up(), link.mtu(), addresses);
    }

    private static List<FarDevice> far(Host host, String path) throws RefusalException {
        String text;
        try {
            text = ConfFile.text(host, path.equals("-") ? "/dev/stdin" : path);
        } catch (FileException failure) {
            String why = failure.kind().isEmpty() ? ErrorReport.sentence(failure.errno()) : failure.kind();
            throw refusal(ExitCode.of(failure), path + ": " + why);
        }
        Optional<List<FarDevice>> devices = FarDump.read(text, path.equals("-") ? "the far end" : path);
        if (devices.isEmpty()) {
            throw refusal(
                    ExitCode.FAILED,
                    path + ": not what `wgj doctor --facts' or `wg show all dump' prints; run one of them at the far"
                            + " end");
        }
        return devices.get();
    }

    private static RefusalException refusal(Host host, DeviceName name, DeviceException failure) {
        DeviceException why = host.devices().examine(name, failure);
        int code = ExitCode.of(why);
        String advice = switch (code) {
            case ExitCode.NOT_PERMITTED -> "; run it as root, or ask the monitor: wgj status " + name;
            case ExitCode.NOT_FOUND -> "; `wgj show interfaces' lists those that there are";
            default -> "";
        };
        return refusal(code, name + ": " + ErrorReport.sentence(why.errno()) + advice);
    }

    private static RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of("doctor: " + sentence));
    }
}
