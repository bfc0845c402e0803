// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentTimesTest {
    private static final Instant NOON = Instant.ofEpochSecond(1_800_000_000L, 5);
    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] OTHER = {3, 2, 1};

    @TempDir
    Path folder;

    private final List<Runnable> tasks = new ArrayList<>();

    private SentTimes started(byte[] key) {
        SentTimes times = new SentTimes(new KnownTimes(folder.toString()), tasks::add);
        times.use(key);
        return times;
    }

    private void runTasks() {
        tasks.forEach(Runnable::run);
        tasks.clear();
    }

    @Test
    void aClockThatWentBackDoesNotSendOlderTimesThanBefore() throws Exception {
        SentTimes before = started(KEY);
        assertThat(before.notBefore(NOON)).isEqualTo(NOON);
        runTasks();
        Instant last = NOON.plusSeconds(200);
        assertThat(before.notBefore(last)).isEqualTo(last);
        runTasks();

        SentTimes after = started(KEY);
        Instant first = after.notBefore(Instant.EPOCH);
        assertThat(first).isAfter(last).isBefore(last.plusSeconds(SentTimes.AHEAD_SECONDS + 1));
        runTasks();
        // And once more, with a clock that is still wrong.
        assertThat(started(KEY).notBefore(Instant.EPOCH)).isAfter(first);

        assertThat(started(OTHER).notBefore(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aClockThatIsRightIsUsedAsItIs() {
        started(KEY).notBefore(NOON);
        runTasks();
        Instant later = NOON.plusSeconds(SentTimes.AHEAD_SECONDS + 1);
        assertThat(started(KEY).notBefore(later)).isEqualTo(later);
    }

    @Test
    void aHandshakeInFiveMinutesWritesAtMost() {
        SentTimes times = started(KEY);
        int writes = 0;
        for (int i = 0; i < 3_600; i++) {
            times.notBefore(NOON.plusSeconds(i));
            writes += tasks.size();
            runTasks();
        }
        assertThat(writes).isEqualTo(12);
    }

    @Test
    void theFileIsRootsAloneAndDoesNotNameTheKey() throws Exception {
        started(KEY).notBefore(NOON);
        runTasks();
        try (var files = Files.list(folder)) {
            Path file = files.toList().getFirst();
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(file.getFileName().toString()).matches("time-[0-9a-f]{32}");
            assertThat(Files.readString(file)).isEqualTo("wgj-time 1 1800000600 1800000000\n");
        }
    }

    @Test
    void withoutAFolderNothingIsRememberedAndNothingFails() throws Exception {
        Files.delete(folder);
        assertThat(started(KEY).notBefore(NOON)).isEqualTo(NOON);
        runTasks();
        assertThat(started(KEY).notBefore(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
        assertThat(new KnownTimes(folder.toString()).latest()).isEmpty();
        Files.createDirectory(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wgj-time 1 1800000600 1800000000",
                "wgj-time 2 1800000600 1800000000\n",
                "wgj-time 1 1800000600\n",
                "wgj-time 1 -5 1800000000\n",
                "wgj-time 1 99999999999999 1800000000\n",
                "wgj-time 1 x y\n"
            })
    void nonsenseIsNoTime(String text) throws Exception {
        KnownTimes times = new KnownTimes(folder.toString());
        Files.writeString(folder.resolve("time-x"), text);
        assertThat(times.read("x")).isEmpty();
        assertThat(times.latest()).isEmpty();
    }

    @Test
    void theLatestOfAllFilesCounts() {
        KnownTimes times = new KnownTimes(folder.toString());
        assertThat(times.write("a", new KnownTimes.Times(NOON.plusSeconds(900), NOON)))
                .isTrue();
        assertThat(times.write("b", new KnownTimes.Times(NOON, NOON.plusSeconds(60))))
                .isTrue();
        assertThat(times.latest()).contains(Instant.ofEpochSecond(1_800_000_060L));
        assertThat(times.read("a"))
                .isEqualTo(Optional.of(new KnownTimes.Times(
                        Instant.ofEpochSecond(1_800_000_900L), Instant.ofEpochSecond(1_800_000_000L))));
    }

    @Test
    void theSentenceSaysHowFarTheClockIsBehind() {
        assertThat(ClockCheck.complaint(NOON, NOON.plusSeconds(5))).isEmpty();
        assertThat(ClockCheck.complaint(NOON.plusSeconds(99), NOON)).isEmpty();
        assertThat(ClockCheck.complaint(NOON, NOON.plusSeconds(3 * 3_600 + 61)))
                .contains("the clock is behind the last known time by 3 h 1 min; peers will ignore handshakes until"
                        + " it is set");
        assertThat(ClockCheck.complaint(NOON, NOON.plusSeconds(90_000)).orElseThrow())
                .contains("by 1 d 1 h;");
        assertThat(ClockCheck.complaint(NOON, NOON.plusSeconds(62)).orElseThrow())
                .contains("by 1 min 2 s;");
    }
}
