// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.trials;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.InterfaceName;
import io.wgj.monitor.model.DirectExecutor;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.quick.run.OverdueTrials.Overdue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the monitor does about runs on trial that were killed.
class TrialServiceTest {
    private final MemoryContext context = new MemoryContext();
    private final List<Overdue> overdue = new ArrayList<>();
    private final List<String> rolledBack = new ArrayList<>();
    private String failure = "";
    private final TrialService service = new TrialService(
            new Trials() {
                @Override
                public List<Overdue> find() {
                    return List.copyOf(overdue);
                }

                @Override
                public List<String> rollBack(Overdue one) throws IOException {
                    rolledBack.add(one.link().text());
                    if (!failure.isEmpty()) {
                        throw new IOException(failure);
                    }
                    overdue.remove(one);
                    return List.of("rolled back");
                }
            },
            context,
            new DirectExecutor());

    private static Overdue run(boolean reload) {
        return new Overdue(new InterfaceName("wg0"), reload, 7, "/etc/wireguard/wg0.conf", true);
    }

    @Test
    void rollsAnUpBack() {
        context.pass(20 * SECOND);
        assertThat(rolledBack).isEmpty();
        overdue.add(run(false));
        context.pass(20 * SECOND);
        assertThat(rolledBack).containsExactly("wg0");
        assertThat(context.reports).containsExactly("message wg0: rolled back");
    }

    @Test
    void rollsAReloadBack() {
        overdue.add(run(true));
        context.pass(20 * SECOND);
        assertThat(rolledBack).containsExactly("wg0");
    }

    @Test
    void reportsOnceAReloadThatHasKeptNothing() {
        overdue.add(new Overdue(new InterfaceName("wg0"), true, 7, "/etc/wireguard/wg0.conf", false));
        context.pass(60 * SECOND);
        assertThat(rolledBack).isEmpty();
        assertThat(context.reports).singleElement().asString().contains("`reload --confirm'", "`wgj-quick down wg0'");
    }

    @Test
    void triesAgainAndSaysOnceWhatFailed() {
        overdue.add(run(false));
        failure = "the hook failed";
        context.pass(22 * SECOND);
        assertThat(rolledBack).hasSize(4);
        assertThat(context.reports).singleElement().asString().contains("the hook failed");
        failure = "";
        context.pass(5 * SECOND);
        assertThat(context.reports).hasSize(2);
        service.close();
        context.pass(60 * SECOND);
        assertThat(rolledBack).hasSize(5);
    }
}
