// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.Table;
import io.wgj.netlink.nftables.TableFamily;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Writes steps as lines of a journal and reads them again: a step's name and its fields. No line holds a
/// key: a device step is read without what was sent.
final class StepCodec {
    /// Routes and rules name their tables by number: a name may mean another table later.
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

    private StepCodec() {}

    /// The line of one step, without a newline.
    ///
    /// @throws IllegalArgumentException for a hook: journals hold no commands
    static String format(Step step) {
        return Fields.join(fields(step));
    }

    private static List<String> fields(Step step) {
        return switch (step) {
            case Step.CreateLink(InterfaceName link) -> line("create-link", link);
            case Step.StartEngine(InterfaceName link, String program) -> line("start-engine", link, program);
            case Step.DeleteLink(InterfaceName link) -> line("delete-link", link);
            case Step.ApplyDevice(InterfaceName link, Optional<DeviceUpdate> _) -> line("apply-device", link);
            case Step.ReloadDevice(InterfaceName link, Optional<DeviceChange> _) -> line("reload-device", link);
            case Step.RestoreDevice(InterfaceName link, Optional<DeviceChange> _) -> line("restore-device", link);
            case Step.SetFwmark set -> line("set-fwmark", set.link(), set.mark(), set.before());
            case Step.AddAddress(InterfaceName link, IpPrefix address) -> line("add-address", link, address);
            case Step.DeleteAddress(InterfaceName link, IpPrefix address) -> line("delete-address", link, address);
            case Step.ReplaceAddress replace ->
                line("replace-address", replace.link(), replace.address(), replace.before());
            case Step.SetMtuAndUp(InterfaceName link, int mtu) -> line("set-mtu-up", link, mtu);
            case Step.SetMtu set -> line("set-mtu", set.link(), set.mtu(), set.before());
            case Step.AddRule(PolicyRule rule) -> line("add-rule", text(rule));
            case Step.DeleteRule(PolicyRule rule) -> line("delete-rule", text(rule));
            case Step.AddRoute(Route route) -> line("add-route", text(route));
            case Step.DeleteRoute(Route route) -> line("delete-route", text(route));
            case Step.ReplaceRoute(Route route, Route before) -> line("replace-route", text(route), text(before));
            case Step.SetSysctl set -> line("set-sysctl", set.key(), set.value(), set.before());
            case Step.InstallFirewall(List<FirewallTable> tables) -> tables(line("install-firewall"), tables);
            case Step.RemoveFirewall(List<FirewallTable> tables) -> tables(line("remove-firewall"), tables);
            case Step.ReplaceFirewall replace ->
                tables(tables(line("replace-firewall"), replace.tables()), replace.before());
            case Step.SetDns(DnsSetup dns) -> dns(line("set-dns"), dns);
            case Step.UnsetDns(DnsSetup dns) -> dns(line("unset-dns"), dns);
            case Step.ReplaceDns(DnsSetup dns, DnsSetup before) -> dns(dns(line("replace-dns"), dns), before);
            case Step.SaveConfig(InterfaceName link) -> line("save-config", link);
            case Step.RunHook _ -> throw new IllegalArgumentException("hooks are not written to journals");
        };
    }

    /// The step of one line.
    static Step parse(String line) throws JournalException {
        Fields fields = Fields.split(line);
        Step step = step(fields);
        fields.end();
        return step;
    }

    private static Step step(Fields in) throws JournalException {
        String name = in.text();
        return switch (name) {
            case "create-link" -> new Step.CreateLink(link(in));
            case "start-engine" -> new Step.StartEngine(link(in), in.text());
            case "delete-link" -> new Step.DeleteLink(link(in));
            case "apply-device" -> new Step.ApplyDevice(link(in), Optional.empty());
            case "reload-device" -> new Step.ReloadDevice(link(in), Optional.empty());
            case "restore-device" -> new Step.RestoreDevice(link(in), Optional.empty());
            case "set-fwmark" -> new Step.SetFwmark(link(in), in.number(), in.number());
            case "add-address" -> new Step.AddAddress(link(in), prefix(in.text()));
            case "delete-address" -> new Step.DeleteAddress(link(in), prefix(in.text()));
            case "replace-address" -> new Step.ReplaceAddress(link(in), prefix(in.text()), prefix(in.text()));
            case "set-mtu-up" -> new Step.SetMtuAndUp(link(in), in.number());
            case "set-mtu" -> new Step.SetMtu(link(in), in.number(), in.number());
            case "add-rule" -> new Step.AddRule(rule(in.text()));
            case "delete-rule" -> new Step.DeleteRule(rule(in.text()));
            case "add-route" -> new Step.AddRoute(route(in.text()));
            case "delete-route" -> new Step.DeleteRoute(route(in.text()));
            case "replace-route" -> new Step.ReplaceRoute(route(in.text()), route(in.text()));
            case "set-sysctl" -> new Step.SetSysctl(in.text(), in.text(), in.text());
            case "install-firewall" -> new Step.InstallFirewall(tables(in));
            case "remove-firewall" -> new Step.RemoveFirewall(tables(in));
            case "replace-firewall" -> new Step.ReplaceFirewall(tables(in), tables(in));
            case "set-dns" -> new Step.SetDns(dns(in));
            case "unset-dns" -> new Step.UnsetDns(dns(in));
            case "replace-dns" -> new Step.ReplaceDns(dns(in), dns(in));
            case "save-config" -> new Step.SaveConfig(link(in));
            default -> throw new JournalException("unknown step `" + name + "'");
        };
    }

    /// A route alone as a line.
    static String formatRoute(Route route) {
        return Fields.join(line(text(route)));
    }

