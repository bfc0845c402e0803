// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpAddress;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.QuickPlanner;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TableFiles;
import io.wgj.quick.run.TunnelRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One run of `plan`.
final class Planning {
    private final Invocation invocation;
    private final Arguments arguments;
    private final String verb;
    private final boolean showsBothSides;
    private final List<String> warnings = new ArrayList<>();
    /// Lines of ours that are printed with the plan.
    private final List<String> remarks = new ArrayList<>();

    /// @param verb what is planned: up, down or reload
    Planning(Invocation invocation, Arguments arguments, String verb) {
        this(invocation, arguments, verb, false);
    }

    /// @param showsBothSides whether what is in effect is shown beside what the file says, rather than the plan
    Planning(Invocation invocation, Arguments arguments, String verb, boolean showsBothSides) {
        this.showsBothSides = showsBothSides;
        this.invocation = invocation;
        this.arguments = arguments;
        this.verb = verb;
    }

    /// Plans and prints; the exit code.
    ///
    /// @param word what the user called the file
    int run(FoundFile found, String word) throws RefusalException {
        if (!found.isStandardInput()) {
            remarks.addAll(FileTrust.problems(invocation, word));
        }
        if (arguments.has(QuickOptions.STRICT) && !remarks.isEmpty()) {
            throw FileTrust.refusal(invocation, remarks);
        }
        QuickSource source = QuickSource.read(invocation, found, verb);
        if (found.worldAccessible()) {
            warnings.add(found.warning());
        }
        if (invocation.host().quick().userId() != 0) {
            remarks.add("planned without what only root may see: the journals in /run/wgj, the packet filter and the"
                    + " marks of other tunnels");
        }
        try {
            return print(source, plan(source));
        } catch (PlanException impossible) {
            throw Session.refusal(invocation, impossible);
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
    }

    private PlanText plan(QuickSource source) throws RefusalException, PlanException, RunException {
        return switch (verb) {
            case "down" -> down(source);
            case "up" -> up(source);
            default -> reload(source);
        };
    }

    private int print(QuickSource source, PlanText text) {
        if (arguments.json()) {
            warnings.addAll(remarks);
            invocation
                    .out()
                    .append(
                            showsBothSides
                                    ? text.bothSidesJson(source.found(), warnings)
                                    : text.json(verb, source.found(), warnings));
        } else if (!arguments.quiet()) {
            for (String warning : warnings) {
                invocation.report(warning);
            }
            for (String remark : remarks) {
                invocation.remark(remark);
            }
            for (String line : showsBothSides ? text.bothSides(source.found()) : text.lines()) {
                invocation.out().append(line).append('\n');
            }
        }
        boolean pending = !text.plan().steps().isEmpty();
        return (showsBothSides || arguments.has(QuickOptions.CHECK)) && pending ? ExitCode.PENDING : ExitCode.DONE;
    }

    private PlanText up(QuickSource source) throws RefusalException, PlanException, RunException {
        Tunnel tunnel = source.tunnel(invocation);
        warnings.addAll(source.parsed().warnings());
        remarks.addAll(FileWarnings.of(invocation, arguments, source));
        ForeseenConfiguration foreseen =
                ForeseenConfiguration.ofUp(invocation, source, arguments.has(QuickOptions.NO_DNS));
        DeviceUpdate update = foreseen.adding();
        List<IpAddress> endpoints = new ArrayList<>();
        for (PeerUpdate peer : update.peers()) {
            if (peer instanceof PeerUpdate.Put put) {
                put.settings().endpoint().value().ifPresent(endpoint -> endpoints.add(endpoint.address()));
            }
        }
        SystemSnapshot snapshot = Session.runner(invocation, tunnel).inspect(tunnel, endpoints);
        Plan plan = QuickPlanner.up(tunnel, snapshot.withDnsTool(), update);
        return text(source, tunnel, snapshot, plan, foreseen);
    }

    private PlanText down(QuickSource source) throws RefusalException, RunException {
        Tunnel tunnel = source.lenient();
        TunnelRunner runner = Session.runner(invocation, tunnel);
        if (!runner.hasJournal(tunnel.link())) {
            InterfaceLookup.require(invocation, tunnel.link());
        }
        Plan plan = runner.planDown(Session.request(invocation, source, tunnel, false));
        return new PlanText(tunnel, new TableFiles(), plan, List.of(), Map.of());
    }

    private PlanText reload(QuickSource source) throws RefusalException, PlanException, RunException {
        Tunnel tunnel = ReloadCommand.tunnel(invocation, source);
        warnings.addAll(source.parsed().warnings());
        remarks.addAll(FileWarnings.of(invocation, arguments, source));
        requireReadable(tunnel);
        EndpointLookups.Mode mode = arguments.has(QuickOptions.NO_DNS)
                ? EndpointLookups.Mode.NONE
                : arguments.has(QuickOptions.RESOLVE) ? EndpointLookups.Mode.ALL : EndpointLookups.Mode.USUAL;
        ForeseenConfiguration foreseen = ForeseenConfiguration.ofReload(invocation, source, mode);
        TunnelRunner runner = Session.runner(invocation, tunnel);
        Plan plan = runner.planReload(Session.request(invocation, source, tunnel, foreseen));
        return text(source, tunnel, runner.inspect(tunnel, List.of()), plan, foreseen);
    }

    /// Refuses to plan for an ordinary user about a device that only root may read.
    private void requireReadable(Tunnel tunnel) throws RefusalException {
        if (invocation.host().quick().userId() == 0) {
            return;
        }
        DeviceName name = new DeviceName(tunnel.link().text());
        try (WireGuardDevice device = invocation.host().devices().openToRead(name)) {
            device.read();
        } catch (DeviceException failure) {
            DeviceException examined = invocation.host().devices().examine(name, failure);
            throw new RefusalException(
                    ExitCode.of(examined),
                    List.of("Unable to access interface: " + ErrorReport.sentence(failure)),
                    List.of(ErrorReport.explain(examined)));
        }
    }

    private PlanText text(
            QuickSource source, Tunnel tunnel, SystemSnapshot snapshot, Plan plan, ForeseenConfiguration foreseen) {
        List<String> notes = new ArrayList<>(source.advice());
        notes.addAll(foreseen.notes());
        boolean needsDnsTool = !tunnel.section().nameServers().isEmpty();
        if (needsDnsTool && snapshot.support().dnsTool().isEmpty()) {
            notes.add("DNS needs resolvconf or resolvectl, and neither is installed: this fails until one is");
        }
        return new PlanText(tunnel, snapshot.tables(), plan, notes, foreseen.unresolved());
    }
}
