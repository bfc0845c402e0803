// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.clock;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Says whether the clock is behind a time that has been already. WireGuard's peers ignore handshakes then.
public final class ClockCheck {
    /// Less than this passes before anyone reads the sentence.
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private ClockCheck() {}

    /// The latest time that is known to have been: of the files, and of this build.
    public static Instant known(KnownTimes times) {
        Instant built = built();
        return times.latest().filter(time -> time.isAfter(built)).orElse(built);
    }

    /// When this program was built: the time of its jar.
    private static Instant built() {
        String jar = System.getProperty("java.class.path", "");
        int end = jar.indexOf(File.pathSeparatorChar);
        return Instant.ofEpochMilli(new File(end < 0 ? jar : jar.substring(0, end)).lastModified());
    }

    /// A sentence when `now` is behind `known`; empty when it is not.
    public static Optional<String> complaint(Instant now, Instant known) {
        Duration behind = Duration.between(now, known);
        return behind.compareTo(TOLERANCE) <= 0
                ? Optional.empty()
                : Optional.of("the clock is behind the last known time by " + words(behind)
                        + "; peers will ignore handshakes until it is set");
    }

    /// The two largest units: `3 d 4 h`, `5 min 12 s`.
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 86_400) {
            return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
        }
        if (seconds >= 3_600) {
            return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
        }
        return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
    }
}
