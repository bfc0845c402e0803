// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import io.wgj.monitor.liveness.PeerState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the machines of a simulation said, compared with the truth.
final class Outcome {
    enum Mistake {
        /// More than 12 s after the last outage ended.
        FALSE_DOWN,
        /// Within 12 s after the end of an outage.
        LATE_DOWN,
        /// After `down`, more than two round trips and 2.5 s into an outage.
        FALSE_UP,
        /// The same, while the verdict was not down.
        FALSE_UP_SHOWN
    }

    /// Outages of one kind, and the seconds after which each that lasted long enough was called down.
    static final class Detection {
        int outages;
        final List<Double> seconds = new ArrayList<>();

        double median() {
            return sorted().get(seconds.size() / 2);
        }

        double mostOf(double share) {
            return sorted().get((int) (share * seconds.size()));
        }

        double most() {
            return sorted().getLast();
        }

        private List<Double> sorted() {
            return seconds.stream().sorted().toList();
        }
    }

    private long samples;
    private final Map<PeerState, Integer> transitions = new EnumMap<>(PeerState.class);
    private final Map<Mistake, List<String>> mistakes = new EnumMap<>(Mistake.class);
    private final Map<String, Detection> detections = new TreeMap<>();
    private final List<Double> upAfter = new ArrayList<>();

    void sampled() {
        samples++;
    }

    void transition(PeerState state) {
        transitions.merge(state, 1, Integer::sum);
    }

    void wrong(Mistake mistake, String story) {
        mistakes.computeIfAbsent(mistake, _ -> new ArrayList<>()).add(story);
    }

    void outage(String label, String end, double found) {
        Detection detection = detections.computeIfAbsent(label + " " + end, _ -> new Detection());
        detection.outages++;
        if (!Double.isNaN(found)) {
            detection.seconds.add(found);
        }
    }

    void upAfter(double seconds) {
        upAfter.add(seconds);
    }

    long samples() {
        return samples;
    }

    int transitions(PeerState state) {
        return transitions.getOrDefault(state, 0);
    }

    List<String> mistakes(Mistake mistake) {
        return mistakes.getOrDefault(mistake, List.of());
    }

    /// By traffic, keepalives and end: `PING 25/25 a`.
    Map<String, Detection> detections() {
        return detections;
    }

    /// The seconds from each completed handshake to the sample that showed it.
    List<Double> upAfter() {
        return upAfter;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(samples)
                .append(" samples, transitions ")
                .append(transitions)
                .append(", wrong ");
        mistakes.forEach((mistake, stories) ->
                text.append(mistake).append(": ").append(stories.size()).append(' '));
        if (!upAfter.isEmpty()) {
            text.append("%nup after the handshake completed: mean %.2f s, most %.2f s of %d"
                    .formatted(
                            upAfter.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElse(0),
                            upAfter.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .max()
                                    .orElse(0),
                            upAfter.size()));
        }
        detections.forEach((label, detection) -> {
            if (!detection.seconds.isEmpty()) {
                text.append("%n  %-22s: %5d outages, found %5d; median %6.1f  95 %% %6.1f  most %6.1f"
                        .formatted(
                                label,
                                detection.outages,
                                detection.seconds.size(),
                                detection.median(),
                                detection.mostOf(.95),
                                detection.most()));
            }
        });
        mistakes.forEach((mistake, stories) -> stories.forEach(story ->
                text.append(System.lineSeparator()).append(mistake).append(' ').append(story)));
        return text.toString();
    }
}
