// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What two real WireGuard nodes reported while something was done to the network between them, and which
/// transitions are expected. The README beside the files tells their format.
record Trace(String name, List<Reading> readings, List<String> expected) {
    /// A sample of one end.
    record Reading(String end, String time, PeerSample sample) {
        /// The wall clock of a trace runs this far ahead of its other times.
        static final long WALL_OFFSET = 1_000_000 * Timing.SECOND;

        long wallNanos() {
            return sample.nanos() + WALL_OFFSET;
        }
    }

    static Trace read(Path file) {
        Reader reader = new Reader();
        try {
            Files.readAllLines(file).forEach(reader::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Trace(file.getFileName().toString().replace(".trace", ""), reader.readings, reader.expected);
    }

    static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }

    private static final class Reader {
        final List<Reading> readings = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        private final Map<String, PeerSample> latest = new HashMap<>();

        void line(String line) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "#", "@" -> {}
                case ">" -> {
                    Reading reading = readings.getLast();
                    expected.add(reading.time() + " " + reading.end() + line.substring(1));
                }
                case "a", "b" -> samples(words);
                default -> throw new IllegalArgumentException(line);
            }
        }

        private void samples(String[] words) {
            if (words[words.length - 1].equals("gone")) {
                return; // A missed sample.
            }
            PeerSample sample = latest.getOrDefault(words[0], new PeerSample(0, 0, 0, 0, null, 0));
            long rx = sample.rxBytes();
            long tx = sample.txBytes();
            long handshake = sample.latestHandshake();
            Endpoint endpoint = sample.endpoint();
            int keepalive = sample.keepalive();
            int repeats = 1;
            for (int i = 2; i < words.length; i++) {
                String word = words[i];
                switch (word.charAt(0)) {
                    case 'x' -> repeats = Integer.parseInt(word.substring(1));
                    case 'h' -> handshake = handshake(word.substring(1));
                    case 'k' -> keepalive = Integer.parseInt(word.substring(1));
                    case 'e' -> endpoint = endpoint(word.substring(1));
                    default -> {
                        rx += Long.parseLong(word);
                        tx += Long.parseLong(words[++i]);
                    }
                }
            }
            BigDecimal first = new BigDecimal(words[1]);
            for (int i = 0; i < repeats; i++) {
                String time = first.add(BigDecimal.valueOf(i)).toPlainString();
                sample = new PeerSample(nanos(time), rx, tx, handshake, endpoint, keepalive);
                readings.add(new Reading(words[0], time, sample));
            }
            latest.put(words[0], sample);
        }

        private static long handshake(String text) {
            return text.equals("-") ? 0 : nanos(text) + Reading.WALL_OFFSET;
        }

        private static @Nullable Endpoint endpoint(String text) {
            if (text.equals("-")) {
                return null;
            }
            int colon = text.lastIndexOf(':');
            IpAddress address = IpAddress.parse(text.substring(0, colon)).orElseThrow();
            return new Endpoint.Numeric(address, Integer.parseInt(text.substring(colon + 1)));
        }
    }
}
