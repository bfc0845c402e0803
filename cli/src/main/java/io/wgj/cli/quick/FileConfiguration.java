// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.EndpointResolver;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.WgConfig;
import io.wgj.config.file.WgPeer;
import io.wgj.config.key.PublicKey;
import io.wgj.quick.run.Job;
import io.wgj.quick.run.RunException;
import java.util.HashSet;
import java.util.Set;

/// What a device gets from a file, its keys collected and its names looked up when it is asked for, with the patience
/// of
/// wg.
///
/// @param replacing whether what the file does not mention is erased
record FileConfiguration(Call call, QuickSource source, boolean replacing) implements Job.Configuration {
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
            call.add(unknown.place() + ": the system's resolver does not know it");
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
