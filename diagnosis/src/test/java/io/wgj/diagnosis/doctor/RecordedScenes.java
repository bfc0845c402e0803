// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Reads recordings of staged faults: a word and its values a line, a scene after each `scene` line.
final class RecordedScenes {
    private RecordedScenes() {}

    /// A staged fault.
    ///
    /// @param draft what the near end saw, without the far end
    /// @param far what the far end said; empty when the recording has none of its interface
    /// @param expected the verdict without knowledge of the far end
    /// @param expectedWithFar the verdict with it
    record Scene(String name, FactsDraft draft, Optional<FarFacts> far, String expected, String expectedWithFar) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// The scenes of a resource.
    static List<Scene> of(String resource) {
        List<Scene> scenes = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : text(resource).split("\n", -1)) {
            if (line.startsWith("scene ") && !block.isEmpty()) {
                scenes.add(scene(block));
                block.clear();
            }
            if (!line.isEmpty() && !line.startsWith("#")) {
                block.add(line);
            }
        }
        scenes.add(scene(block));
        return scenes;
    }

    private static String text(String resource) {
        try (InputStream in = RecordedScenes.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scene scene(List<String> lines) {
        FactsDraft draft = new FactsDraft();
        draft.wire.clear();
        draft.asked = 0;
        draft.hasPeer = false;
        draft.way = null;
        draft.wanted = Optional.of(FactsDraft.OWN.toBase64());
        String name = "";
        String expected = "";
        String withFar = "";
        Optional<FarFacts> far = Optional.empty();
        WayFacts.Neighbour neighbour = WayFacts.Neighbour.UNKNOWN;
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "scene" -> name = words[1];
                case "expect" -> expected = words[1];
                case "expectWithFar" -> withFar = words[1];
                case "backend" -> backend(draft, words[1]);
                case "down" -> draft.up = false;
                case "keyless" -> draft.ownKey = Optional.empty();
                case "peer" -> peer(draft, words);
                case "far" -> far = Optional.of(far(draft, name, words));
                case "way" -> way(draft, words[1], line);
                case "neighbour" -> neighbour = WayFacts.Neighbour.valueOf(words[1]);
                case "wire" -> draft.wire(WireMessage.valueOf(words[1]), Integer.parseInt(words[2]));
                case "icmp" -> icmp(draft, words);
                case "counter" -> counter(draft, words[1], Long.parseLong(words[2]));
                case "link" -> {
                    draft.txErrors += words[1].equals("errors") ? Long.parseLong(words[2]) : 0;
                    draft.txDrops += words[1].equals("dropped") ? Long.parseLong(words[2]) : 0;
                }
                case "nft" -> nft(draft, words[1], Long.parseLong(words[2]));
                case "drop" -> draft.drops = new HashMap<>(java.util.Map.of(words[1], Long.parseLong(words[2])));
                case "unowned" -> draft.unowned.put(FactsDraft.address(words[1]), Integer.parseInt(words[2]));
                case "echo" -> {
                    draft.asked = Integer.parseInt(words[1]);
                    draft.answered = Integer.parseInt(words[2]);
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        if (draft.way != null) {
            draft.way = draft.way.with(neighbour);
        }
        return new Scene(name, draft, far, expected, withFar.isEmpty() ? expected : withFar);
    }

    private static void backend(FactsDraft draft, String word) {
        draft.backend = Backend.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        if (draft.backend == Backend.ENGINE) {
            draft.drops = new HashMap<>();
        }
    }

    private static void peer(FactsDraft draft, String[] words) {
        draft.hasPeer = true;
        draft.wanted = Optional.empty();
        int colon = words[1].indexOf(':');
        draft.endpoint = colon < 0
                ? Optional.empty()
                : Optional.of(new Endpoint.Numeric(
                        FactsDraft.address(words[1].substring(0, colon)),
                        Integer.parseInt(words[1].substring(colon + 1))));
        draft.handshakeSeen = words[2].equals("handshake");
        draft.handshake = draft.handshakeSeen ? Optional.of(FactsDraft.BEGAN.plusSeconds(1)) : Optional.empty();
        draft.rx = Long.parseLong(words[4]);
        draft.tx = Long.parseLong(words[6]);
    }

    /// The recordings of the far end tell its keys only by the fault's name.
    private static FarFacts far(FactsDraft draft, String name, String[] words) {
        boolean unknown = words[1].equals("unknown");
        FarFacts whole = draft.far(unknown ? 0 : Long.parseLong(words[3]), unknown ? 0 : Long.parseLong(words[5]));
        Optional<FarFacts.Us> us = unknown ? Optional.empty() : whole.us();
        if (name.equals("clock_behind")) {
            Instant ahead = FactsDraft.BEGAN.plusSeconds(3_600);
            us = us.map(one -> new FarFacts.Us(one.allowedIps(), Optional.of(ahead), one.rx(), one.tx()));
        }
        return new FarFacts(
                whole.source(),
                Optional.of(name.equals("wrong_public_key") ? FactsDraft.OTHER : FactsDraft.PEER),
                whole.listenPort(),
                whole.up(),
                whole.addresses(),
                us,
                true);
    }

    private static void way(FactsDraft draft, String kind, String line) {
        draft.way = switch (kind) {
            case "out" -> WayFacts.out("eth0", "10.0.0.0/24 dev eth0");
            case "self" -> way(WayFacts.Kind.SELF, "lo", Optional.empty());
            case "tunnel" -> way(WayFacts.Kind.TUNNEL, "wg0", Optional.empty());
            default -> way(WayFacts.Kind.REFUSED, "", Optional.of(line.substring("way refused ".length())));
        };
    }

    private static WayFacts way(WayFacts.Kind kind, String device, Optional<String> refusal) {
        return new WayFacts(
                kind,
                Optional.of(device).filter(name -> !name.isEmpty()),
                Optional.empty(),
                "",
                refusal,
                0,
                WayFacts.Neighbour.UNKNOWN);
    }

    private static void icmp(FactsDraft draft, String[] words) {
        int slash = words[1].indexOf('/');
        for (int i = 0; i < Integer.parseInt(words[3]); i++) {
            draft.icmp(
                    Integer.parseInt(words[1].substring(0, slash)),
                    Integer.parseInt(words[1].substring(slash + 1)),
                    words[2],
                    words[2].equals("10.0.0.1"));
        }
    }

    private static void counter(FactsDraft draft, String name, long value) {
        CounterFacts old = draft.counters;
        draft.counters = switch (name) {
            case "rpFilter" -> new CounterFacts(value, old.outNoRoutes(), old.outDiscards(), old.udpIn());
            case "outNoRoutes" -> new CounterFacts(old.rpFilter(), value, old.outDiscards(), old.udpIn());
            case "outDiscards" -> new CounterFacts(old.rpFilter(), old.outNoRoutes(), value, old.udpIn());
            default -> new CounterFacts(old.rpFilter(), old.outNoRoutes(), old.outDiscards(), value);
        };
    }

    private static void nft(FactsDraft draft, String direction, long packets) {
        var rule = List.of(new FirewallFacts.RuleCount("inet t", "c", 2, packets));
        draft.firewall = direction.equals("in")
                ? new FirewallFacts(rule, List.of(), true, false)
                : new FirewallFacts(List.of(), rule, false, true);
    }
}
