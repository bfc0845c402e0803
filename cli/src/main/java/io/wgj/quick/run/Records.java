// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.plan.EffectiveSteps;
import io.wgj.quick.plan.FirewallTable;
import io.wgj.quick.plan.Step;
import java.util.List;
import java.util.Optional;

/// What the journals of a namespace say.
final class Records {
    private Records() {}

    /// The interface's journal; empty where there is none, or only one of an earlier boot, which speaks of
    /// nothing that could still be there.
    static Optional<JournalContent> present(StateFolder state, InterfaceName link) throws JournalException {
        return state.journal(link).read().filter(content -> content.boot().equals(state.boot()));
    }

    /// Whether another tunnel than `except` set `src_valid_mark` or has marks that need it. A journal that
    /// cannot be read is taken to say so: better a setting too many than a tunnel without answers.
    static boolean othersNeedSrcValidMark(StateFolder state, InterfaceName except) throws JournalException {
        for (InterfaceName link : state.withJournal()) {
            if (!link.equals(except)) {
                try {
                    Optional<JournalContent> content = present(state, link);
                    if (content.isPresent() && needsSrcValidMark(content.get())) {
                        return true;
                    }
                } catch (JournalException _) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Leaves a setting that others still need to the first of them, which takes it back when it goes.
    ///
    /// @param done what the tunnel that goes has done
    static void handOver(StateFolder state, InterfaceName from, List<Step> done) throws JournalException {
        for (Step step : EffectiveSteps.of(done)) {
            if (step instanceof Step.SetSysctl) {
                for (InterfaceName link : state.withJournal()) {
                    Optional<JournalContent> content = link.equals(from) ? Optional.empty() : present(state, link);
                    if (content.isPresent() && needsSrcValidMark(content.get())) {
                        try (JournalFile file = state.journal(link)) {
                            new Journal(file, state.boot()).adopt(List.of(step));
                        }
                        return;
                    }
                }
            }
        }
    }

    private static boolean needsSrcValidMark(JournalContent content) {
        for (Step step : EffectiveSteps.of(content.history())) {
            if (step instanceof Step.SetSysctl) {
                return true;
            }
            if (step instanceof Step.InstallFirewall install) {
                for (FirewallTable table : install.tables()) {
                    if (table instanceof FirewallTable.MarkChains chains && !chains.v6()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
