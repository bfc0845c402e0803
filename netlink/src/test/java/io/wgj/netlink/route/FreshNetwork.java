// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.ReferenceTool;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.transport.NetlinkException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A network namespace for one test.
final class FreshNetwork {
    /// The body of the test.
    @FunctionalInterface
    interface Body {
        void run(RouteNetlink route) throws Exception;
    }

    private FreshNetwork() {}

    static void with(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            try (RouteNetlink route = RouteNetlink.open()) {
                body.run(route);
            }
            return true;
        });
    }

    /// Creates a link that is up and has an address.
    static Link bridge(RouteNetlink route, String name, String address, int prefixLength) throws NetlinkException {
        route.createLink(name, "bridge");
        Link link = route.link(name).orElseThrow();
        // Otherwise the kernel adds an address of its own a second or two later.
        ReferenceTool.output("ip link set " + name + " addrgenmode none");
        route.setUp(link.index());
        route.addAddress(new InterfaceAddress(
                link.index(), new IpPrefix(IpAddress.parse(address).orElseThrow(), prefixLength)));
        return link;
    }

    static void assertErrno(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> Assertions.assertThat(e.errno()).isEqualTo(new Errno(number)));
    }
}
