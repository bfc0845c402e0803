// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.AddressResolver;
import io.wgj.config.net.ListenPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a file in wg's own format says, names unresolved.
///
/// @param privateKey empty when not mentioned; all zeros means none
/// @param listenPort empty when not mentioned
/// @param fwmark 32 bits unsigned, 0 for off; empty when not mentioned
/// @param peers the sections in file order; a key may occur more than once
public record WgConfig(
        Optional<PrivateKey> privateKey,
        Optional<Located<ListenPort>> listenPort,
        OptionalInt fwmark,
        List<WgPeer> peers) {
    public WgConfig {
        peers = List.copyOf(peers);
    }

    /// The same with another key, for one that is kept outside of the file.
    public WgConfig withPrivateKey(PrivateKey key) {
        return new WgConfig(Optional.of(key), listenPort, fwmark, peers);
    }

    /// The same without the sections of one peer.
    public WgConfig withoutPeer(PublicKey key) {
        List<WgPeer> others = new ArrayList<>(peers);
        others.removeIf(peer -> peer.publicKey().equals(key));
        return new WgConfig(privateKey, listenPort, fwmark, others);
    }

    /// What `setconf` sends: the device becomes what the file says; what it does not mention is erased.
    public DeviceUpdate replacing(AddressResolver resolver) throws LocatedResolveException {
        return update(Change.clear(), true, resolver);
    }

    /// What `addconf` sends: only what the file mentions. A peer's prefixes are replaced all the same.
    public DeviceUpdate adding(AddressResolver resolver) throws LocatedResolveException {
        return update(Change.keep(), false, resolver);
    }

    private DeviceUpdate update(Change<?> absent, boolean replacePeers, AddressResolver resolver)
            throws LocatedResolveException {
        ResolvedNames names = ResolvedNames.of(this, resolver);
        return new DeviceUpdate(
                privateKey.map(Change::set).orElse(orElse(absent)),
                names.listenPort().map(Change::set).orElse(orElse(absent)),
                fwmark.isPresent() ? Change.set(fwmark.getAsInt()) : orElse(absent),
                replacePeers,
                names.peers());
    }

    /// Neither wish holds a value, so one of no type stands for one of any.
    private static <T> Change<T> orElse(Change<?> absent) {
        return absent.isMentioned() ? Change.clear() : Change.keep();
    }
}
