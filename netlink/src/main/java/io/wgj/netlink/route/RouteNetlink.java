// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_CREATE;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_EXCL;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lists and changes the links and addresses of the network namespace it was opened in, and, over the same
/// connection, its [#routes] and [#rules]. Listing needs no privilege, changing needs CAP_NET_ADMIN. Not for
/// several threads at once.
public final class RouteNetlink implements AutoCloseable {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int RTM_GETADDR = 22;

    private final NetlinkConnection connection;
    /// Created on first use: most callers only look for links.
    private @Nullable Routes routes;

    public RouteNetlink(NetlinkConnection connection) {
        this.connection = connection;
    }

    /// Connects, in the calling thread's network namespace.
    public static RouteNetlink open() throws NetlinkException {
        return new RouteNetlink(NetlinkConnection.open(NetlinkConnection.NETLINK_ROUTE));
    }

    /// The routes of this namespace.
    public Routes routes() {
        if (routes == null) {
            routes = new Routes(connection, new LinkIndexes(this));
        }
        return routes;
    }

    /// The rules of policy routing of this namespace.
    public Rules rules() {
        return new Rules(connection);
    }

    /// All that decides about routes in this namespace.
    public FibReader fib() {
        return new FibReader(connection);
    }

    /// All links, in the kernel's order by index. When links come and go during the dump, the result is the
    /// kernel's best effort.
    public List<Link> links() throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder().header(Link.header(0, 0, 0));
        return connection.dump("list links", RTM_GETLINK, request.payload(), OnInterruption.KEEP, new LinkCollectors())
                .links;
    }

    /// The link called `name`; empty when there is none.
    public Optional<Link> link(String name) throws NetlinkException {
        if (name.isEmpty() || name.length() > DeviceName.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(existing(name));
        } catch (NetlinkException e) {
            if (e.missingLink().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The link called `name`; [NetlinkException#missingLink] names it when there is none.
    Link existing(String name) throws NetlinkException {
        AttributeWriter request =
                AttributeWriter.inNativeOrder().header(Link.header(0, 0, 0)).string(Link.IFLA_IFNAME, name);
        LinkCollector collector = new LinkCollector();
        String operation = "look up link " + name;
        try {
            connection.request(operation, RTM_GETLINK, 0, request.payload(), collector);
        } catch (NetlinkException e) {
            throw e.errno().is(Errno.ENODEV) ? e.forMissingLink(name) : e;
        }
        if (collector.links.isEmpty()) {
            throw NetlinkException.unanswered(operation);
        }
        return collector.links.getFirst();
    }

    /// Creates a link. `EEXIST` when the name is taken, `EOPNOTSUPP` when the kernel has no such kind.
    public void createLink(String name, String kind) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder()
                .header(Link.header(0, 0, 0))
                .string(Link.IFLA_IFNAME, name)
                // Without the closing NUL, as ip(8) sends it.
                .nested(Link.IFLA_LINKINFO, info -> info.bytes(Link.IFLA_INFO_KIND, Latin1.bytes(kind)));
        change("create link " + name, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, request);
    }

    /// Deletes a link.
    public void deleteLink(int index) throws NetlinkException {
        change("delete link " + index, RTM_DELLINK, 0, setting(index, 0, 0));
    }

    /// Switches a link on.
    public void setUp(int index) throws NetlinkException {
        change("set link " + index + " up", RTM_NEWLINK, 0, setting(index, Link.IFF_UP, Link.IFF_UP));
    }

    /// Sets a link's MTU and switches it on in one message: the link is never up with another MTU.
    public void setUp(int index, int mtu) throws NetlinkException {
        AttributeWriter request = setting(index, Link.IFF_UP, Link.IFF_UP).u32(Link.IFLA_MTU, mtu);
        change("set link " + index + " up, MTU " + mtu, RTM_NEWLINK, 0, request);
    }

    /// Switches a link off. Its addresses stay, its routes are deleted.
    public void setDown(int index) throws NetlinkException {
        change("set link " + index + " down", RTM_NEWLINK, 0, setting(index, 0, Link.IFF_UP));
    }

    /// Sets a link's MTU.
    public void setMtu(int index, int mtu) throws NetlinkException {
        change(
                "set link " + index + " MTU " + mtu,
                RTM_NEWLINK,
                0,
                setting(index, 0, 0).u32(Link.IFLA_MTU, mtu));
    }

    /// Limits the number of segments in one packet that the kernel hands to a link.
    public void setGsoMaxSegments(int index, int most) throws NetlinkException {
        change(
                "set link " + index + " to " + most + " segments",
                RTM_NEWLINK,
                0,
                setting(index, 0, 0).u32(Link.IFLA_GSO_MAX_SEGS, most));
    }

    /// Makes the kernel give a link no link-local IPv6 address when it is switched on. `EAFNOSUPPORT` on a
    /// host without IPv6.
    public void setNoLinkLocalAddress(int index) throws NetlinkException {
        AttributeWriter request = setting(index, 0, 0)
                .nested(
                        Link.IFLA_AF_SPEC,
                        families -> families.nested(
                                IpFamily.V6.number(),
                                ipv6 -> ipv6.u8(Link.IFLA_INET6_ADDR_GEN_MODE, Link.IN6_ADDR_GEN_MODE_NONE)));
        change("set link " + index + " to no link-local address", RTM_NEWLINK, 0, request);
    }

    /// Moves a link to the network namespace of the open file `namespace`.
    public void moveToNamespace(int index, NativeFile namespace) throws NetlinkException {
        AttributeWriter request = setting(index, 0, 0).u32(Link.IFLA_NET_NS_FD, namespace.descriptor());
        change("move link " + index + " to another namespace", RTM_NEWLINK, 0, request);
    }

    /// The IPv4 and IPv6 addresses of all links.
    public List<InterfaceAddress> addresses() throws NetlinkException {
        return addresses(InterfaceAddress.anyHeader());
    }

    /// The IPv4 and IPv6 addresses of one link, in the kernel's order.
    public List<InterfaceAddress> addresses(Link link) throws NetlinkException {
        List<InterfaceAddress> own = new ArrayList<>();
        for (InterfaceAddress address : addresses(InterfaceAddress.headerOf(link.index()))) {
            if (address.linkIndex() == link.index()) {
                own.add(address);
            }
        }
        return own;
    }

    private List<InterfaceAddress> addresses(byte[] header) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder().header(header);
        return connection.dump(
                        "list addresses", RTM_GETADDR, request.payload(), OnInterruption.RESTART, AddressCollector::new)
                .addresses;
    }

    /// Adds an address to its link; `EEXIST` when it is there.
    public void addAddress(InterfaceAddress address) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder();
        address.encode(request);
        change("add address to link " + address.linkIndex(), RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, request);
    }

    /// Deletes an address from its link; `EADDRNOTAVAIL` when it is not there.
    public void deleteAddress(InterfaceAddress address) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder();
        address.encode(request);
        change("delete address from link " + address.linkIndex(), RTM_DELADDR, 0, request);
    }

    @Override
    public void close() {
        connection.close();
    }

    private static AttributeWriter setting(int index, int flags, int change) {
        return AttributeWriter.inNativeOrder().header(Link.header(index, flags, change));
    }

    private void change(String operation, int type, int flags, AttributeWriter request) throws NetlinkException {
        connection.request(operation, type, flags, request.payload(), MessageHandler.NONE);
    }

    /// A class instead of a lambda, which every run of `wg show` would have to link.
    private static final class LinkCollectors implements Supplier<LinkCollector> {
        @Override
        public LinkCollector get() {
            return new LinkCollector();
        }
    }

    private static final class LinkCollector implements MessageHandler {
        private final List<Link> links = new ArrayList<>();

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.type() == RTM_NEWLINK) {
                links.add(Link.decode(message));
            }
        }
    }

    private static final class AddressCollector implements MessageHandler {
        private final List<InterfaceAddress> addresses = new ArrayList<>();

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.type() == RTM_NEWADDR) {
                InterfaceAddress.decode(message).ifPresent(addresses::add);
            }
        }
    }
}
