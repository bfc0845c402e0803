// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.IcmpErrorSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects ICMP errors by the endpoint that the refused datagrams were for.
final class IcmpTap implements AutoCloseable {
    private static final int MOST = 64;

    private final List<IcmpErrorSocket> sockets = new ArrayList<>();
    private final Set<IpAddress> own;
    private final Map<Key, Sighting> seen = new HashMap<>();

    private record Key(int type, int code, IpAddress from, Endpoint.Numeric about) {}

    /// @param own all addresses of this host
    IcmpTap(Set<IpAddress> own) {
        this.own = own;
    }

    void add(IcmpErrorSocket socket) {
        sockets.add(socket);
    }

    List<IcmpErrorSocket> sockets() {
        return sockets;
    }

    /// Takes all that is waiting.
    void drain(Instant now) {
        for (IcmpErrorSocket socket : sockets) {
            Optional<IcmpErrorSocket.IcmpError> error = socket.receive();
            while (error.isPresent()) {
                IcmpErrorSocket.IcmpError one = error.get();
                Key key = new Key(
                        one.type(),
                        one.code(),
                        one.from(),
                        new Endpoint.Numeric(one.destination(), one.destinationPort()));
                if (seen.size() < MOST || seen.containsKey(key)) {
                    seen.merge(key, Sighting.once(now), (old, _) -> old.again(now));
                }
                error = socket.receive();
            }
        }
    }

    /// The errors about datagrams to an endpoint.
    List<IcmpReport> about(Endpoint.Numeric endpoint) {
        Endpoint.Numeric plain = new Endpoint.Numeric(endpoint.address(), endpoint.port());
        List<IcmpReport> reports = new ArrayList<>();
        seen.forEach((key, sighting) -> {
            if (key.about.equals(plain)) {
                reports.add(new IcmpReport(key.type, key.code, key.from, own.contains(key.from), sighting));
            }
        });
        return reports;
    }

    @Override
    public void close() {
        sockets.forEach(IcmpErrorSocket::close);
    }
}
