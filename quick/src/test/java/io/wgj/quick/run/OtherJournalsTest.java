// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.WithJournals;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the journals of other tunnels decide.
class OtherJournalsTest extends WithJournals {
    @Test
    void leavesASettingToTheTunnelThatStillNeedsIt() throws Exception {
        try (JournalFile file = state.file(Samples.WG0)) {
            JournalWriter journal = new JournalWriter(file, state.boot());
            journal.begin("up");
            journal.about(List.of(new Step.InstallFirewall(List.of(Samples.CHAINS))));
            journal.done();
            journal.end();
        }
        var gone = new InterfaceName("wg1");
        try (RouteNetlink netlink = RouteNetlink.open()) {
            OtherJournals others = new OtherJournals(state, netlink, new RecordingListener());
            assertThat(others.needSrcValidMark(gone)).isTrue();
            assertThat(others.needSrcValidMark(Samples.WG0)).isFalse();
            others.handOver(gone, List.of(Samples.SYSCTL));
        }
        Journal content = state.present(Samples.WG0).orElseThrow();
        assertThat(content.history()).contains(Samples.SYSCTL);
        assertThat(content.complete()).isTrue();
    }
}
