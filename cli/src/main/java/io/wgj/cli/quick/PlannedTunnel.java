// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.QuickPlanner;
import io.wgj.quick.run.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a file would make of an interface, without changing anything: the steps of `up`, and the device as it
/// would be.
///
/// @param device without keys of its own
/// @param steps of `up`
/// @param notes what the user should know, a sentence each
public record PlannedTunnel(DeviceState device, List<Step> steps, List<String> notes) {
    public PlannedTunnel {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /// Plans the file that `word` names.
    public static PlannedTunnel of(Invocation invocation, String word) throws RefusalException {
        FoundFile found = FoundFile.find(invocation, word);
        QuickSource source = QuickSource.read(invocation, found, "up");
        try {
            Tunnel tunnel = source.tunnel(invocation);
            ForeseenConfiguration foreseen = ForeseenConfiguration.ofUp(invocation, source, false);
            DeviceUpdate update = foreseen.adding();
            List<PeerState> peers = peers(update);
            List<IpAddress> endpoints = new ArrayList<>();
            peers.forEach(peer -> peer.endpoint().ifPresent(endpoint -> endpoints.add(endpoint.address())));
            SystemSnapshot snapshot = Session.runner(invocation, tunnel).inspect(tunnel, endpoints);
            Plan plan = QuickPlanner.up(tunnel, snapshot.withDnsTool(), update);
            int mark = update.fwmark().value().orElse(0);
            for (Step step : plan.steps()) {
                if (step instanceof Step.SetFwmark set) {
                    mark = set.mark();
                }
            }
            DeviceState device = new DeviceState(
                    new DeviceName(tunnel.link().text()),
                    Optional.empty(),
                    Optional.empty(),
                    update.listenPort().value().orElse(0),
                    mark,
                    peers);
            return new PlannedTunnel(device, plan.steps(), foreseen.notes());
        } catch (PlanException impossible) {
            throw Session.refusal(invocation, impossible);
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
    }

    private static List<PeerState> peers(DeviceUpdate update) {
        List<PeerState> peers = new ArrayList<>();
        for (PeerUpdate change : update.peers()) {
            if (change instanceof PeerUpdate.Put put) {
                List<IpPrefix> allowed = new ArrayList<>();
                for (AllowedIpUpdate prefix : put.settings().allowedIps()) {
                    allowed.add(prefix.prefix().masked());
                }
                PeerState peer = new PeerState(put.publicKey()).withAllowedIps(allowed);
                Optional<Endpoint.Numeric> endpoint = put.settings().endpoint().value();
                peers.add(endpoint.isPresent() ? peer.withEndpoint(endpoint.get()) : peer);
            }
        }
        return peers;
    }
}
