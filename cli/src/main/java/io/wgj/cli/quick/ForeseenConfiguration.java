// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.wg.EndpointResolver;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.Located;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.engine.uapi.EngineOptions;
import io.wgj.quick.plan.DeviceChanges;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configuration that a device would get from a file, for a plan. Names are looked up once or not at all, and
/// no PrivateKeyCommand is run.
///
/// @param file with all keys, the command's but for its value
/// @param mode which names are looked up
/// @param unresolved endpoints that were not looked up, by the text of their peer's key
/// @param notes to be printed beside the plan
record ForeseenConfiguration(
        Invocation invocation,
        QuickSource source,
        TunnelFile file,
        EndpointLookups.Mode mode,
        Map<String, String> unresolved,
        List<String> notes)
        implements TunnelRequest.Configuration {
    private static final int KEY_BYTES = 32;

    /// For `up`.
    static ForeseenConfiguration ofUp(Invocation invocation, QuickSource source, boolean noDns)
            throws RefusalException {
        List<String> notes = new ArrayList<>();
        Map<String, String> unresolved = new HashMap<>();
        TunnelFile file = withFileKeys(invocation, source);
        if (command(source).isPresent()) {
            // Any key stands for the one that the command will print: plans do not show it.
            byte[] placeholder = new byte[KEY_BYTES];
            placeholder[0] = 1;
            file = file.withPrivateKey(PrivateKey.of(placeholder));
            notes.add("PrivateKeyCommand was not run");
        } else if (file.interfaceSection().privateKey().isPresent()) {
            PublicKey own = file.interfaceSection().privateKey().get().publicKey();
            file = file.withoutPeer(own);
            notes.addAll(FileConfiguration.remarksOn(source, own));
        }
        EndpointLookups.Mode mode = noDns ? EndpointLookups.Mode.NONE : EndpointLookups.Mode.ALL;
        TunnelFile named = noDns ? named(file, unresolved, notes) : file;
        return new ForeseenConfiguration(invocation, source, named, mode, unresolved, notes);
    }

    /// For `reload`.
    static ForeseenConfiguration ofReload(Invocation invocation, QuickSource source, EndpointLookups.Mode mode)
            throws RefusalException {
        List<String> notes = new ArrayList<>();
        if (command(source).isPresent()) {
            notes.add("PrivateKeyCommand was not run: the key is taken to be the same");
        }
        return new ForeseenConfiguration(
                invocation, source, withFileKeys(invocation, source), mode, new HashMap<>(), notes);
    }

    private static Optional<Located<String>> command(QuickSource source) {
        return source.file().interfaceSection().privateKeyCommand();
    }

    private static TunnelFile withFileKeys(Invocation invocation, QuickSource source) throws RefusalException {
        return new KeySources(invocation, source.found()).completeFromFiles(source.file());
    }

    private static TunnelFile named(TunnelFile file, Map<String, String> unresolved, List<String> notes) {
        List<PeerSection> peers = new ArrayList<>();
        for (PeerSection peer : file.peers()) {
            if (peer.endpoint().isPresent() && peer.endpoint().get().value() instanceof Endpoint.Named name) {
                unresolved.put(peer.publicKey().toBase64(), name.text());
                peers.add(peer.withoutEndpoint());
            } else {
                peers.add(peer);
            }
        }
        if (!unresolved.isEmpty()) {
            notes.add("names were not looked up: the MTU may come out smaller");
        }
        return file.withPeers(peers);
    }

    /// The update that `up` would send.
    DeviceUpdate adding() throws RefusalException {
        try {
            return file.adding(EndpointResolver.impatient(invocation.host()));
        } catch (LocatedResolveException unknown) {
            throw refusal(unknown);
        }
    }

    @Override
    public DeviceUpdate resolve() throws RunException {
        try {
            return adding();
        } catch (RefusalException refusal) {
            throw new RunException(refusal.code(), refusal.wgLines());
        }
    }

    @Override
    public TunnelRequest.Wanted wanted(DeviceState now, Set<Long> known) throws RunException {
        Optional<PublicKey> own =
                DeviceChanges.ownKey(now, file.interfaceSection().privateKey());
        EndpointLookups lookups = new EndpointLookups(invocation, file, now, own, known, mode);
        try {
            DeviceUpdate update = lookups.config().replacing(EndpointResolver.impatient(invocation.host()));
            List<String> told =
                    new ArrayList<>(own.isPresent() ? FileConfiguration.remarksOn(source, own.get()) : List.of());
            told.addAll(lookups.notes(update, true));
            unresolved.putAll(lookups.unresolved());
            return new TunnelRequest.Wanted(update, lookups.sent(), told);
        } catch (LocatedResolveException unknown) {
            RefusalException refusal = refusal(unknown);
            throw new RunException(refusal.code(), refusal.wgLines());
        }
    }

    @Override
    public EngineOptions options() {
        return FileConfiguration.options(source);
    }

    @Override
    public Set<Long> endpointFingerprints() {
        return new FileConfiguration(invocation, source, false).endpointFingerprints();
    }

    @Override
    public long fingerprint(PublicKey peer) {
        return new FileConfiguration(invocation, source, false).fingerprint(peer);
    }

    private static RefusalException refusal(LocatedResolveException unknown) {
        String line = unknown.failure().reason() + ": `" + unknown.failure().text() + "'";
        return new RefusalException(
                ExitCode.FAILED,
                List.of(line, "Configuration parsing error"),
                List.of(unknown.place() + ": " + EndpointResolver.explain(unknown.failure())
                        + "; --no-dns plans without look-ups"));
    }
}
