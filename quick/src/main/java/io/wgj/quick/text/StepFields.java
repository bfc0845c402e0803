// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The contents of steps as named fields, for programs. A field that has nothing to say is left out. Keys are
/// `(hidden)`, except for the public keys of peers.
///
/// A value is a `String` (bytes, one a char), a `Boolean`, an `Integer`, a `Long`, a `List` of values, or a
/// `Map` of fields. Numbers of 32 bits are unsigned.
public final class StepFields {
    private static final String HIDDEN = "(hidden)";

    private final TableNames tables;
    private final Map<String, String> unresolved;

    /// @param unresolved endpoints that were not looked up, by the text of their peer's key
    public StepFields(TableNames tables, Map<String, String> unresolved) {
        this.tables = tables;
        this.unresolved = unresolved;
    }

    /// The kind of a step: `addRoute` for [Step.AddRoute].
    public static String kind(Step step) {
        String name = step.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /// The fields of a step, in their order.
    public Map<String, Object> of(Step step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (step) {
            case Step.CreateLink(InterfaceName link) -> link(fields, link);
            case Step.StartEngine(InterfaceName link, String program) -> {
                link(fields, link);
                fields.put("program", program);
            }
            case Step.DeleteLink(InterfaceName link) -> link(fields, link);
            case Step.ApplyDevice(InterfaceName link, Optional<DeviceUpdate> update) -> {
                link(fields, link);
                update.ifPresent(known -> device(fields, known));
            }
            case Step.ReloadDevice(InterfaceName link, Optional<DeviceChange> change) -> {
                link(fields, link);
                change.ifPresent(known -> device(fields, known.update()));
            }
            case Step.RestoreDevice restore -> link(fields, restore.link());
            case Step.SetFwmark set -> {
                link(fields, set.link());
                fields.put("fwmark", Integer.toUnsignedLong(set.mark()));
                fields.put("before", Integer.toUnsignedLong(set.before()));
            }
            case Step.AddAddress(InterfaceName link, IpPrefix address) -> address(fields, link, address);
            case Step.DeleteAddress(InterfaceName link, IpPrefix address) -> address(fields, link, address);
            case Step.ReplaceAddress(InterfaceName link, IpPrefix address, IpPrefix before) -> {
                address(fields, link, address);
                fields.put("before", before.text());
            }
            case Step.SetMtuAndUp(InterfaceName link, int mtu) -> {
                link(fields, link);
                fields.put("mtu", mtu);
            }
            case Step.SetMtu set -> {
                link(fields, set.link());
                fields.put("mtu", set.mtu());
                fields.put("before", set.before());
            }
            case Step.AddRule(PolicyRule rule) -> rule(fields, rule);
            case Step.DeleteRule(PolicyRule rule) -> rule(fields, rule);
            case Step.AddRoute(Route route) -> route(fields, route);
            case Step.DeleteRoute(Route route) -> route(fields, route);
            case Step.ReplaceRoute(Route route, Route before) -> {
                route(fields, route);
                Map<String, Object> old = new LinkedHashMap<>();
                route(old, before);
                fields.put("before", old);
            }
            case Step.SetSysctl set -> {
                fields.put("key", set.key());
                fields.put("value", set.value());
                fields.put("before", set.before());
            }
            case Step.InstallFirewall(List<FirewallTable> installed) -> fields.put("tables", firewall(installed));
            case Step.RemoveFirewall(List<FirewallTable> removed) -> fields.put("tables", firewall(removed));
            case Step.ReplaceFirewall(List<FirewallTable> installed, List<FirewallTable> before) -> {
                fields.put("tables", firewall(installed));
                fields.put("before", firewall(before));
            }
            case Step.SetDns(DnsSetup dns) -> dns(fields, dns);
            case Step.UnsetDns(DnsSetup dns) -> dns(fields, dns);
            case Step.ReplaceDns(DnsSetup dns, DnsSetup before) -> {
                dns(fields, dns);
                Map<String, Object> old = new LinkedHashMap<>();
                dns(old, before);
                fields.put("before", old);
            }
            case Step.RunHook hook -> {
                fields.put("phase", hook.phase().key());
                fields.put("command", hook.command());
            }
            case Step.SaveConfig(InterfaceName link) -> link(fields, link);
        }
        return fields;
    }

    private static void link(Map<String, Object> fields, InterfaceName link) {
        fields.put("interface", link.text());
    }

    private static void address(Map<String, Object> fields, InterfaceName link, IpPrefix address) {
        link(fields, link);
        family(fields, address.family());
        fields.put("address", address.text());
    }

    private static void family(Map<String, Object> fields, IpFamily family) {
        fields.put("family", family == IpFamily.V6 ? "inet6" : "inet");
    }

    private void device(Map<String, Object> fields, DeviceUpdate update) {
        if (update.privateKey().isMentioned()) {
            fields.put("privateKey", HIDDEN);
        }
        number(fields, "listenPort", update.listenPort());
        update.fwmark().ifMentioned(0, mark -> fields.put("fwmark", Integer.toUnsignedLong(mark)));
        List<Object> peers = new ArrayList<>();
        for (PeerUpdate peer : update.peers()) {
            peers.add(peer(peer));
        }
        fields.put("peers", peers);
    }

    private Map<String, Object> peer(PeerUpdate peer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("publicKey", peer.publicKey().toBase64());
        switch (peer) {
            case PeerUpdate.Remove _ -> fields.put("remove", true);
            case PeerUpdate.Put put -> {
                PeerSettings<Endpoint.Numeric> settings = put.settings();
                if (settings.presharedKey().isMentioned()) {
                    fields.put("presharedKey", settings.presharedKey().value().isPresent() ? HIDDEN : "");
                }
                Optional<Endpoint.Numeric> endpoint = settings.endpoint().value();
                String named = unresolved.get(put.publicKey().toBase64());
                if (endpoint.isPresent()) {
                    fields.put("endpoint", endpoint.get().text());
                } else if (named != null) {
                    fields.put("endpoint", named);
                }
                number(fields, "persistentKeepalive", settings.persistentKeepalive());
                allowedIps(fields, settings);
            }
        }
        return fields;
    }

    private static void allowedIps(Map<String, Object> fields, PeerSettings<Endpoint.Numeric> settings) {
        List<Object> added = new ArrayList<>();
        List<Object> removed = new ArrayList<>();
        for (AllowedIpUpdate entry : settings.allowedIps()) {
            (entry.remove() ? removed : added).add(entry.prefix().text());
        }
        if (settings.replaceAllowedIps()) {
            fields.put("replaceAllowedIps", true);
        }
        if (!added.isEmpty()) {
            fields.put("allowedIps", added);
        }
        if (!removed.isEmpty()) {
            fields.put("removedAllowedIps", removed);
        }
    }

    private static void number(Map<String, Object> fields, String name, Change<Integer> change) {
        change.ifMentioned(0, number -> fields.put(name, number));
    }

    private void rule(Map<String, Object> fields, PolicyRule rule) {
        family(fields, rule.family());
        rule.priority().ifPresent(number -> fields.put("priority", Integer.toUnsignedLong(number)));
        if (rule.inverted()) {
            fields.put("not", true);
        }
        rule.from().ifPresent(prefix -> fields.put("from", prefix.text()));
        rule.to().ifPresent(prefix -> fields.put("to", prefix.text()));
        rule.inputDevice().ifPresent(device -> fields.put("inputDevice", device));
        rule.outputDevice().ifPresent(device -> fields.put("outputDevice", device));
        if (rule.mark().isPresent()) {
            PolicyRule.Mark mark = rule.mark().get();
            fields.put("fwmark", Integer.toUnsignedLong(mark.value()));
            if (mark.mask() != -1) {
                fields.put("fwmask", Integer.toUnsignedLong(mark.mask()));
            }
        }
        fields.put("action", rule.action().word());
        if (rule.table() != 0) {
            fields.put("table", tables.text(rule.table()));
        }
        rule.suppressPrefixLength().ifPresent(length -> fields.put("suppressPrefixLength", length));
        fields.put("protocol", rule.protocol());
    }

    private void route(Map<String, Object> fields, Route route) {
        family(fields, route.family());
        fields.put("destination", route.destination().text());
        if (route.type() != RouteType.UNICAST) {
            fields.put("type", route.type().word());
        }
        route.gateway().ifPresent(gateway -> fields.put("gateway", gateway.text()));
        route.device().ifPresent(device -> fields.put("device", device));
        if (route.onLink()) {
            fields.put("onLink", true);
        }
        route.preferredSource().ifPresent(source -> fields.put("preferredSource", source.text()));
        fields.put("table", tables.text(route.table()));
        route.metric().ifPresent(metric -> fields.put("metric", Integer.toUnsignedLong(metric)));
        route.mtu().ifPresent(mtu -> fields.put("mtu", Integer.toUnsignedLong(mtu.bytes())));
        fields.put("protocol", route.protocol());
    }

    private static List<Object> firewall(List<FirewallTable> tables) {
        List<Object> all = new ArrayList<>();
        for (FirewallTable table : tables) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("family", table.table().family().word());
            fields.put("name", table.table().name());
            all.add(fields);
        }
        return all;
    }

    private static void dns(Map<String, Object> fields, DnsSetup dns) {
        link(fields, dns.link());
        fields.put(
                "tool",
                switch (dns.tool()) {
                    case RESOLVCONF -> "resolvconf";
                    case RESOLVECTL -> "resolvectl";
                });
        fields.put("servers", dns.servers());
        fields.put("searchDomains", dns.searchDomains());
    }
}
