// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.Change;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.AddressResolver;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import io.wgj.config.net.ResolveException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of a file that may hold names, resolved. Resolving blocks, so it happens once, in the order of the
/// file.
///
/// @param listenPort 0 to 65535
/// @param peers an update for each section
record ResolvedNames(Optional<Integer> listenPort, List<PeerUpdate> peers) {
    static ResolvedNames of(TunnelFile file, AddressResolver resolver) throws LocatedResolveException {
        Optional<Located<ListenPort>> port = file.interfaceSection().listenPort();
        Optional<Integer> number = Optional.empty();
        List<PeerUpdate> peers = new ArrayList<>(file.peers().size());
        for (PeerSection peer : file.peers()) {
            // The [Interface] section may come last.
            if (number.isEmpty() && port.isPresent() && peer.endpoint().isPresent()) {
                if (port.get().place().line() < peer.endpoint().get().place().line()) {
                    number = Optional.of(listenPort(port.get(), resolver));
                }
            }
            peers.add(peer(peer, resolver));
        }
        if (number.isEmpty() && port.isPresent()) {
            number = Optional.of(listenPort(port.get(), resolver));
        }
        return new ResolvedNames(number, peers);
    }

    private static PeerUpdate peer(PeerSection peer, AddressResolver resolver) throws LocatedResolveException {
        Change<Endpoint.Numeric> endpoint = Change.keep();
        if (peer.endpoint().isPresent()) {
            endpoint = Change.set(endpoint(peer.endpoint().get(), resolver));
        }
        return new PeerUpdate.Put(peer.publicKey(), peer.settings().withEndpoint(endpoint));
    }

    private static int listenPort(Located<ListenPort> port, AddressResolver resolver) throws LocatedResolveException {
        if (port.value() instanceof ListenPort.Numbered numbered) {
            return numbered.number();
        }
        try {
            return resolver.resolve((ListenPort.Service) port.value());
        } catch (ResolveException e) {
            throw new LocatedResolveException(port.place(), e);
        }
    }

    private static Endpoint.Numeric endpoint(Located<Endpoint> endpoint, AddressResolver resolver)
            throws LocatedResolveException {
        if (endpoint.value() instanceof Endpoint.Numeric numeric) {
            return numeric;
        }
        try {
            return resolver.resolve((Endpoint.Named) endpoint.value());
        } catch (ResolveException e) {
            throw new LocatedResolveException(endpoint.place(), e);
        }
    }
}
