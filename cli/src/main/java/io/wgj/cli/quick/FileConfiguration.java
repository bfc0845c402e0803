// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.wg.EndpointResolver;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.file.Underlay;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.quick.plan.DeviceChanges;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configuration that a device gets from a file. Keys are collected and names looked up, as patiently as by
/// wg, when the device is configured.
///
/// @param resolvesAll whether a reload looks every name up again
record FileConfiguration(Invocation invocation, QuickSource source, boolean resolvesAll)
        implements TunnelRequest.Configuration {
    /// Ports below this one need root or `CAP_NET_BIND_SERVICE`.
    private static final int FIRST_FREE_PORT = 1024;

    @Override
    public DeviceUpdate resolve() throws RunException {
        try {
            TunnelFile config = complete();
            return config.adding(resolver(config));
        } catch (LocatedResolveException unknown) {
            throw failure(unknown);
        } catch (RefusalException refusal) {
            throw failure(refusal);
        }
    }

    @Override
    public TunnelRequest.Wanted wanted(DeviceState now, Set<Long> known) throws RunException {
        try {
            TunnelFile config = complete();
            Optional<PublicKey> own =
                    DeviceChanges.ownKey(now, config.interfaceSection().privateKey());
            EndpointLookups lookups = new EndpointLookups(
                    invocation,
                    config,
                    now,
                    own,
                    known,
                    resolvesAll ? EndpointLookups.Mode.ALL : EndpointLookups.Mode.USUAL);
            DeviceUpdate update = lookups.config().replacing(resolver(lookups.config()));
            List<String> notes = new ArrayList<>(own.isPresent() ? remarksOn(own.get()) : List.of());
            notes.addAll(lookups.notes(update, false));
            return new TunnelRequest.Wanted(update, lookups.sent(), notes);
        } catch (LocatedResolveException unknown) {
            throw failure(unknown);
        } catch (RefusalException refusal) {
            throw failure(refusal);
        }
    }

    private TunnelFile complete() throws RefusalException {
        return new KeySources(invocation, source.found()).complete(source.file());
    }

    private EndpointResolver resolver(TunnelFile config) throws RefusalException {
        EndpointResolver resolver = new EndpointResolver(invocation.host());
        if (config.hasEndpoint()) {
            resolver.checkRetries();
        }
        return resolver;
    }

    private RunException failure(LocatedResolveException unknown) {
        invocation.report(unknown.failure().reason() + ": `" + unknown.failure().text() + "'");
        invocation.remark(unknown.place() + ": " + EndpointResolver.explain(unknown.failure()));
        return new RunException(1, "Configuration parsing error");
    }

    private RunException failure(RefusalException refusal) {
        for (String remark : refusal.remarks()) {
            invocation.remark(remark);
        }
        return new RunException(1, refusal.wgLines());
    }

    @Override
    public List<String> remarksOn(PublicKey own) {
        return remarksOn(source, own);
    }

    /// One sentence for each section with the interface's own public key, which templates of meshes have.
    static List<String> remarksOn(QuickSource source, PublicKey own) {
        List<String> remarks = new ArrayList<>();
        for (PeerSection peer : source.file().peers()) {
            if (peer.publicKey().equals(own)) {
                remarks.add(
                        peer.place() + ": [Peer]: its public key is the interface's own: WireGuard ignores such a peer,"
                                + " and so does wgj");
            }
        }
        return remarks;
    }

    @Override
    public EngineOptions options() {
        return options(source);
    }

    /// The settings of a file without problems that only our own engine takes.
    static EngineOptions options(QuickSource source) {
        InterfaceSection section = source.file().interfaceSection();
        List<IpAddress> sources = new ArrayList<>();
        for (Located<Underlay> underlay : section.underlays()) {
            underlay.value().src().ifPresent(sources::add);
        }
        Map<PublicKey, List<IpPrefix>> peers = new LinkedHashMap<>();
        for (PeerSection peer : source.file().peers()) {
            if (!peer.allowedSources().isEmpty()) {
                peers.put(peer.publicKey(), peer.allowedSources());
            }
        }
        return new EngineOptions(Change.set(sources), Change.set(section.allowedSources()), peers);
    }

    @Override
    public boolean hasLowPort() {
        Optional<Located<ListenPort>> named = source.file().interfaceSection().listenPort();
        if (named.isEmpty()) {
            return false;
        }
        ListenPort port = named.get().value();
        try {
            int number = port instanceof ListenPort.Service service
                    ? invocation.host().names().port(service.name())
                    : ((ListenPort.Numbered) port).number();
            return number > 0 && number < FIRST_FREE_PORT;
        } catch (LookupException _) {
            // Configuring the device reports it.
            return false;
        }
    }

    @Override
    public Set<Long> endpointFingerprints() {
        return new HashSet<>(EndpointFingerprints.of(source.file().peers()).values());
    }

    @Override
    public long fingerprint(PublicKey peer) {
        return EndpointFingerprints.of(source.file().peers()).getOrDefault(peer, 0L);
    }
}
