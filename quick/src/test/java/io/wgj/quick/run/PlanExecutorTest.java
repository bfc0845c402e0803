// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.MemoryStore;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.DownPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whichever step fails, and wherever the process is killed, the system becomes what it was.
class PlanExecutorTest {
    private static final Tunnel TUNNEL = Samples.tunnel("[Interface]\n");
    private static final List<Step> UP = Samples.up();

    private final MemorySystem system = new MemorySystem();
    private final MemoryStore store = new MemoryStore();
    private final RecordingListener listener = new RecordingListener();
    private final List<Object> before = system.state();

    static IntStream everyStep() {
        return IntStream.range(0, UP.size());
    }

    private static Predicate<Step> step(int k) {
        return step -> step == UP.get(k);
    }

    /// A run in a process of its own.
    private PlanExecutor executor(JournalWriter journal) {
        return new PlanExecutor(system, journal, listener, new Interruption());
    }

    private void up() throws Exception {
        JournalWriter journal = store.journal();
        PlanExecutor executor = executor(journal);
        journal.begin("up");
        try {
            executor.run(UP);
        } catch (RunException e) {
            assertThat(executor.rollBack(TUNNEL, executor.done(), true, system.srcValidMark()))
                    .isEmpty();
            journal.delete();
            throw e;
        }
        journal.end();
    }

    /// What `down` does after a killed run.
    private List<StepException> recover() throws Exception {
        Journal content = store.content().orElseThrow();
        boolean ours = system.links.contains("wg0") && content.isAbout(1, false);
        JournalWriter journal = store.journal();
        journal.begin("down");
        List<StepException> failures =
                executor(journal).rollBack(TUNNEL, content.history(), ours, system.srcValidMark());
        if (failures.isEmpty()) {
            journal.delete();
        }
        return failures;
    }

    @Test
    void doesAllStepsInTheirOrder() throws Exception {
        up();
        assertThat(listener.steps).isEqualTo(UP);
        assertThat(system.hooks).containsExactly("one", "two");
        assertThat(system.state()).isNotEqualTo(before);
        assertThat(store.content().orElseThrow().complete()).isTrue();
        List<Step> undoable = new ArrayList<>(UP);
        undoable.removeIf(Step.RunHook.class::isInstance);
        assertThat(store.content().orElseThrow().history()).isEqualTo(undoable);
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void leavesNothingBehindWhenAStepFails(int k) throws Exception {
        system.fails = step(k);
        assertThatThrownBy(this::up).isInstanceOfSatisfying(RunException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(7);
            assertThat(e.lines()).containsExactly("it does not work");
        });
        assertThat(system.state()).isEqualTo(before);
        assertThat(store.text()).isEmpty();
        // Routes after the failed one may have been tried, but are not reported.
        assertThat(listener.steps.subList(0, k + 1)).isEqualTo(UP.subList(0, k + 1));
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void restoresWhatWasThereAfterDyingBeforeAStep(int k) throws Exception {
        system.diesBefore = step(k);
        assertThat(catchThrowable(this::up)).isInstanceOf(MemorySystem.KilledError.class);
        assertThat(recover()).isEmpty();
        assertThat(system.state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void restoresWhatWasThereAfterDyingBehindAStep(int k) throws Exception {
        system.diesAfter = step(k);
        assertThat(catchThrowable(this::up)).isInstanceOf(MemorySystem.KilledError.class);
        assertThat(recover()).isEmpty();
        assertThat(system.state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void restoresWhatWasThereAfterDyingOnTheWayBack(int k) throws Exception {
        up();
        List<Step> back =
                DownPlanner.rollBack(TUNNEL, store.content().orElseThrow().history(), system.srcValidMark());
        if (k >= back.size()) {
            return;
        }
        for (boolean behind : new boolean[] {false, true}) {
            Predicate<Step> dies = step -> step.equals(back.get(k));
            system.diesAfter = behind ? dies : step -> false;
            system.diesBefore = behind ? step -> false : dies;
            assertThat(catchThrowable(this::recover)).isInstanceOf(MemorySystem.KilledError.class);
            system.diesBefore = step -> false;
            system.diesAfter = step -> false;
        }
        assertThat(recover()).isEmpty();
        assertThat(system.state()).isEqualTo(before);
    }

    @Test
    void goesOnWithTheWayBackWhenAStepOfItFails() throws Exception {
        up();
        system.fails = step -> step instanceof Step.DeleteRule;
        assertThat(recover()).hasSize(5);
        assertThat(system.links).doesNotContain("wg0");
        assertThat(system.tables).containsExactly("inet filter");
        assertThat(NetSteps.of(store.content().orElseThrow().history()))
                .filteredOn(Step.AddRule.class::isInstance)
                .hasSize(5);
        system.fails = step -> false;
        assertThat(recover()).isEmpty();
        assertThat(system.state()).isEqualTo(before);
    }

    @Test
    void leavesALinkThatSomebodyElseMadeSince() throws Exception {
        system.diesAfter = step(3);
        assertThat(catchThrowable(this::up)).isInstanceOf(MemorySystem.KilledError.class);
        Journal content = store.content().orElseThrow();
        assertThat(content.isAbout(1, true)).isTrue();
        assertThat(content.isAbout(2, true)).isFalse();
    }

    @Test
    void takesALinkThatIsOnForSomebodyElsesWhenItsIndexWasNotWritten() throws Exception {
        system.diesAfter = step(0);
        assertThat(catchThrowable(this::up)).isInstanceOf(MemorySystem.KilledError.class);
        Journal content = store.content().orElseThrow();
        assertThat(content.isAbout(9, false)).isTrue();
        assertThat(content.isAbout(9, true)).isFalse();
    }

    @Test
    void leavesASettingThatSomebodyElseHasChangedOrNeeds() throws Exception {
        up();
        PlanExecutor executor = executor(store.journal());
        executor.rollBack(TUNNEL, UP, true, new SrcValidMark("1", true));
        assertThat(system.sysctls).containsEntry(Samples.SYSCTL.key(), "1");
    }

    @Test
    void stopsAtASignalAndUndoesEverything() throws Exception {
        Interruption interruption = new Interruption();
        JournalWriter journal = store.journal();
        PlanExecutor executor = new PlanExecutor(system, journal, listener, interruption);
        journal.begin("up");
        system.fails = step -> {
            if (step == UP.get(9)) {
                interruption.come();
            }
            return false;
        };
        assertThatThrownBy(() -> executor.run(UP)).isInstanceOfSatisfying(RunException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(1);
            assertThat(e.lines()).isEmpty();
        });
        assertThat(executor.done()).hasSize(9);
        assertThat(executor.rollBack(TUNNEL, executor.done(), true, system.srcValidMark()))
                .isEmpty();
        assertThat(system.state()).isEqualTo(before);
    }

    /// The signal ends resolvconf, too, and nobody knows how far it came.
    @Test
    void undoesNameServersWhoseResolvconfWasEndedByTheSignal() throws Exception {
        Interruption interruption = new Interruption();
        JournalWriter journal = store.journal();
        PlanExecutor executor = new PlanExecutor(system, journal, listener, interruption);
        journal.begin("up");
        system.fails = step -> {
            if (step instanceof Step.SetDns set) {
                system.dns.add(set.dns());
                interruption.come();
                return true;
            }
            return false;
        };

        assertThatThrownBy(() -> executor.run(UP)).isInstanceOf(RunException.class);

        assertThat(executor.rollBack(TUNNEL, executor.done(), true, system.srcValidMark()))
                .isEmpty();
        assertThat(system.state()).isEqualTo(before);
    }
}