    /// The route that [#formatRoute] wrote.
    static Route parseRoute(String line) throws JournalException {
        Fields fields = Fields.split(line);
        Route route = route(fields.text());
        fields.end();
        return route;
    }

    private static List<String> line(String name, Object... fields) {
        List<String> line = new ArrayList<>();
        line.add(name);
        for (Object field : fields) {
            line.add(field.toString());
        }
        return line;
    }

    private static InterfaceName link(Fields in) throws JournalException {
        String text = in.text();
        return InterfaceName.parse(text).orElseThrow(() -> new JournalException("`" + text + "' is no interface name"));
    }

    private static String text(Route route) {
        return family(route.family()) + IpRouteSyntax.format(route, NUMBERS);
    }

    private static Route route(String text) throws JournalException {
        try {
            return IpRouteSyntax.parse(words(text), NUMBERS);
        } catch (WordException e) {
            throw new JournalException("a route: " + e.getMessage());
        }
    }

    private static String text(PolicyRule rule) {
        return family(rule.family()) + IpRuleSyntax.format(rule, NUMBERS);
    }

    private static PolicyRule rule(String text) throws JournalException {
        try {
            return IpRuleSyntax.parse(words(text), NUMBERS);
        } catch (WordException e) {
            throw new JournalException("a rule: " + e.getMessage());
        }
    }

    private static String family(IpFamily family) {
        return "-" + family.version() + " ";
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (true) {
            int blank = text.indexOf(' ', start);
            words.add(text.substring(start, blank < 0 ? text.length() : blank));
            if (blank < 0) {
                return words;
            }
            start = blank + 1;
        }
    }

    private static IpAddress address(String text) throws JournalException {
        return IpAddress.parse(text).orElseThrow(() -> new JournalException("`" + text + "' is no address"));
    }

    private static IpPrefix prefix(String text) throws JournalException {
        int slash = text.indexOf('/');
        try {
            return new IpPrefix(
                    address(text.substring(0, Math.max(slash, 0))), Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException _) {
            throw new JournalException("`" + text + "' is no prefix");
        }
    }

    private static List<String> tables(List<String> line, List<FirewallTable> tables) {
        line.add(Integer.toString(tables.size()));
        for (FirewallTable table : tables) {
            switch (table) {
                case FirewallTable.MarkChains chains -> {
                    line.add("mark" + chains.family().version());
                    line.add(chains.link().text());
                    line.add(Integer.toString(chains.mark()));
                    texts(line, chains.addresses());
                }
                case FirewallTable.Extras extras -> {
                    line.add("extras");
                    line.add(extras.link().text());
                    line.add(Integer.toString(extras.listenPort().orElse(-1)));
                    line.add(Integer.toString(extras.mark()));
                    texts(line, extras.sources());
                    line.add(Integer.toString(extras.allowedSources().size()));
                    for (List<IpPrefix> sources : extras.allowedSources()) {
                        texts(line, sources);
                    }
                }
                case FirewallTable.Found(Table found) -> {
                    line.add("found");
                    line.add(found.family().word());
                    line.add(found.name());
                }
            }
        }
        return line;
    }

    private static List<FirewallTable> tables(Fields in) throws JournalException {
        List<FirewallTable> tables = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            String kind = in.text();
            tables.add(
                    switch (kind) {
                        case "mark4" -> markChains(IpFamily.V4, in);
                        case "mark6" -> markChains(IpFamily.V6, in);
                        case "extras" -> extras(in);
                        case "found" -> new FirewallTable.Found(new Table(tableFamily(in.text()), in.text()));
                        default -> throw new JournalException("unknown table `" + kind + "'");
                    });
        }
        return tables;
    }

    private static TableFamily tableFamily(String word) throws JournalException {
        return TableFamily.parse(word).orElseThrow(() -> new JournalException("`" + word + "' is no table family"));
    }

    private static FirewallTable markChains(IpFamily family, Fields in) throws JournalException {
        return new FirewallTable.MarkChains(family, link(in), in.number(), addresses(in));
    }

    private static FirewallTable extras(Fields in) throws JournalException {
        InterfaceName link = link(in);
        int port = in.number();
        int mark = in.number();
        List<IpAddress> sources = addresses(in);
        List<List<IpPrefix>> allowed = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            List<IpPrefix> list = new ArrayList<>();
            for (String text : in.texts()) {
                list.add(prefix(text));
            }
            allowed.add(list);
        }
        return new FirewallTable.Extras(
                link, port < 0 ? OptionalInt.empty() : OptionalInt.of(port), allowed, mark, sources);
    }

    private static void texts(List<String> line, List<?> values) {
        line.add(Integer.toString(values.size()));
        for (Object value : values) {
            line.add(value.toString());
        }
    }

    private static List<IpAddress> addresses(Fields in) throws JournalException {
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : in.texts()) {
            addresses.add(address(text));
        }
        return addresses;
    }

    private static List<String> dns(List<String> line, DnsSetup dns) {
        line.add(dns.link().text());
        line.add(dns.tool() == DnsSetup.Tool.RESOLVCONF ? "resolvconf" : "resolvectl");
        line.add(dns.registeredName());
        texts(line, dns.servers());
        texts(line, dns.searchDomains());
        return line;
    }

    private static DnsSetup dns(Fields in) throws JournalException {
        return new DnsSetup(link(in), tool(in.text()), in.text(), in.texts(), in.texts());
    }

    private static DnsSetup.Tool tool(String name) throws JournalException {
        return switch (name) {
            case "resolvconf" -> DnsSetup.Tool.RESOLVCONF;
            case "resolvectl" -> DnsSetup.Tool.RESOLVECTL;
            default -> throw new JournalException("unknown tool `" + name + "'");
        };
    }
}
