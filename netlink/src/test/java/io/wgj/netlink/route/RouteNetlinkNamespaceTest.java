// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Changes real links in a network namespace of its own.
@Tag("namespace")
class RouteNetlinkNamespaceTest {
    @FunctionalInterface
    private interface Body {
        void run(RouteNetlink route) throws Exception;
    }

    @Test
    void aLinkIsCreatedChangedAndDeleted() throws Exception {
        inFreshNetwork(route -> {
            route.createLink("br0", "bridge");
            Link created = route.link("br0").orElseThrow();
            assertThat(created.kind()).contains("bridge");
            assertThat(created.isUp()).isFalse();
            assertErrno(Errno.EEXIST, () -> route.createLink("br0", "bridge"));

            route.setUp(created.index(), 1_300);
            Link up = route.link("br0").orElseThrow();
            assertThat(up.isUp()).isTrue();
            assertThat(up.mtu()).isEqualTo(1_300);
            assertThat(route.links()).extracting(Link::name).containsExactly("lo", "br0");

            route.setMtu(created.index(), 1_280);
            route.setDown(created.index());
            Link down = route.link("br0").orElseThrow();
            assertThat(down.isUp()).isFalse();
            assertThat(down.mtu()).isEqualTo(1_280);
            route.setUp(created.index());
            assertThat(route.link("br0").orElseThrow().isUp()).isTrue();

            route.deleteLink(created.index());
            assertThat(route.link("br0")).isEmpty();
            assertErrno(Errno.ENODEV, () -> route.deleteLink(created.index()));
        });
    }

    @Test
    void anUnknownKindIsNotSupported() throws Exception {
        inFreshNetwork(route -> assertThatThrownBy(() -> route.createLink("x0", "no-such-kind"))
                .hasMessageContaining("EOPNOTSUPP")
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.kernelMessage()).contains("Unknown device type")));
    }

    @Test
    void addressesAreAddedListedAndDeleted() throws Exception {
        inFreshNetwork(route -> {
            route.createLink("br0", "bridge");
            int index = route.link("br0").orElseThrow().index();
            InterfaceAddress v4 = new InterfaceAddress(index, new IpPrefix(IpAddress.ofV4(0x0a000001), 24));
            InterfaceAddress v6 =
                    new InterfaceAddress(index, new IpPrefix(IpAddress.ofV6(0xfd00_0000_0000_0000L, 1), 64));
            route.addAddress(v4);
            route.addAddress(v6);
            assertThat(route.addresses()).extracting(InterfaceAddress::address).contains(v4.address(), v6.address());
            assertErrno(Errno.EEXIST, () -> route.addAddress(v4));

            route.deleteAddress(v4);
            route.deleteAddress(v6);
            assertThat(route.addresses())
                    .extracting(InterfaceAddress::linkIndex)
                    .doesNotContain(index);
            assertErrno(Errno.EADDRNOTAVAIL, () -> route.deleteAddress(v4));
        });
    }

    @Tag("long")
    @Test
    void aLinkMovesToAnotherNamespace() throws Exception {
        inFreshNetwork(there -> {
            try (NativeFile target = Namespaces.currentNetwork()) {
                inFreshNetwork(here -> {
                    here.createLink("tun-move", "veth");
                    Link link = here.link("tun-move").orElseThrow();
                    here.moveToNamespace(link.index(), target);
                    assertThat(here.link("tun-move")).isEmpty();
                });
                assertThat(there.link("tun-move")).isPresent();
            }
        });
    }

    @Test
    void listsHundredsOfLinks() throws Exception {
        inFreshNetwork(route -> {
            for (int i = 0; i < 300; i++) {
                route.createLink("b" + i, "bridge");
            }
            List<Link> links = route.links();
            assertThat(links).hasSize(301);
            assertThat(links).extracting(Link::index).isSorted();
        });
    }

    private static void inFreshNetwork(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            try (RouteNetlink route = RouteNetlink.open()) {
                body.run(route);
            }
            return true;
        });
    }

    private static void assertErrno(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(new Errno(number)));
    }
}
