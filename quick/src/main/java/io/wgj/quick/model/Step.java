// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.Table;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One step of a plan: it changes the host in one place, and holds all the data that this takes.
///
/// Code that handles every kind of step is a pattern `switch` without `default`. A new kind does not compile
/// until each of these places handles it. (The build turns these switches into plain code:
/// docs/decisions/010.)
public sealed interface Step {
    /// What remains on the host once this step has been performed.
    Effect effect();

    /// The step that undoes this one; empty when nothing can, or when deleting the link undoes it.
    Optional<Step> inverse();

    /// What this step changes. Two steps of equal identity change the same thing, perhaps to different
    /// contents: routes in the same place of a table, firewall tables of the same name, rules of a default
    /// route.
    default Object identity() {
        return this;
    }

    /// The steps of one kind, in their order.
    static <T extends Step> List<T> select(List<? extends Step> steps, Class<T> kind) {
        List<T> selected = new ArrayList<>();
        for (Step step : steps) {
            if (kind.isInstance(step)) {
                selected.add(kind.cast(step));
            }
        }
        return selected;
    }

    /// Whether there is a step of this kind.
    static boolean contains(List<? extends Step> steps, Class<? extends Step> kind) {
        for (Step step : steps) {
            if (kind.isInstance(step)) {
                return true;
            }
        }
        return false;
    }

    /// A step whose result stays on the host until another step undoes it.
    sealed interface Lasting extends Step {
        @Override
        default Effect effect() {
            return new Effect.Adds(this);
        }
    }

    /// A step that makes the tunnel's link.
    sealed interface MakesLink extends Lasting {
        /// The link's name.
        InterfaceName link();

        @Override
        default Optional<Step> inverse() {
            return Optional.of(new DeleteLink(link()));
        }
    }

    /// Creates a WireGuard link in the kernel.
    record CreateLink(InterfaceName link) implements MakesLink {}

    /// Starts a userspace implementation, which creates the link, and waits for its socket.
    ///
    /// @param program its path or name, or [HostSupport#OWN_ENGINE]
    record StartEngine(InterfaceName link, String program) implements MakesLink {}

    /// Deletes the link. Its addresses and routes go with it, and its userspace implementation exits.
    record DeleteLink(InterfaceName link) implements Step {
        @Override
        public Effect effect() {
            return new Effect.RemovesLink();
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }
    }

