// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PrivateKey;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.Randomness;
import io.wgj.quick.model.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `reload` of real tunnels: addresses, the MTU, and what hooks have changed.
@Tag("namespace")
class ReloadNamespaceTest extends RealTunnelCase {
    @Test
    void reloadsToWhatTheFileSaysAndDownStillRemovesEverything() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            String first = file("true", ", 10.78.0.0/16");
            RealTunnel old = tunnel(first);
            run(old).up(old.request(false));
            String changed = first.replace("10.78.0.0", "10.79.0.0").replace("10.9.0.1", "10.9.0.2");
            RealTunnel now = tunnel(changed);
            List<Step> told = new ArrayList<>();
            now.run(root(), told::addAll).reload(now.request(true));
            assertThat(told).noneMatch(Step.AddRule.class::isInstance);
            assertThat(output("ip route")).contains("10.79.0.0/16 dev " + NAME).doesNotContain("10.78.0.0");
            assertThat(output("ip addr show dev " + NAME))
                    .contains("10.9.0.2/24")
                    .doesNotContain("10.9.0.1/24");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
            assertThat(state()).isEqualTo(before);
        });
    }

    /// A link has an IPv6 address only once, whatever its prefix length. Without the address, routes lose it
    /// as their source.
    @Test
    void reloadGivesAnIPv6AddressAnotherLength() throws Exception {
        inNamespace(() -> {
            String file = interfaceWith("Address = fd07::1/64\nRoute = fd20::/32 dev br0 src fd07::1", "fd77::/16");
            RealTunnel old = tunnel(file);
            run(old).up(old.request(false));
            RealTunnel now = tunnel(file.replace("fd07::1/64", "fd07::1/48"));
            run(now).reload(now.request(true));
            assertThat(output("ip -6 addr show dev " + NAME))
                    .contains("fd07::1/48")
                    .doesNotContain("fd07::1/64");
            assertThat(output("ip -6 route"))
                    .contains("fd20::/32 dev br0 proto 87 src fd07::1", "fd07::/48 dev", "fd77::");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
            assertThat(output("ip -6 route")).doesNotContain("fd20::", "fd77::");
        });
    }

    @Test
    void reloadTakesTheLastIPv4AddressAndLeavesTheRoutes() throws Exception {
        inNamespace(() -> {
            String file = interfaceWith("Address = 10.7.0.1/24, fd07::1/64", "10.77.0.0/16, 0.0.0.0/0");
            RealTunnel old = tunnel(file);
            run(old).up(old.request(false));
            RealTunnel now = tunnel(file.replace("10.7.0.1/24, ", ""));
            run(now).reload(now.request(true));
            assertThat(output("ip -4 addr show dev " + NAME)).isEmpty();
            assertThat(output("ip route show table all"))
                    .contains("10.77.0.0/16 dev " + NAME, "default dev " + NAME + " table 51820");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
        });
    }

    /// Below an MTU of 1280 the kernel removes IPv6 from a link and accepts none.
    @Test
    void reloadGrowsALinkBeforeIPv6ComesAndShrinksItAfterItIsGone() throws Exception {
        inNamespace(() -> {
            String with = interfaceWith("MTU = 1400\nAddress = 10.7.0.1/24, fd07::1/64", "10.77.0.0/16, fd77::/16");
            String without =
                    with.replace("1400", "1200").replace(", fd07::1/64", "").replace(", fd77::/16", "");
            RealTunnel small = tunnel(without);
            run(small).up(small.request(false));
            RealTunnel large = tunnel(with);
            for (int i = 0; i < 2; i++) {
                run(large).reload(large.request(true));
                assertThat(output("ip addr show dev " + NAME)).contains("mtu 1400", "fd07::1/64");
                assertThat(output("ip -6 route")).contains("fd77::/16 dev " + NAME);
                assertThat(run(large).planReload(large.request(true)).steps()).isEmpty();
                run(small).reload(small.request(true));
                assertThat(output("ip addr show dev " + NAME)).contains("mtu 1200", "10.7.0.1/24");
                assertThat(run(small).planReload(small.request(true)).steps()).isEmpty();
            }
            run(large).reload(large.request(true));
            output("ip link set mtu 1200 dev " + NAME);
            run(large).reload(large.request(true));
            assertThat(output("ip addr show dev " + NAME)).contains("mtu 1400", "fd07::1/64");
            run(large).down(large.request(false));
        });
    }

    /// With its address the link loses its routes too. The hook would remove it again.
    @Test
    void reloadLeavesWhatHooksHaveMade() throws Exception {
        inNamespace(() -> {
            String file = interfaceWith("""
                    Address = 10.7.0.1/24
                    PreUp = WGJ set %i peer TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0= allowed-ips 10.60.0.0/16
                    PostUp = ip address del 10.7.0.1/24 dev %i; ip address add 10.7.0.1 peer 10.7.0.2 dev %i
                    PostUp = ip route add 10.64.0.0/10 dev %i metric 300; ip link set %i mtu 1300
                    """.replace("WGJ", WGJ), "10.77.0.0/16");
            RealTunnel old = tunnel(file);
            run(old).up(old.request(false));
            assertThat(run(old).planReload(old.request(true)).steps()).isEmpty();
            RealTunnel now = tunnel(file.replace("10.77.0.0/16", "10.77.0.0/16, 10.78.0.0/16"));
            run(now).reload(now.request(true));
            assertThat(output("ip route"))
                    .contains("10.78.0.0/16 dev " + NAME + " proto 87", "10.64.0.0/10 dev " + NAME)
                    .doesNotContain("10.77.0.0/16");
            assertThat(output("ip addr show dev " + NAME)).contains("mtu 1300", "10.7.0.1 peer 10.7.0.2");
            assertThat(output(WGJ + " show " + NAME + " allowed-ips")).contains("10.60.0.0/16", "10.78.0.0/16");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
        });
    }

    /// As in a container, the setting that lets a link keep its other addresses cannot be written.
    @Test
    void changesAddressesWhereSettingsAreReadOnly() throws Exception {
        inNamespace(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
            Namespaces.mount("none", "/", null, Namespaces.MS_REC | Namespaces.MS_PRIVATE, null);
            for (String which : List.of("all", "default")) {
                Files.writeString(Path.of("/proc/sys/net/ipv4/conf", which, "promote_secondaries"), "0\n");
            }
            output("mount --bind /proc/sys /proc/sys");
            output("mount -o remount,bind,ro /proc/sys");
            String first =
                    """
                    [Interface]
                    PrivateKey = %s
                    Address = 10.9.0.1/24, 10.9.0.2/24
                    [Peer]
                    PublicKey = %s
                    AllowedIPs = 10.77.0.0/16
                    """.formatted(key(), PrivateKey.of(Randomness.bytes(32)).publicKey());
            RealTunnel old = tunnel(first);
            run(old).up(old.request(false));
            assertThat(output("cat /proc/sys/net/ipv4/conf/" + NAME + "/promote_secondaries"))
                    .isEqualTo("0\n");
            RealTunnel now = tunnel(first.replace("10.9.0.1/24", "10.9.0.3/24"));
            run(now).reload(now.request(true));
            assertThat(output("ip -br -4 addr show dev " + NAME))
                    .contains(" 10.9.0.2/24 10.9.0.3/24")
                    .doesNotContain("10.9.0.1")
                    .doesNotContain("/32");
            assertThat(output("ip route show dev " + NAME)).contains("10.77.0.0/16", "10.9.0.0/24");
            run(now).down(now.request(false));
        });
    }
}
