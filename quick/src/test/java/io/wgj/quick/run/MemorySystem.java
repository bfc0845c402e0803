// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.StepVisitor;
import io.wgj.quick.model.SystemSnapshot.SrcValidMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// A system in memory that is as strict as the kernel: what is there cannot be added, what is not cannot be
/// taken away, and with a link go its addresses and routes. It can be told to fail, or to die, at a step.
final class MemorySystem implements StepRunner, StepVisitor<MemorySystem.Deed> {
    private static final int FAILURE = 7;

    final Set<String> links = new LinkedHashSet<>(Set.of("lo", "ppp0"));
    final Set<String> onLinks = new LinkedHashSet<>();
    final Set<Object> routes = new LinkedHashSet<>(Set.of("default via 192.0.2.1"));
    final Set<Object> rules = new LinkedHashSet<>(Set.of("0: local", "32766: main"));
    final Set<String> tables = new LinkedHashSet<>(Set.of("inet filter"));
    final Map<String, String> sysctls = new HashMap<>(Map.of("net.ipv4.conf.all.src_valid_mark", "0"));
    final Set<DnsSetup> dns = new LinkedHashSet<>();
    final List<String> hooks = new ArrayList<>();
    Predicate<Step> fails = step -> false;
    Predicate<Step> diesBefore = step -> false;
    Predicate<Step> diesAfter = step -> false;
    private int created;

