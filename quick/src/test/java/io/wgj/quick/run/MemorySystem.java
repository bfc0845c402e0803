// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// A system in memory that is as strict as the kernel. What exists cannot be added, what does not exist
/// cannot be deleted, and a link's addresses and routes go with it. A test can make it fail, or kill the
/// process, at a step.
final class MemorySystem implements StepRunner {
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

    /// The process was killed.
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Everything that a tunnel could leave behind.
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
        run(step);
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

    private void run(Step step) throws StepException {
        switch (step) {
            case Step.MakesLink make -> {
                if (!links.add(make.link().text())) {
                    throw new StepException(1, "RTNETLINK answers: File exists");
                }
                created++;
            }
            case Step.DeleteLink(InterfaceName link) -> {
                remove(links, link.text());
                onLinks.removeIf(thing -> thing.startsWith(link + " "));
                routes.removeIf(route -> route.toString().contains("device=Optional[" + link + "]"));
            }
            case Step.ApplyDevice apply -> set(apply.link(), "device", "configured");
            case Step.ReloadDevice reload -> set(reload.link(), "device", "reloaded");
            case Step.RestoreDevice restore -> set(restore.link(), "device", "configured");
            case Step.SetFwmark set -> set(set.link(), "mark", "" + set.mark());
            case Step.AddAddress add -> set(add.link(), "address " + add.address(), "");
            case Step.DeleteAddress delete ->
                onLinks.removeIf(thing -> thing.startsWith(delete.link() + " address " + delete.address()));
            case Step.ReplaceAddress replace -> {
                onLinks.removeIf(thing -> thing.startsWith(replace.link() + " address " + replace.before()));
                onLinks.add(replace.link() + " address " + replace.address() + " ");
            }
            case Step.SetMtuAndUp set -> set(set.link(), "mtu", "" + set.mtu());
            case Step.SetMtu set -> set(set.link(), "mtu", "" + set.mtu());
            case Step.AddRule add -> add(rules, add.rule());
            case Step.DeleteRule delete -> remove(rules, delete.rule());
            case Step.AddRoute add -> add(routes, add.route());
            case Step.DeleteRoute delete -> remove(routes, delete.route());
            case Step.ReplaceRoute replace -> {
                routes.remove(replace.before());
                routes.add(replace.route());
            }
            case Step.SetSysctl set -> sysctls.put(set.key(), set.value());
            case Step.InstallFirewall install -> install.tables().forEach(table -> tables.add(name(table)));
            case Step.RemoveFirewall remove -> remove.tables().forEach(table -> tables.remove(name(table)));
            case Step.ReplaceFirewall replace -> {
                replace.before().forEach(table -> tables.remove(name(table)));
                replace.tables().forEach(table -> tables.add(name(table)));
            }
            case Step.SetDns set -> dns.add(set.dns());
            case Step.UnsetDns unset -> dns.remove(unset.dns());
            case Step.ReplaceDns replace -> {
                dns.remove(replace.before());
                dns.add(replace.dns());
            }
            case Step.RunHook hook -> hooks.add(hook.command());
            case Step.SaveConfig _ -> hooks.add("save");
        }
    }

    private void set(InterfaceName link, String what, String value) throws StepException {
        if (!links.contains(link.text())) {
            throw new StepException(1, "Cannot find device \"" + link + "\"").whereGone();
        }
        onLinks.removeIf(thing -> thing.startsWith(link + " " + what));
        onLinks.add(link + " " + what + " " + value);
    }

    private static String name(FirewallTable table) {
        return table.table().toString();
    }

    /// The setting as the system has it.
    SrcValidMark srcValidMark() {
        return new SrcValidMark(sysctls.getOrDefault(Samples.SYSCTL.key(), ""), false);
    }
}
