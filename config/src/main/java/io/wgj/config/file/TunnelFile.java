// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.AddressResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a configuration file says, names unresolved. Both grammars produce it: wg's fills the keys of wg alone.
///
/// @param peers the sections in file order; a public key may occur more than once
public record TunnelFile(InterfaceSection interfaceSection, List<PeerSection> peers) {
    /// Copies `peers`.
    public TunnelFile {
        peers = List.copyOf(peers);
    }

    /// The same with a private key that is kept outside of the file.
    public TunnelFile withPrivateKey(PrivateKey key) {
        return new TunnelFile(interfaceSection.withPrivateKey(key), peers);
    }

    /// The same with other peers.
    public TunnelFile withPeers(List<PeerSection> others) {
        return new TunnelFile(interfaceSection, others);
    }

    /// The same without the sections of one peer.
    public TunnelFile withoutPeer(PublicKey key) {
        List<PeerSection> others = new ArrayList<>(peers.size());
        for (PeerSection peer : peers) {
            if (!peer.publicKey().equals(key)) {
                others.add(peer);
            }
        }
        return withPeers(others);
    }

    /// Whether a section names an endpoint, as a number or by name.
    public boolean hasEndpoint() {
        for (PeerSection peer : peers) {
            if (peer.endpoint().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// What `setconf` sends: the device becomes what the file says; what the file does not mention is erased.
    public DeviceUpdate replacing(AddressResolver resolver) throws LocatedResolveException {
        return update(true, resolver);
    }

    /// What `addconf` sends: only what the file mentions. A peer's prefixes are replaced all the same.
    public DeviceUpdate adding(AddressResolver resolver) throws LocatedResolveException {
        return update(false, resolver);
    }

    private DeviceUpdate update(boolean replace, AddressResolver resolver) throws LocatedResolveException {
        ResolvedNames names = ResolvedNames.of(this, resolver);
        Optional<Integer> fwmark = interfaceSection.fwmark().isPresent()
                ? Optional.of(interfaceSection.fwmark().getAsInt())
                : Optional.empty();
        return new DeviceUpdate(
                change(interfaceSection.privateKey(), replace),
                change(names.listenPort(), replace),
                change(fwmark, replace),
                replace,
                names.peers());
    }

    private static <T> Change<T> change(Optional<T> value, boolean replace) {
        if (value.isPresent()) {
            return Change.set(value.get());
        }
        return replace ? Change.clear() : Change.keep();
    }
}
