// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.underlay;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.RouteQuery;
import io.wgj.netlink.route.Routes;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The routes of this network namespace. A port: the service is tested without them. Its methods may wait.
public interface EndpointRoutes {
    /// Asks for the route of each packet: a sentence for one that has none, in the order of the queries.
    List<Optional<String>> refusals(List<RouteQuery> queries) throws IOException;

    /// The UDP ports to which sockets of this network namespace are bound.
    Set<Integer> udpPorts() throws IOException;

    /// Those of the calling thread's network namespace.
    static EndpointRoutes linux() {
        return new EndpointRoutes() {
            @Override
            public List<Optional<String>> refusals(List<RouteQuery> queries) throws IOException {
                List<Optional<String>> refusals = new ArrayList<>(queries.size());
                try (RouteNetlink netlink = RouteNetlink.open()) {
                    List<Routes.Way> ways = netlink.routes().getAll(queries);
                    for (int i = 0; i < ways.size(); i++) {
                        RouteQuery query = queries.get(i);
                        refusals.add(ways.get(i)
                                .refusal()
                                .map(NetlinkException::errno)
                                .filter(EndpointRoutes::isMissingRoute)
                                .map(errno ->
                                        "no route to " + query.destination().text() + ": " + errno.sentence()));
                    }
                } catch (NetlinkException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return refusals;
            }

            @Override
            public Set<Integer> udpPorts() throws IOException {
                Set<Integer> ports = new HashSet<>();
                addPorts("/proc/thread-self/net/udp", ports);
                addPorts("/proc/thread-self/net/udp6", ports);
                return ports;
            }
        };
    }

    /// Whether the kernel refuses because of its routes: there is none, or it is of type unreachable, prohibit or
    /// blackhole. Other failures say nothing about routes.
    private static boolean isMissingRoute(Errno errno) {
        return switch (errno.number()) {
            case Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EACCES, Errno.EINVAL -> true;
            default -> false;
        };
    }

    /// Reads the second column, `ADDRESS:PORT` in hexadecimal. Without IPv6 there is no udp6.
    private static void addPorts(String path, Set<Integer> ports) throws IOException {
        String text;
        try {
            text = Latin1.of(NativeFile.readAll(path));
        } catch (SystemException failure) {
            if (failure.errno().is(Errno.ENOENT)) {
                return;
            }
            throw new IOException(path + ": " + failure.errno().sentence(), failure);
        }
        for (String line : text.split("\n", -1)) {
            int first = line.indexOf(':');
            int colon = line.indexOf(':', first + 1);
            if (first >= 0 && colon >= 0 && colon + 5 <= line.length()) {
                try {
                    ports.add(Integer.parseInt(line, colon + 1, colon + 5, 16));
                } catch (NumberFormatException _) {
                    // The heading.
                }
            }
        }
    }
}
