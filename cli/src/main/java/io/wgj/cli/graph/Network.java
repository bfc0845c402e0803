// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.graph.GraphSource.Fact;
import io.wgj.cli.graph.GraphSource.SourcePeer;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The ends of tunnels and the tunnels between them, joined by public key from all sources.
///
/// @param ends in the order of the sources, each followed by its peers
/// @param tunnels each pair of ends once
record Network(List<End> ends, List<Tunnel> tunnels) {
    private static final int SHORT_KEY = 8;

    Network {
        ends = List.copyOf(ends);
        tunnels = List.copyOf(tunnels);
    }

    /// One end.
    ///
    /// @param label what to call it: the name that a peer gives it, else its interface, else the start of its key
    /// @param key its public key; empty when it is not known
    /// @param described whether a source describes it, rather than its peers alone
    /// @param facts the lines below its label
    record End(String label, Optional<PublicKey> key, boolean described, List<Fact> facts) {
        End {
            facts = List.copyOf(facts);
        }

        /// The start of the public key; empty when it is not known.
        String shortKey() {
            return key.isPresent() ? Network.shortKey(key.get()) : "";
        }
    }

    /// A tunnel between two ends, by their places in [#ends].
    ///
    /// @param forth what `from` sends into it: its allowed IPs of `to`; empty when no source describes `from`
    /// @param back what `to` sends into it
    record Tunnel(int from, int to, Optional<List<IpPrefix>> forth, Optional<List<IpPrefix>> back) {
        boolean touches(int end) {
            return from == end || to == end;
        }

        /// The end that is not `end`.
        int other(int end) {
            return from == end ? to : from;
        }

        /// What `end` sends into it.
        Optional<List<IpPrefix>> sentBy(int end) {
            return from == end ? forth : back;
        }
    }

    /// Joins what all sources say. Two sources with one key are one end: what both say is shown.
    static Network of(List<GraphSource> sources) {
        Builder builder = new Builder();
        for (GraphSource source : sources) {
            builder.add(source);
        }
        return builder.build();
    }

    /// The tunnels of one end.
    List<Tunnel> tunnelsOf(int end) {
        List<Tunnel> found = new ArrayList<>();
        for (Tunnel tunnel : tunnels) {
            if (tunnel.touches(end)) {
                found.add(tunnel);
            }
        }
        return found;
    }

    /// `LLyUFw0G…`.
    private static String shortKey(PublicKey key) {
        return key.toBase64().substring(0, SHORT_KEY) + "…";
    }

    /// What is known about one end while sources are read.
    private static final class Draft {
        private final Optional<PublicKey> key;
        private Optional<String> name = Optional.empty();
        private final Set<String> links = new LinkedHashSet<>();
        private final Set<IpPrefix> addresses = new LinkedHashSet<>();
        private final Set<String> ports = new LinkedHashSet<>();
        private final Set<String> endpoints = new LinkedHashSet<>();
        private final Set<IpPrefix> behind = new LinkedHashSet<>();
        private final Set<Fact> facts = new LinkedHashSet<>();

        Draft(Optional<PublicKey> key) {
            this.key = key;
        }

        End end() {
            String label = name.orElseGet(
                    () -> links.isEmpty() ? key.map(Network::shortKey).orElse("?") : String.join(", ", links));
            List<Fact> lines = new ArrayList<>();
            if (name.isPresent() && !links.isEmpty() && !links.contains(label)) {
                lines.add(new Fact("interface", String.join(", ", links)));
            }
            add(lines, addresses.size() == 1 ? "address" : "addresses", addresses);
            if (!endpoints.isEmpty()) {
                lines.add(new Fact("endpoint", String.join(", ", endpoints)));
            } else if (!ports.isEmpty()) {
                lines.add(new Fact("listens on", "port " + String.join(", ", ports)));
            }
            lines.addAll(facts);
            add(lines, "behind it", networks());
            return new End(label, key, !links.isEmpty(), lines);
        }

        /// The networks that are reached through this end: without its own addresses, and without those that
        /// hold them.
        private Set<IpPrefix> networks() {
            Set<IpPrefix> networks = new LinkedHashSet<>();
            for (IpPrefix prefix : behind) {
                boolean own = addresses.isEmpty()
                        && prefix.length() == prefix.address().bits();
                for (IpPrefix address : addresses) {
                    own |= prefix.length() > 0
                            && prefix.contains(address.address())
                            && prefix.length() >= address.length();
                }
                if (!own) {
                    networks.add(prefix);
                }
            }
            return networks;
        }

        private static void add(List<Fact> lines, String word, Set<IpPrefix> prefixes) {
            if (!prefixes.isEmpty()) {
                lines.add(new Fact(word, Prefixes.few(prefixes, Prefixes.FEW)));
            }
        }
    }

    private static final class Builder {
        private final List<Draft> drafts = new ArrayList<>();
        private final Map<PublicKey, Integer> places = new LinkedHashMap<>();
        private final Map<List<Integer>, Set<IpPrefix>> sent = new LinkedHashMap<>();

        private int place(Optional<PublicKey> key) {
            Integer known = key.isPresent() ? places.get(key.get()) : null;
            if (known != null) {
                return known;
            }
            drafts.add(new Draft(key));
            key.ifPresent(present -> places.put(present, drafts.size() - 1));
            return drafts.size() - 1;
        }

        void add(GraphSource source) {
            int own = place(source.key());
            Draft draft = drafts.get(own);
            draft.links.add(source.link());
            draft.addresses.addAll(source.addresses());
            source.port().ifPresent(draft.ports::add);
            draft.facts.addAll(source.facts());
            for (SourcePeer peer : source.peers()) {
                int other = place(Optional.of(peer.key()));
                Draft far = drafts.get(other);
                far.name = far.name.or(peer::name);
                peer.endpoint().ifPresent(far.endpoints::add);
                far.behind.addAll(peer.allowedIps());
                if (own != other) {
                    sent.computeIfAbsent(List.of(own, other), pair -> new LinkedHashSet<>())
                            .addAll(peer.allowedIps());
                }
            }
        }

        Network build() {
            List<End> ends = new ArrayList<>();
            for (Draft draft : drafts) {
                ends.add(draft.end());
            }
            List<Tunnel> tunnels = new ArrayList<>();
            Set<List<Integer>> done = new LinkedHashSet<>();
            for (List<Integer> pair : sent.keySet()) {
                List<Integer> reversed = pair.reversed();
                if (done.add(pair) && done.add(List.copyOf(reversed))) {
                    tunnels.add(new Tunnel(
                            pair.getFirst(), pair.getLast(), prefixes(pair), prefixes(List.copyOf(reversed))));
                }
            }
            return new Network(ends, tunnels);
        }

        private Optional<List<IpPrefix>> prefixes(List<Integer> pair) {
            return Optional.ofNullable(sent.get(pair)).map(List::copyOf);
        }
    }
}
