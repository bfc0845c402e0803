// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.WordException;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads what [StepText] writes.
final class StepReader {
    private final Fields fields;

    private StepReader(Fields fields) {
        this.fields = fields;
    }

    static Step read(String line) throws JournalException {
        Fields fields = Fields.split(line);
        Step step = new StepReader(fields).step(fields.text());
        fields.end();
        return step;
    }

    /// A route alone, as [StepText#writeRoute] writes it.
    static Route readRoute(String line) throws JournalException {
        Fields fields = Fields.split(line);
        Route route = new StepReader(fields).route();
        fields.end();
        return route;
    }

    private Step step(String name) throws JournalException {
        return switch (name) {
            case "create-link" -> new Step.CreateLink(link());
            case "start-engine" -> new Step.StartEngine(link(), fields.text());
            case "delete-link" -> new Step.DeleteLink(link());
            case "apply-device" -> new Step.ApplyDevice(link());
            case "reload-device" -> new Step.ReloadDevice(link());
            case "restore-device" -> new Step.RestoreDevice(link());
            case "set-fwmark" -> new Step.SetFwmark(link(), fields.number(), fields.number());
            case "add-address" -> new Step.AddAddress(link(), prefix(fields.text()));
            case "delete-address" -> new Step.DeleteAddress(link(), prefix(fields.text()));
            case "replace-address" -> new Step.ReplaceAddress(link(), prefix(fields.text()), prefix(fields.text()));
            case "set-mtu-up" -> new Step.SetMtuAndUp(link(), fields.number());
            case "set-mtu" -> new Step.SetMtu(link(), fields.number(), fields.number());
            case "add-rule" -> new Step.AddRule(rule());
            case "delete-rule" -> new Step.DeleteRule(rule());
            case "add-route" -> new Step.AddRoute(route());
            case "delete-route" -> new Step.DeleteRoute(route());
            case "replace-route" -> new Step.ReplaceRoute(route(), route());
            case "set-sysctl" -> new Step.SetSysctl(fields.text(), fields.text(), fields.text());
            case "install-firewall" -> new Step.InstallFirewall(tables());
            case "remove-firewall" -> new Step.RemoveFirewall(tables());
            case "replace-firewall" -> new Step.ReplaceFirewall(tables(), tables());
            case "set-dns" -> new Step.SetDns(dns());
            case "unset-dns" -> new Step.UnsetDns(dns());
            case "replace-dns" -> new Step.ReplaceDns(dns(), dns());
            case "save-config" -> new Step.SaveConfig(link());
            default -> throw new JournalException("unknown step `" + name + "'");
        };
    }

    private InterfaceName link() throws JournalException {
        return StepText.link(fields.text());
    }

    private Route route() throws JournalException {
        try {
            return IpRouteSyntax.parse(words(fields.text()), StepText.numbers());
        } catch (WordException e) {
            throw new JournalException("a route: " + e.getMessage());
        }
    }

    private PolicyRule rule() throws JournalException {
        try {
            return IpRuleSyntax.parse(words(fields.text()), StepText.numbers());
        } catch (WordException e) {
            throw new JournalException("a rule: " + e.getMessage());
        }
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

    private List<FirewallTable> tables() throws JournalException {
        List<FirewallTable> tables = new ArrayList<>();
        for (int left = fields.number(); left > 0; left--) {
            tables.add(table(fields.text()));
        }
        return tables;
    }

    private FirewallTable table(String kind) throws JournalException {
        return switch (kind) {
            case "mark4", "mark6" ->
                new FirewallTable.MarkChains(kind.equals("mark6") ? IpFamily.V6 : IpFamily.V4, link(), fields.number(), addresses());
            case "extras" -> extras();
            case "found" -> new FirewallTable.Found(fields.text(), fields.text());
            default -> throw new JournalException("unknown table `" + kind + "'");
        };
    }

    private FirewallTable extras() throws JournalException {
        InterfaceName link = link();
        int port = fields.number();
        int mark = fields.number();
        List<IpAddress> sources = addresses();
        List<List<IpPrefix>> allowed = new ArrayList<>();
        for (int left = fields.number(); left > 0; left--) {
            List<IpPrefix> list = new ArrayList<>();
            for (String text : fields.texts()) {
                list.add(prefix(text));
            }
            allowed.add(list);
        }
        return new FirewallTable.Extras(
                link, port < 0 ? OptionalInt.empty() : OptionalInt.of(port), allowed, mark, sources);
    }

    private List<IpAddress> addresses() throws JournalException {
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : fields.texts()) {
            addresses.add(address(text));
        }
        return addresses;
    }

    private DnsSetup dns() throws JournalException {
        return new DnsSetup(link(), tool(fields.text()), fields.text(), fields.texts(), fields.texts());
    }

    private static DnsSetup.Tool tool(String name) throws JournalException {
        Optional<DnsSetup.Tool> tool = switch (name) {
            case "resolvconf" -> Optional.of(DnsSetup.Tool.RESOLVCONF);
            case "resolvectl" -> Optional.of(DnsSetup.Tool.RESOLVECTL);
            default -> Optional.empty();
        };
        return tool.orElseThrow(() -> new JournalException("unknown tool `" + name + "'"));
    }
}