    /// The process is gone.
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }

    @FunctionalInterface
    interface Deed {
        void run() throws StepException;
    }

    /// All that a tunnel could have left behind.
    List<Object> state() {
        return List.of(
                Set.copyOf(links),
                Set.copyOf(onLinks),
                Set.copyOf(routes),
                Set.copyOf(rules),
                Set.copyOf(tables),
                Map.copyOf(sysctls),
                Set.copyOf(dns));
    }

    @Override
    public void perform(Step step) throws StepException {
        if (diesBefore.test(step)) {
            throw new KilledError();
        }
        if (fails.test(step)) {
            throw new StepException(FAILURE, "it does not work");
        }
        step.accept(this).run();
        if (diesAfter.test(step)) {
            throw new KilledError();
        }
    }

    @Override
    public void performRoutes(List<Step> steps) throws StepException {
        List<Step> performed = new ArrayList<>();
        StepException first = null;
        Step culprit = null;
        for (Step step : steps) {
            try {
                perform(step);
                performed.add(step);
            } catch (StepException e) {
                if (first == null) {
                    first = e;
                    culprit = step;
                }
            }
        }
        if (first != null && culprit != null) {
            throw first.among(culprit, performed);
        }
    }

    @Override
    public OptionalInt linkIndex(InterfaceName link) {
        return links.contains(link.text()) ? OptionalInt.of(created) : OptionalInt.empty();
    }

    private static void add(Set<? super Object> set, Object value) throws StepException {
        if (!set.add(value)) {
            throw new StepException(2, "RTNETLINK answers: File exists");
        }
    }

    private static void remove(Set<?> set, Object value) throws StepException {
        if (!set.remove(value)) {
            throw new StepException(2, "RTNETLINK answers: No such process").whereGone();
        }
    }

    private Deed create(InterfaceName link) {
        return () -> {
            if (!links.add(link.text())) {
                throw new StepException(1, "RTNETLINK answers: File exists");
            }
            created++;
        };
    }

    @Override
    public Deed createLink(Step.CreateLink step) {
        return create(step.link());
    }

    @Override
    public Deed startEngine(Step.StartEngine step) {
        return create(step.link());
    }

    @Override
    public Deed deleteLink(Step.DeleteLink step) {
        return () -> {
            remove(links, step.link().text());
            onLinks.removeIf(thing -> thing.startsWith(step.link() + " "));
            routes.removeIf(route -> route.toString().contains("device=Optional[" + step.link() + "]"));
        };
    }

    private Deed set(InterfaceName link, String what, String value) {
        return () -> {
            if (!links.contains(link.text())) {
                throw new StepException(1, "Cannot find device \"" + link + "\"").whereGone();
            }
            onLinks.removeIf(thing -> thing.startsWith(link + " " + what));
            onLinks.add(link + " " + what + " " + value);
        };
    }

    @Override
    public Deed applyDevice(Step.ApplyDevice step) {
        return set(step.link(), "device", "configured");
    }

    @Override
    public Deed reloadDevice(Step.ReloadDevice step) {
        return set(step.link(), "device", "reloaded");
    }

    @Override
    public Deed restoreDevice(Step.RestoreDevice step) {
        return set(step.link(), "device", "configured");
    }

    @Override
    public Deed setFwmark(Step.SetFwmark step) {
        return set(step.link(), "mark", "" + step.mark());
    }

    @Override
    public Deed addAddress(Step.AddAddress step) {
        return set(step.link(), "address " + step.address(), "");
    }

    @Override
    public Deed deleteAddress(Step.DeleteAddress step) {
        return () -> onLinks.removeIf(thing -> thing.startsWith(step.link() + " address " + step.address()));
    }

    @Override
    public Deed replaceAddress(Step.ReplaceAddress step) {
        return () -> {
            onLinks.removeIf(thing -> thing.startsWith(step.link() + " address " + step.before()));
            onLinks.add(step.link() + " address " + step.address() + " ");
        };
    }

    @Override
    public Deed setMtuAndUp(Step.SetMtuAndUp step) {
        return set(step.link(), "mtu", "" + step.mtu());
    }

    @Override
    public Deed setMtu(Step.SetMtu step) {
        return set(step.link(), "mtu", "" + step.mtu());
    }

    @Override
    public Deed addRule(Step.AddRule step) {
        return () -> add(rules, step.rule());
    }

    @Override
    public Deed deleteRule(Step.DeleteRule step) {
        return () -> remove(rules, step.rule());
    }

    @Override
    public Deed addRoute(Step.AddRoute step) {
        return () -> add(routes, step.route());
    }

    @Override
    public Deed deleteRoute(Step.DeleteRoute step) {
        return () -> remove(routes, step.route());
    }

    @Override
    public Deed replaceRoute(Step.ReplaceRoute step) {
        return () -> {
            routes.remove(step.before());
            routes.add(step.route());
        };
    }

    @Override
    public Deed setSysctl(Step.SetSysctl step) {
        return () -> sysctls.put(step.key(), step.value());
    }

    @Override
    public Deed installFirewall(Step.InstallFirewall step) {
        return () -> step.tables().forEach(table -> tables.add(name(table)));
    }

    @Override
    public Deed removeFirewall(Step.RemoveFirewall step) {
        return () -> step.tables().forEach(table -> tables.remove(name(table)));
    }

    @Override
    public Deed replaceFirewall(Step.ReplaceFirewall step) {
        return () -> {
            step.before().forEach(table -> tables.remove(name(table)));
            step.tables().forEach(table -> tables.add(name(table)));
        };
    }

    private static String name(FirewallTable table) {
        return table.family() + " " + table.name();
    }

    @Override
    public Deed setDns(Step.SetDns step) {
        return () -> dns.add(step.dns());
    }

    @Override
    public Deed unsetDns(Step.UnsetDns step) {
        return () -> dns.remove(step.dns());
    }

    @Override
    public Deed replaceDns(Step.ReplaceDns step) {
        return () -> {
            dns.remove(step.before());
            dns.add(step.dns());
        };
    }

    @Override
    public Deed runHook(Step.RunHook step) {
        return () -> hooks.add(step.command());
    }

    @Override
    public Deed saveConfig(Step.SaveConfig step) {
        return () -> hooks.add("save");
    }

    /// The setting as the system has it.
    SrcValidMark srcValidMark() {
        return new SrcValidMark(sysctls.getOrDefault(Samples.SYSCTL.key(), ""), false);
    }
}
