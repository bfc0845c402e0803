// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One deed on the system. Holds all that a journal needs to undo it later: no keys, no text to be run.
public sealed interface Step {
    /// The step that undoes this one; empty when nothing can, or when its link takes it away.
    Optional<Step> inverse();

    /// What makes two steps the same thing: a route's place in its table, a firewall's name, a default route's rule
    /// without its priority. Two steps of equal identity concern the same thing on the host.
    default Object identity() {
        if (this instanceof AddRoute add) {
            return RoutePlace.of(add.route());
        }
        if (this instanceof AddRule add) {
            PolicyRule rule = add.rule().withProtocol(0);
            return DefaultRouteRules.isEither(rule) ? rule.withPriority(0) : rule;
        }
        if (this instanceof InstallFirewall install) {
            List<String> names = new ArrayList<>();
            for (FirewallTable table : install.tables()) {
                names.add(table.family() + " " + table.name());
            }
            return names;
        }
        boolean single = this instanceof SetMtuAndUp
                || this instanceof SetDns
                || this instanceof SetSysctl
                || this instanceof SetFwmark;
        return single ? getClass() : this;
    }

    /// Calls the method of `visitor` that this step is for. Not a pattern switch: its bootstrap cannot be archived and
    /// costs a short command several milliseconds.
    <T> T accept(StepVisitor<T> visitor);

    /// Creates a WireGuard link in the kernel.
    record CreateLink(InterfaceName link) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteLink(link));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.createLink(this);
        }
    }

    /// Starts a userspace implementation, which creates the link, and waits for its socket.
    ///
    /// @param program its path or name, or [HostSupport#OWN_ENGINE]
    record StartEngine(InterfaceName link, String program) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteLink(link));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.startEngine(this);
        }
    }

    /// Deletes the link; its addresses and routes go with it, and its userspace implementation ends.
    record DeleteLink(InterfaceName link) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.deleteLink(this);
        }
    }

    /// Adds the file's configuration to a new device; it goes with the link.
    record ApplyDevice(InterfaceName link) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.applyDevice(this);
        }
    }

    /// Changes a running device to what the file says.
    record ReloadDevice(InterfaceName link) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new RestoreDevice(link));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.reloadDevice(this);
        }
    }

    /// Takes back what [ReloadDevice] changed. Only the process that did it knows what that was.
    record RestoreDevice(InterfaceName link) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReloadDevice(link));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.restoreDevice(this);
        }
    }

    /// Sets the mark of encrypted packets; 32 bits unsigned, 0 for off.
    record SetFwmark(InterfaceName link, int mark, int before) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetFwmark(link, before, mark));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.setFwmark(this);
        }
    }

    /// Adds an address, host bits and all.
    record AddAddress(InterfaceName link, IpPrefix address) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteAddress(link, address));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.addAddress(this);
        }
    }

    /// Takes an address away.
    record DeleteAddress(InterfaceName link, IpPrefix address) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new AddAddress(link, address));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.deleteAddress(this);
        }
    }

    /// Puts an IPv6 address in the place of the same one with another length, and gives its routes their source again:
    /// a link has an IPv6 address once, whatever its length.
    record ReplaceAddress(InterfaceName link, IpPrefix address, IpPrefix before) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReplaceAddress(link, before, address));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.replaceAddress(this);
        }
    }

    /// Gives a new link its MTU in bytes and switches it on; it goes with the link.
    record SetMtuAndUp(InterfaceName link, int mtu) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.setMtuAndUp(this);
        }
    }

    /// Changes the MTU in bytes of a link that is up.
    record SetMtu(InterfaceName link, int mtu, int before) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetMtu(link, before, mtu));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.setMtu(this);
        }
    }

    /// Adds a rule that has a priority.
    record AddRule(PolicyRule rule) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteRule(rule));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.addRule(this);
        }
    }

    /// Deletes this rule and no other that resembles it.
    record DeleteRule(PolicyRule rule) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new AddRule(rule));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.deleteRule(this);
        }
    }

    /// Adds a route; fails when there is one.
    record AddRoute(Route route) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteRoute(route));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.addRoute(this);
        }
    }

    /// Deletes this route.
    record DeleteRoute(Route route) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new AddRoute(route));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.deleteRoute(this);
        }
    }

    /// Puts a route in the place of another to the same destination, at once.
    record ReplaceRoute(Route route, Route before) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReplaceRoute(before, route));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.replaceRoute(this);
        }
    }

    /// Writes a kernel setting.
    ///
    /// @param key with dots: `net.ipv4.conf.all.src_valid_mark`
    record SetSysctl(String key, String value, String before) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetSysctl(key, before, value));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.setSysctl(this);
        }
    }

    /// Makes tables of nftables in one transaction.
    record InstallFirewall(List<FirewallTable> tables) implements Step {
        public InstallFirewall {
            tables = List.copyOf(tables);
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new RemoveFirewall(tables));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.installFirewall(this);
        }
    }

    /// Deletes tables of nftables in one transaction.
    record RemoveFirewall(List<FirewallTable> tables) implements Step {
        public RemoveFirewall {
            tables = List.copyOf(tables);
        }

        @Override
        public Optional<Step> inverse() {
            for (FirewallTable table : tables) {
                if (table instanceof FirewallTable.Found) {
                    return Optional.empty();
                }
            }
            return Optional.of(new InstallFirewall(tables));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.removeFirewall(this);
        }
    }

    /// Puts tables in the place of others in one transaction: at no time is there neither.
    record ReplaceFirewall(List<FirewallTable> tables, List<FirewallTable> before) implements Step {
        public ReplaceFirewall {
            tables = List.copyOf(tables);
            before = List.copyOf(before);
        }

        @Override
        public Optional<Step> inverse() {
            for (FirewallTable table : before) {
                if (table instanceof FirewallTable.Found) {
                    return Optional.empty();
                }
            }
            return Optional.of(new ReplaceFirewall(before, tables));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.replaceFirewall(this);
        }
    }

    /// Registers name servers.
    record SetDns(DnsSetup dns) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new UnsetDns(dns));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.setDns(this);
        }
    }

    /// Takes name servers back; that it fails stops nothing.
    record UnsetDns(DnsSetup dns) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetDns(dns));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.unsetDns(this);
        }
    }

    /// Registers name servers in the place of others.
    record ReplaceDns(DnsSetup dns, DnsSetup before) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReplaceDns(before, dns));
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.replaceDns(this);
        }
    }

    /// Runs a user's command, which nobody can undo.
    ///
    /// @param index from 0 among those of its phase
    /// @param command for bash, `%i` expanded; not written to journals
    record RunHook(HookPhase phase, int index, String command) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.runHook(this);
        }
    }

    /// Writes the file anew from what is; it keeps its old content until then.
    record SaveConfig(InterfaceName link) implements Step {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }

        @Override
        public <T> T accept(StepVisitor<T> visitor) {
            return visitor.saveConfig(this);
        }
    }
}
