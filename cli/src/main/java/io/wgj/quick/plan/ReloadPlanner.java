// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Plans `reload`: from what is to what the file says, by the fewest steps. What is new comes first, what is old goes
/// last, and what changes is replaced at once, so that at no moment a packet finds neither. Runs no hooks.
public final class ReloadPlanner {
    private final Tunnel tunnel;
    private final SystemSnapshot snapshot;
    private final Draft draft;

    private ReloadPlanner(Tunnel tunnel, SystemSnapshot snapshot) {
        this.tunnel = tunnel;
        this.snapshot = snapshot;
        this.draft = new Draft(tunnel, snapshot);
    }

    /// @param snapshot of the host with the tunnel up
    /// @param done the journal's steps, or [DownPlanner#found] where there is no journal
    /// @param wanted the file's whole configuration of the device
    /// @param changes what of it is sent, as [DeviceChanges] finds it
    /// @param more whether something is sent beside that
    public static Plan reload(
            Tunnel tunnel,
            SystemSnapshot snapshot,
            List<Step> done,
            DeviceUpdate wanted,
            DeviceUpdate changes,
            boolean more)
            throws PlanException {
        if (snapshot.link(tunnel.link().text()).isEmpty() || snapshot.device().isEmpty()) {
            throw new PlanException(1, "`" + tunnel.link() + "' is not a WireGuard interface");
        }
        if (!tunnel.section().present()) {
            throw new PlanException(1, "the file has no [Interface] section");
        }
        List<Step> is = Presence.stillThere(tunnel, snapshot, EffectiveSteps.of(done));
        Draft target = new Draft(tunnel, Presence.without(tunnel, snapshot, is, wanted));
        target.stickTo(is);
        QuickPlanner.configure(target);
        ReloadPlanner planner = new ReloadPlanner(tunnel, snapshot);
        planner.compare(is, target.steps(), changes, more);
        return new Plan(planner.draft.steps(), Optional.of(changes), target.notes());
    }

    private void compare(List<Step> is, List<Step> wanted, DeviceUpdate changes, boolean more) {
        Map<Object, Step> old = new LinkedHashMap<>();
        for (Step step : is) {
            old.put(Presence.identity(step), step);
        }
        Set<Object> kept = new HashSet<>();
        boolean deviceIsDone = false;
        for (Step step : wanted) {
            // Peers have their prefixes before routes lead to them.
            if (!deviceIsDone && !(step instanceof Step.AddAddress)) {
                reloadDevice(changes, more);
                deviceIsDone = true;
            }
            Object identity = Presence.identity(step);
            kept.add(identity);
            Step before = old.get(identity);
            if (before == null) {
                if (!isThere(step)) {
                    draft.add(step);
                }
            } else {
                change(before, step);
            }
        }
        for (Step step : is.reversed()) {
            if (!kept.contains(Presence.identity(step))) {
                remove(step, changes);
            }
        }
    }

    /// Whether somebody else has added the address: the kernel a link-local one, which `save` has put into the file.
    private boolean isThere(Step step) {
        return step instanceof Step.AddAddress add
                && snapshot.link(tunnel.link().text()).orElseThrow().addresses().contains(add.address());
    }

    private void reloadDevice(DeviceUpdate changes, boolean more) {
        boolean nothing = changes.peers().isEmpty()
                && !changes.privateKey().isMentioned()
                && !changes.listenPort().isMentioned()
                && !changes.fwmark().isMentioned();
        if (!nothing || more) {
            draft.add(new Step.ReloadDevice(tunnel.link()));
        }
    }

    /// The same thing, perhaps with other contents.
    private void change(Step before, Step wanted) {
        if (wanted instanceof Step.SetMtuAndUp mtu) {
            int now = snapshot.link(tunnel.link().text()).orElseThrow().mtu();
            if (mtu.mtu() != now) {
                draft.add(new Step.SetMtu(tunnel.link(), mtu.mtu(), now));
            }
        } else if (wanted instanceof Step.AddRoute add && before instanceof Step.AddRoute was) {
            if (!Presence.sameWay(add.route(), was.route())) {
                draft.add(new Step.ReplaceRoute(add.route(), was.route()));
            }
        } else if (wanted instanceof Step.InstallFirewall install && before instanceof Step.InstallFirewall was) {
            if (!install.equals(was)) {
                draft.add(new Step.ReplaceFirewall(install.tables(), was.tables()));
            }
        } else if (wanted instanceof Step.SetDns set && before instanceof Step.SetDns was) {
            if (!set.equals(was)) {
                draft.add(new Step.ReplaceDns(set.dns(), was.dns()));
            }
        } else if (wanted instanceof Step.SetFwmark set && before instanceof Step.SetFwmark was) {
            if (set.mark() != was.mark()) {
                draft.add(new Step.SetFwmark(tunnel.link(), set.mark(), was.mark()));
            }
        }
    }

    private void remove(Step step, DeviceUpdate changes) {
        boolean neededByOthers =
                step instanceof Step.SetSysctl && snapshot.srcValidMark().othersNeedIt();
        // The file names another mark by now, which the device has got already.
        boolean replaced = step instanceof Step.SetFwmark && changes.fwmark().isMentioned();
        if (!neededByOthers && !replaced) {
            step.inverse().ifPresent(draft::add);
        }
    }
}
