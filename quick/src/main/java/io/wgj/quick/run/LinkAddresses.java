// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.InterfaceAddress;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Adds and deletes a link's addresses without side effects. With an address, the kernel deletes other
/// addresses of its network, the link's routes, or the source address of routes: these are kept or restored.
final class LinkAddresses {
    private static final int IFA_F_TENTATIVE = 0x40;
    private static final int TRIES = 2_000;
    private static final long PAUSE_MILLIS = 2;

    private final RouteNetlink netlink;
    private final Sysctls sysctls;

    LinkAddresses(RouteNetlink netlink, Sysctls sysctls) {
        this.netlink = netlink;
        this.sysctls = sysctls;
    }

    void add(int link, IpPrefix address) throws NetlinkException {
        netlink.addAddress(new InterfaceAddress(link, address));
    }

    /// Deletes one address of the link called `name`.
    void delete(int link, InterfaceName name, IpPrefix address) throws NetlinkException, StepException {
        InterfaceAddress gone = new InterfaceAddress(link, address);
        if (gone.prefix().family() == IpFamily.V6) {
            netlink.deleteAddress(gone);
        } else if (isLastOfIpv4(gone)) {
            deleteLast(gone, name);
        } else if (sysctls.promoteSecondaries(name)) {
            netlink.deleteAddress(gone);
        } else {
            deleteAlone(gone);
        }
    }

    private boolean isLastOfIpv4(InterfaceAddress gone) throws NetlinkException {
        for (InterfaceAddress other : netlink.addresses()) {
            boolean same = other.prefix().equals(gone.prefix());
            if (other.linkIndex() == gone.linkIndex() && other.prefix().family() == IpFamily.V4 && !same) {
                return false;
            }
        }
        return true;
    }

    /// With its last IPv4 address a link loses all its IPv4 routes. Restores those that do not need the
    /// address.
    private void deleteLast(InterfaceAddress gone, InterfaceName name) throws NetlinkException {
        List<Route> before = new ArrayList<>();
        for (Route route : netlink.routes().list()) {
            boolean ofAddress = route.protocol() == Route.PROTOCOL_KERNEL
                    || route.preferredSource().equals(Optional.of(gone.address()));
            if (route.family() == IpFamily.V4 && !ofAddress && route.device().equals(Optional.of(name.text()))) {
                before.add(route);
            }
        }
        netlink.deleteAddress(gone);
        Set<Route> left = new HashSet<>(netlink.routes().list());
        before.removeIf(left::contains);
        // Routes without a gateway come first: gateways are reached by them.
        for (boolean withGateway : new boolean[] {false, true}) {
            for (Route route : before) {
                if (route.gateway().isPresent() == withGateway) {
                    addUnlessThere(route);
                }
            }
        }
    }

    private void addUnlessThere(Route route) throws NetlinkException {
        try {
            netlink.routes().add(route);
        } catch (NetlinkException e) {
            // The gateway may have been reachable only by the deleted address.
            if (!e.errno().is(Errno.EEXIST) && route.gateway().isEmpty()) {
                throw e;
            }
        }
    }

    /// Deletes an address with which the kernel would delete others of its network, and with the last one all
    /// routes of the link. Meanwhile each of the others has a substitute in a network of its own.
    private void deleteAlone(InterfaceAddress gone) throws NetlinkException {
        List<InterfaceAddress> neighbours = new ArrayList<>();
        List<InterfaceAddress> standIns = new ArrayList<>();
        for (InterfaceAddress listed : netlink.addresses()) {
            InterfaceAddress other = new InterfaceAddress(listed.linkIndex(), listed.prefix());
            if (!other.equals(gone) && isOfSameNetwork(other, gone)) {
                neighbours.add(other);
                InterfaceAddress standIn = new InterfaceAddress(other.linkIndex(), IpPrefix.host(other.address()));
                if (addUnlessThere(standIn)) {
                    standIns.add(standIn);
                }
            }
        }
        netlink.deleteAddress(gone);
        for (InterfaceAddress neighbour : neighbours) {
            addUnlessThere(neighbour);
        }
        for (InterfaceAddress standIn : standIns) {
            netlink.deleteAddress(standIn);
        }
    }

    private static boolean isOfSameNetwork(InterfaceAddress left, InterfaceAddress right) {
        return left.linkIndex() == right.linkIndex()
                && left.prefix().family() == IpFamily.V4
                && left.prefix().length() == right.prefix().length()
                && left.prefix().length() < IpFamily.V4.bits()
                && left.prefix().contains(right.address());
    }

    private boolean addUnlessThere(InterfaceAddress address) throws NetlinkException {
        try {
            netlink.addAddress(address);
            return true;
        } catch (NetlinkException e) {
            if (e.errno().is(Errno.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    /// Gives an IPv6 address another prefix length. The address is gone for a moment, and routes on any link
    /// lose it as their source address.
    void replace(int link, IpPrefix before, IpPrefix address) throws NetlinkException {
        InterfaceAddress gone = new InterfaceAddress(link, before);
        List<Route> routes = new ArrayList<>();
        for (Route route : netlink.routes().list()) {
            if (route.preferredSource().equals(Optional.of(gone.address()))
                    && route.protocol() != Route.PROTOCOL_KERNEL
                    && route.nextHops().isEmpty()) {
                routes.add(route);
            }
        }
        netlink.deleteAddress(gone);
        try {
            netlink.addAddress(new InterfaceAddress(link, address));
        } catch (NetlinkException e) {
            netlink.addAddress(gone);
            restore(gone, routes);
            throw e;
        }
        restore(new InterfaceAddress(link, address), routes);
    }

    private void restore(InterfaceAddress source, List<Route> routes) throws NetlinkException {
        if (!routes.isEmpty()) {
            awaitUsable(source.address());
        }
        for (Route route : routes) {
            netlink.routes().replace(route);
        }
    }

    /// Waits until the kernel accepts the IPv6 source addresses of these routes; see [#awaitUsable(IpAddress)].
    void awaitSources(List<Route> routes) throws NetlinkException {
        Set<IpAddress> usable = new HashSet<>();
        for (Route route : routes) {
            Optional<IpAddress> source = route.preferredSource();
            if (source.isPresent() && source.get().family() == IpFamily.V6 && usable.add(source.get())) {
                awaitUsable(source.get());
            }
        }
    }

    /// Waits until the kernel accepts an IPv6 address as the source address of a route. It does so after duplicate
    /// address detection. A link without detection takes only a moment: a worker of the kernel has to run. Returns
    /// at once when no link has the address. Returns after four seconds in any case: the kernel then says what is
    /// wrong.
    private void awaitUsable(IpAddress address) throws NetlinkException {
        for (int i = 0; i < TRIES && isTentative(address); i++) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isTentative(IpAddress address) throws NetlinkException {
        for (InterfaceAddress other : netlink.addresses()) {
            if (other.address().equals(address) && (other.flags() & IFA_F_TENTATIVE) != 0) {
                return true;
            }
        }
        return false;
    }
}