    /// Adds the file's configuration to a new device. Deleting the link undoes it.
    ///
    /// @param update what the device is sent, as far as it is known when the plan is made. A run leaves it
    ///     empty: it looks names up and runs `PrivateKeyCommand` when it performs the step. Journals leave it
    ///     out, because it holds keys
    record ApplyDevice(InterfaceName link, Optional<DeviceUpdate> update) implements Lasting {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }
    }

    /// Changes a running device to what the file says.
    ///
    /// @param change empty in a journal, because it holds keys
    record ReloadDevice(InterfaceName link, Optional<DeviceChange> change) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Reconfigures();
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new RestoreDevice(link, change));
        }
    }

    /// Undoes what [ReloadDevice] changed.
    ///
    /// @param change the change to undo; empty in a journal, because it holds keys
    record RestoreDevice(InterfaceName link, Optional<DeviceChange> change) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Reconfigures();
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReloadDevice(link, change));
        }
    }

    /// Sets the mark of encrypted packets; 32 bits unsigned, 0 for off.
    record SetFwmark(InterfaceName link, int mark, int before) implements Lasting {
        @Override
        public Effect effect() {
            return new Effect.Sets(this);
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetFwmark(link, before, mark));
        }

        @Override
        public Object identity() {
            return SetFwmark.class;
        }
    }

    /// Adds an address with its host bits.
    record AddAddress(InterfaceName link, IpPrefix address) implements Lasting {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteAddress(link, address));
        }
    }

    /// Deletes an address.
    record DeleteAddress(InterfaceName link, IpPrefix address) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Removes(new AddAddress(link, address));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new AddAddress(link, address));
        }
    }

    /// Replaces an IPv6 address by the same one with another prefix length, and restores it as the source
    /// address of routes. A link has an IPv6 address only once, whatever its prefix length.
    record ReplaceAddress(InterfaceName link, IpPrefix address, IpPrefix before) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Replaces(new AddAddress(link, before), new AddAddress(link, address));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReplaceAddress(link, before, address));
        }
    }

    /// Sets the MTU, in bytes, of a new link and sets the link up. Deleting the link undoes it.
    record SetMtuAndUp(InterfaceName link, int mtu) implements Lasting {
        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }

        @Override
        public Object identity() {
            return SetMtuAndUp.class;
        }
    }

    /// Changes the MTU, in bytes, of a link that is up.
    record SetMtu(InterfaceName link, int mtu, int before) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Replaces(new SetMtuAndUp(link, before), new SetMtuAndUp(link, mtu));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetMtu(link, before, mtu));
        }
    }

    /// Adds a rule that has a priority.
    record AddRule(PolicyRule rule) implements Lasting {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteRule(rule));
        }

        /// The priority of a default route's rule was chosen for it, so it does not count.
        @Override
        public Object identity() {
            PolicyRule anyone = rule.withProtocol(0);
            return DefaultRouteRules.isEither(anyone) ? anyone.withPriority(0) : anyone;
        }
    }

    /// Deletes exactly this rule.
    record DeleteRule(PolicyRule rule) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Removes(new AddRule(rule));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new AddRule(rule));
        }
    }

    /// Adds a route. Fails when its place is taken.
    record AddRoute(Route route) implements Lasting {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new DeleteRoute(route));
        }

        @Override
        public Object identity() {
            return RoutePlace.of(route);
        }
    }

    /// Deletes exactly this route.
    record DeleteRoute(Route route) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Removes(new AddRoute(route));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new AddRoute(route));
        }
    }

    /// Replaces a route to the same destination at once.
    record ReplaceRoute(Route route, Route before) implements Step {
        /// The kernel's own route belongs to an address: restoring it adds nothing of ours.
        @Override
        public Effect effect() {
            AddRoute replaced = new AddRoute(before);
            return route.protocol() == Route.PROTOCOL_KERNEL
                    ? new Effect.Removes(replaced)
                    : new Effect.Replaces(replaced, new AddRoute(route));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReplaceRoute(before, route));
        }
    }

    /// Writes a kernel setting.
    ///
    /// @param key with dots: `net.ipv4.conf.all.src_valid_mark`
    record SetSysctl(String key, String value, String before) implements Lasting {
        @Override
        public Effect effect() {
            return new Effect.Sets(this);
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetSysctl(key, before, value));
        }

        @Override
        public Object identity() {
            return SetSysctl.class;
        }
    }

    /// Adds nftables tables in one transaction.
    record InstallFirewall(List<FirewallTable> tables) implements Lasting {
        public InstallFirewall {
            tables = List.copyOf(tables);
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new RemoveFirewall(tables));
        }

        /// The tables' families and names.
        @Override
        public Object identity() {
            List<Table> identities = new ArrayList<>();
            for (FirewallTable table : tables) {
                identities.add(table.table());
            }
            return identities;
        }
    }

    /// Deletes nftables tables in one transaction.
    record RemoveFirewall(List<FirewallTable> tables) implements Step {
        public RemoveFirewall {
            tables = List.copyOf(tables);
        }

        @Override
        public Effect effect() {
            return new Effect.Removes(new InstallFirewall(tables));
        }

        @Override
        public Optional<Step> inverse() {
            return FirewallTable.areAllKnown(tables) ? Optional.of(new InstallFirewall(tables)) : Optional.empty();
        }
    }

    /// Replaces nftables tables in one transaction: at no time is there neither.
    record ReplaceFirewall(List<FirewallTable> tables, List<FirewallTable> before) implements Step {
        public ReplaceFirewall {
            tables = List.copyOf(tables);
            before = List.copyOf(before);
        }

        @Override
        public Effect effect() {
            return new Effect.Replaces(new InstallFirewall(before), new InstallFirewall(tables));
        }

        @Override
        public Optional<Step> inverse() {
            return FirewallTable.areAllKnown(before)
                    ? Optional.of(new ReplaceFirewall(before, tables))
                    : Optional.empty();
        }
    }

    /// Registers name servers.
    record SetDns(DnsSetup dns) implements Lasting {
        @Override
        public Optional<Step> inverse() {
            return Optional.of(new UnsetDns(dns));
        }

        @Override
        public Object identity() {
            return SetDns.class;
        }
    }

    /// Removes registered name servers. Its failure stops nothing.
    record UnsetDns(DnsSetup dns) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Removes(new SetDns(dns));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new SetDns(dns));
        }
    }

    /// Registers name servers in place of others.
    record ReplaceDns(DnsSetup dns, DnsSetup before) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Replaces(new SetDns(before), new SetDns(dns));
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.of(new ReplaceDns(before, dns));
        }
    }

    /// Runs a user's command.
    ///
    /// @param index from 0 among the commands of its phase
    /// @param command for bash, with `%i` expanded
    record RunHook(HookPhase phase, int index, String command) implements Step {
        @Override
        public Effect effect() {
            return new Effect.ActsOutside();
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }
    }

    /// Writes the file anew from the device's state. The file keeps its old contents until the new ones are
    /// complete.
    record SaveConfig(InterfaceName link) implements Step {
        @Override
        public Effect effect() {
            return new Effect.ActsOutside();
        }

        @Override
        public Optional<Step> inverse() {
            return Optional.empty();
        }
    }
}
