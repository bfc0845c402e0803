// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.StepVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Steps as lines of a journal: the step's name and its fields. Hooks have none: nobody can undo them.
final class StepText implements StepVisitor<List<String>> {
    /// Names may mean another table tomorrow.
    private static final TableNames NUMBERS = new TableNames() {
        @Override
        public OptionalInt number(String name) {
            return OptionalInt.empty();
        }

        @Override
        public Optional<String> name(int number) {
            return Optional.empty();
        }
    };

    private static final StepText WRITER = new StepText();

    private StepText() {}

    /// Throws `IllegalArgumentException` for a hook.
    static String write(Step step) {
        return Fields.join(step.accept(WRITER));
    }

    /// A route alone.
    static String writeRoute(Route route) {
        return Fields.join(List.of(text(route)));
    }

    private static List<String> line(String name, Object... fields) {
        List<String> line = new ArrayList<>();
        line.add(name);
        for (Object field : fields) {
            line.add(field.toString());
        }
        return line;
    }

    @Override
    public List<String> createLink(Step.CreateLink step) {
        return line("create-link", step.link());
    }

    @Override
    public List<String> startEngine(Step.StartEngine step) {
        return line("start-engine", step.link(), step.program());
    }

    @Override
    public List<String> deleteLink(Step.DeleteLink step) {
        return line("delete-link", step.link());
    }

    @Override
    public List<String> applyDevice(Step.ApplyDevice step) {
        return line("apply-device", step.link());
    }

    @Override
    public List<String> reloadDevice(Step.ReloadDevice step) {
        return line("reload-device", step.link());
    }

    @Override
    public List<String> restoreDevice(Step.RestoreDevice step) {
        return line("restore-device", step.link());
    }

    @Override
    public List<String> setFwmark(Step.SetFwmark step) {
        return line("set-fwmark", step.link(), step.mark(), step.before());
    }

    @Override
    public List<String> addAddress(Step.AddAddress step) {
        return line("add-address", step.link(), step.address());
    }

    @Override
    public List<String> deleteAddress(Step.DeleteAddress step) {
        return line("delete-address", step.link(), step.address());
    }

    @Override
    public List<String> replaceAddress(Step.ReplaceAddress step) {
        return line("replace-address", step.link(), step.address(), step.before());
    }

    @Override
    public List<String> setMtuAndUp(Step.SetMtuAndUp step) {
        return line("set-mtu-up", step.link(), step.mtu());
    }

    @Override
    public List<String> setMtu(Step.SetMtu step) {
        return line("set-mtu", step.link(), step.mtu(), step.before());
    }

    @Override
    public List<String> addRule(Step.AddRule step) {
        return line("add-rule", text(step.rule()));
    }

    @Override
    public List<String> deleteRule(Step.DeleteRule step) {
        return line("delete-rule", text(step.rule()));
    }

    @Override
    public List<String> addRoute(Step.AddRoute step) {
        return line("add-route", text(step.route()));
    }

    @Override
    public List<String> deleteRoute(Step.DeleteRoute step) {
        return line("delete-route", text(step.route()));
    }

    @Override
    public List<String> replaceRoute(Step.ReplaceRoute step) {
        return line("replace-route", text(step.route()), text(step.before()));
    }

    private static String text(Route route) {
        return "-" + route.family().version() + " " + IpRouteSyntax.format(route, NUMBERS);
    }

    private static String text(PolicyRule rule) {
        return "-" + rule.family().version() + " " + IpRuleSyntax.format(rule, NUMBERS);
    }

    @Override
    public List<String> setSysctl(Step.SetSysctl step) {
        return line("set-sysctl", step.key(), step.value(), step.before());
    }

    @Override
    public List<String> installFirewall(Step.InstallFirewall step) {
        List<String> line = line("install-firewall");
        append(line, step.tables());
        return line;
    }

    @Override
    public List<String> removeFirewall(Step.RemoveFirewall step) {
        List<String> line = line("remove-firewall");
        append(line, step.tables());
        return line;
    }

    @Override
    public List<String> replaceFirewall(Step.ReplaceFirewall step) {
        List<String> line = line("replace-firewall");
        append(line, step.tables());
        append(line, step.before());
        return line;
    }

    private static void append(List<String> line, List<FirewallTable> tables) {
        line.add(Integer.toString(tables.size()));
        for (FirewallTable table : tables) {
            if (table instanceof FirewallTable.MarkChains chains) {
                line.add("mark" + chains.addressFamily().version());
                line.add(chains.link().text());
                line.add(Integer.toString(chains.mark()));
                appendAll(line, chains.addresses());
            } else if (table instanceof FirewallTable.Extras extras) {
                line.add("extras");
                line.add(extras.link().text());
                line.add(Integer.toString(extras.listenPort().orElse(-1)));
                line.add(Integer.toString(extras.mark()));
                appendAll(line, extras.sources());
                line.add(Integer.toString(extras.allowedSources().size()));
                for (List<IpPrefix> sources : extras.allowedSources()) {
                    appendAll(line, sources);
                }
            } else {
                line.add("found");
                line.add(table.family());
                line.add(table.name());
            }
        }
    }

    private static void appendAll(List<String> line, List<?> values) {
        line.add(Integer.toString(values.size()));
        for (Object value : values) {
            line.add(value.toString());
        }
    }

    @Override
    public List<String> setDns(Step.SetDns step) {
        List<String> line = line("set-dns");
        append(line, step.dns());
        return line;
    }

    @Override
    public List<String> unsetDns(Step.UnsetDns step) {
        List<String> line = line("unset-dns");
        append(line, step.dns());
        return line;
    }

    @Override
    public List<String> replaceDns(Step.ReplaceDns step) {
        List<String> line = line("replace-dns");
        append(line, step.dns());
        append(line, step.before());
        return line;
    }

    private static void append(List<String> line, DnsSetup dns) {
        line.add(dns.link().text());
        line.add(dns.tool() == DnsSetup.Tool.RESOLVCONF ? "resolvconf" : "resolvectl");
        line.add(dns.registeredName());
        appendAll(line, dns.servers());
        appendAll(line, dns.searchDomains());
    }

    @Override
    public List<String> runHook(Step.RunHook step) {
        throw new IllegalArgumentException("hooks are not written to journals");
    }

    @Override
    public List<String> saveConfig(Step.SaveConfig step) {
        return line("save-config", step.link());
    }

    /// The tables that name `IpRouteSyntax` and `IpRuleSyntax` may use.
    static TableNames numbers() {
        return NUMBERS;
    }

    /// The interface that `text` names.
    static InterfaceName link(String text) throws JournalException {
        return InterfaceName.parse(text).orElseThrow(() -> new JournalException("`" + text + "' is no interface name"));
    }
}
