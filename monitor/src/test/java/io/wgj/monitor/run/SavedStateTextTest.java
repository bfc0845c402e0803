// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.SavedLiveness;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SavedStateTextTest {
    private static final SavedState STATE = new SavedState(
            List.of(
                    new SavedState.SavedInterface(
                            7,
                            new DeviceName("wg0"),
                            Optional.of("/etc/a\tb\nc\\d"),
                            List.of(
                                    new SavedState.SavedPeer(
                                            FakeHost.key(1),
                                            Optional.of("B\u00c3\u00bcro 2"),
                                            "192.0.2.1:51820",
                                            new SavedLiveness(
                                                    PeerState.STALE, Verdict.UP, 5, 6, OptionalLong.of(7), 0.25)),
                                    new SavedState.SavedPeer(
                                            FakeHost.key(2),
                                            Optional.empty(),
                                            "",
                                            new SavedLiveness(
                                                    PeerState.IDLE,
                                                    Verdict.UNKNOWN,
                                                    -1,
                                                    0,
                                                    OptionalLong.empty(),
                                                    0.2)))),
                    new SavedState.SavedInterface(8, new DeviceName("wg1"), Optional.empty(), List.of())),
            List.of(new HookJob(
                    EventKind.PEER_DOWN,
                    new DeviceName("wg0"),
                    FakeHost.key(1),
                    Optional.empty(),
                    "",
                    PeerState.DOWN,
                    "12 answers missing",
                    Instant.parse("2026-11-30T12:00:00.5Z"),
                    Optional.empty(),
                    List.of())));

    @Test
    void isReadAsItWasWritten() {
        String text = SavedStateText.format("boot-1", STATE);
        assertThat(SavedStateText.parse("boot-1", text)).contains(STATE);
    }

    @Test
    void saysNothingInAnotherBoot() {
        assertThat(SavedStateText.parse("boot-2", SavedStateText.format("boot-1", STATE)))
                .isEmpty();
    }

    /// Cut anywhere, or with any byte changed, it is refused or means the same or something else, but nothing
    /// breaks.
    @Test
    void aDamagedFileSaysNothing() {
        String text = SavedStateText.format("boot-1", STATE);
        for (int end = 0; end < text.length(); end++) {
            assertThat(SavedStateText.parse("boot-1", text.substring(0, end)))
                    .as("cut at %d", end)
                    .isEmpty();
        }
        for (int i = 0; i < text.length(); i++) {
            for (char c : new char[] {'\n', '\t', '\\', 'x', '9'}) {
                SavedStateText.parse("boot-1", text.substring(0, i) + c + text.substring(i + 1));
            }
        }
    }
}
