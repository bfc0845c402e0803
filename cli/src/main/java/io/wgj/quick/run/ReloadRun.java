// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.plan.DeviceChanges;
import io.wgj.quick.plan.Plan;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.ReloadPlanner;
import io.wgj.quick.plan.Step;
import io.wgj.quick.plan.SystemSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One `reload`.
final class ReloadRun {
    private static final int KEY_BYTES = 32;

    private final RunContext context;

    ReloadRun(RunContext context) {
        this.context = context;
    }

    Plan plan() throws PlanException, RunException {
        SystemSnapshot snapshot =
                context.inspector().full(context.tunnel(), List.of()).withDnsTool();
        return plan(snapshot, context.done(snapshot));
    }

    private Plan plan(SystemSnapshot snapshot, List<Step> done) throws PlanException, RunException {
        Optional<DeviceState> device = context.inspector().device();
        if (device.isEmpty()) {
            throw new PlanException(1, "`" + context.link() + "' is not a WireGuard interface");
        }
        DeviceState now = device.get();
        Job.Configuration configuration = context.job().configuration();
        DeviceUpdate wanted = configuration.resolve();
        Optional<JournalContent> content = context.record();
        Set<Long> known = content.isPresent() ? content.get().endpoints() : Set.of();
        Predicate<PublicKey> changed = peer -> !known.contains(configuration.fingerprint(peer));
        DeviceUpdate changes = DeviceChanges.of(now, wanted, changed);
        boolean more = context.device()
                .prepare(now, changes, then -> DeviceChanges.of(then, wanted, changed, nobody()), context.told());
        return ReloadPlanner.reload(context.tunnel(), snapshot, done, wanted, changes, more);
    }

    /// A key that no peer has.
    private static PublicKey nobody() {
        try {
            return PublicKey.of(Randomness.bytes(KEY_BYTES));
        } catch (SystemException e) {
            // getrandom(2) without flags fails only for wrong arguments.
            throw new IllegalStateException(e);
        }
    }

    Plan run() throws PlanException, RunException {
        context.discardStale();
        try (RunLock _ = context.lockNamespace()) {
            Optional<JournalContent> content = context.record();
            SystemSnapshot snapshot = context.inspector().full(context.tunnel(), List.of());
            List<Step> done = context.done(snapshot);
            Plan plan = plan(snapshot, done);
            try {
                if (content.isEmpty()) {
                    context.journal().begin("adopt");
                    context.journal().adopt(done);
                }
                context.journal().begin("reload");
                context.journal().endpoints(context.job().configuration().endpointFingerprints());
                context.executor().run(plan.steps());
                context.journal().end();
                return plan;
            } catch (JournalException e) {
                takeBack(content);
                throw QuickRun.broken(e);
            } catch (RunException e) {
                takeBack(content);
                throw e;
            }
        }
    }

    /// The same on trial; whether it has stayed. Meanwhile other tunnels may choose tables and marks.
    ///
    /// @param stays asked when all is done
    boolean tryOut(Predicate<Plan> stays) throws PlanException, RunException {
        Optional<JournalContent> before = context.record();
        if (stays.test(run())) {
            return true;
        }
        try (RunLock _ = context.lockNamespace()) {
            takeBack(before);
            return false;
        }
    }

    /// All inverses, the last one first.
    ///
    /// @param before what the journal said before
    private void takeBack(Optional<JournalContent> before) throws RunException {
        beginWayBack(before.isPresent() ? before.get().endpoints() : Set.of());
        List<Step> back = new ArrayList<>();
        for (Step step : context.executor().done().reversed()) {
            step.inverse().ifPresent(back::add);
        }
        List<StepException> failures = context.executor().unwind(back);
        for (StepException failure : failures) {
            context.narrator().remark("this could not be undone: " + failure.getMessage());
        }
        try {
            if (failures.isEmpty()) {
                context.journal().end();
            }
        } catch (JournalException e) {
            throw QuickRun.broken(e);
        }
    }

    /// A journal that cannot be written does not keep the way back from being gone.
    private void beginWayBack(Set<Long> endpoints) {
        try {
            context.journal().begin("reload");
            context.journal().endpoints(endpoints);
        } catch (JournalException e) {
            context.narrator().remark(String.valueOf(e.getMessage()));
        }
    }
}
