// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.EndpointResolver;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.LookupException;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.Located;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.QuickConfig;
import io.wgj.config.file.Underlay;
import io.wgj.config.file.WgConfig;
import io.wgj.config.file.WgPeer;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import io.wgj.engine.uapi.EngineExtras;
import io.wgj.quick.run.Job;
import io.wgj.quick.run.RunException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a device gets from a file, its keys collected and its names looked up when it is asked for, with the patience
/// of wg.
///
/// @param replacing whether what the file does not mention is erased
record FileConfiguration(Call call, QuickSource source, boolean replacing) implements Job.Configuration {
    /// Ports below are root's, or of who has `CAP_NET_BIND_SERVICE`.
    private static final int FIRST_FREE_PORT = 1024;

    private static final int KEY_CHARACTERS = 44;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    @Override
    public DeviceUpdate resolve() throws RunException {
        try {
            WgConfig config = complete();
            EndpointResolver resolver = new EndpointResolver(call.host());
            for (WgPeer peer : config.peers()) {
                if (peer.endpoint().isPresent()) {
                    resolver.checkRetries();
                    break;
                }
            }
            return replacing ? config.replacing(resolver) : config.adding(resolver);
        } catch (LocatedResolveException unknown) {
            call.say(unknown.failure().reason() + ": `" + unknown.failure().text() + "'");
            call.add(unknown.place() + ": " + EndpointResolver.explain(unknown.failure()));
            throw new RunException(1, "Configuration parsing error");
        } catch (RefusalException refusal) {
            for (String remark : refusal.remarks()) {
                call.add(remark);
            }
            throw new RunException(1, refusal.wgLines());
        }
    }

    private WgConfig complete() throws RefusalException {
        return new KeySources(call, source.found(), source.parsed().config().orElseThrow()).complete(source.wg());
    }

    @Override
    public EngineExtras extras() {
        return extras(source);
    }

    /// What a file without problems says to our own engine alone.
    static EngineExtras extras(QuickSource source) {
        QuickConfig config = source.parsed().config().orElseThrow();
        List<IpAddress> sources = new ArrayList<>();
        for (Located<Underlay> underlay : config.interfaceSection().underlays()) {
            underlay.value().src().ifPresent(sources::add);
        }
        Map<PublicKey, List<IpPrefix>> peers = new LinkedHashMap<>();
        for (int i = 0; i < config.peers().size(); i++) {
            List<IpPrefix> allowed = config.peers().get(i).allowedSources();
            if (!allowed.isEmpty()) {
                peers.put(source.wg().peers().get(i).publicKey(), allowed);
            }
        }
        return new EngineExtras(
                Change.set(sources), Change.set(config.interfaceSection().allowedSources()), peers);
    }

    @Override
    public boolean hasLowPort() {
        if (source.wg().listenPort().isEmpty()) {
            return false;
        }
        ListenPort port = source.wg().listenPort().get().value();
        try {
            int number = port instanceof ListenPort.Service service
                    ? call.host().names().port(service.name())
                    : ((ListenPort.Numbered) port).number();
            return number > 0 && number < FIRST_FREE_PORT;
        } catch (LookupException _) {
            // The device's configuration will tell.
            return false;
        }
    }

    @Override
    public Set<Long> endpointFingerprints() {
        Set<Long> fingerprints = new HashSet<>();
        for (WgPeer peer : source.wg().peers()) {
            if (peer.endpoint().isPresent()) {
                fingerprints.add(fingerprint(peer.publicKey()));
            }
        }
        return fingerprints;
    }

    /// FNV-1a, 64 bits, of the key's text and the endpoint's: of several sections of a peer, the last one's.
    @Override
    public long fingerprint(PublicKey peer) {
        StringBuilder text = new StringBuilder(peer.toBase64());
        for (WgPeer section : source.wg().peers()) {
            if (section.endpoint().isPresent() && section.publicKey().equals(peer)) {
                text.setLength(KEY_CHARACTERS);
                text.append(' ').append(section.endpoint().get().value().text());
            }
        }
        long hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i) & 0xff) * FNV_PRIME;
        }
        return hash;
    }
}
