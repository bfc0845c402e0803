// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.ReferenceTool;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.transport.NetlinkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes a real packet filter in a network namespace of its own and compares with nft(8).
@Tag("namespace")
class NftablesNamespaceTest {
    private static final InterfaceName WG0 = new InterfaceName("wg0");
    /// wg-quick's ruleset for one address of each family.
    private static final String WG_QUICK = """
            add table ip wg-quick-wg0
            add chain ip wg-quick-wg0 preraw { type filter hook prerouting priority -300; }
            add chain ip wg-quick-wg0 premangle { type filter hook prerouting priority -150; }
            add chain ip wg-quick-wg0 postmangle { type filter hook postrouting priority -150; }
            add rule ip wg-quick-wg0 preraw iifname != "wg0" ip daddr 10.9.0.1 fib saddr type != local drop
            add rule ip wg-quick-wg0 preraw iifname != "wg0" ip daddr 10.9.0.2 fib saddr type != local drop
            add rule ip wg-quick-wg0 postmangle meta l4proto udp mark 51820 ct mark set mark
            add rule ip wg-quick-wg0 premangle meta l4proto udp meta mark set ct mark
            add table ip6 wg-quick-wg0
            add chain ip6 wg-quick-wg0 preraw { type filter hook prerouting priority -300; }
            add chain ip6 wg-quick-wg0 premangle { type filter hook prerouting priority -150; }
            add chain ip6 wg-quick-wg0 postmangle { type filter hook postrouting priority -150; }
            add rule ip6 wg-quick-wg0 preraw iifname != "wg0" ip6 daddr fd00::1 fib saddr type != local drop
            add rule ip6 wg-quick-wg0 postmangle meta l4proto udp mark 51820 ct mark set mark
            add rule ip6 wg-quick-wg0 premangle meta l4proto udp meta mark set ct mark
            """;

    private static final Table OTHERS = new Table(TableFamily.IPV4, "others");

    @TempDir
    private Path folder;

    @FunctionalInterface
    private interface Body {
        void run(Nftables nftables) throws Exception;
    }

    @Test
    void makesWhatWgQuickMakes() throws Exception {
        Path script = Files.writeString(folder.resolve("wg-quick.nft"), WG_QUICK);
        inFreshNetwork(nftables -> {
            ReferenceTool.output(List.of("nft", "-f", script.toString()));
            String expected = ruleset();
            String expectedJson = rulesetJson();
            ReferenceTool.output("nft flush ruleset");

            nftables.commit(wgQuick());

            assertThat(ruleset()).isEqualTo(expected).contains("fib saddr type != local drop");
            assertThat(rulesetJson()).isEqualTo(expectedJson);
        });
    }

    @Test
    void leftoversAreUsedAndRulesComeBehind() throws Exception {
        Path script = Files.writeString(folder.resolve("wg-quick.nft"), WG_QUICK);
        inFreshNetwork(nftables -> {
            ReferenceTool.output(List.of("nft", "-f", script.toString()));
            ReferenceTool.output(List.of("nft", "-f", script.toString()));
            String expected = ruleset();
            ReferenceTool.output("nft flush ruleset");

            nftables.commit(wgQuick());
            nftables.commit(wgQuick());

            assertThat(ruleset()).isEqualTo(expected);
        });
    }

    @Test
    void filtersSourcesAndRewritesOurOwn() throws Exception {
        inFreshNetwork(nftables -> {
            nftables.commit(new NftablesBatch().add(SampleTables.sources()));

            assertThat(ruleset()).isEqualTo("""
                    table inet wgj-wg0 {
                    	set sources0-ip {
                    		type ipv4_addr
                    		flags interval
                    		elements = { 10.0.0.0/8, 192.0.2.1 }
                    	}

                    	set sources0-ip6 {
                    		type ipv6_addr
                    		flags interval
                    		elements = { fd00::/8 }
                    	}

                    	chain sources0 {
                    		type filter hook input priority raw; policy accept;
                    		meta l4proto != udp accept
                    		udp dport != 51820 accept
                    		ip saddr @sources0-ip accept
                    		ip6 saddr @sources0-ip6 accept
                    		drop
                    	}

                    	chain source {
                    		type route hook output priority raw; policy accept;
                    		meta l4proto udp meta mark 0x00005151 ip saddr set 192.0.2.7
                    		meta l4proto udp meta mark 0x00005151 ip6 saddr set fd00::7
                    	}
                    }
                    """);
        });
    }

    @Test
    void holdsThousandsOfNetworks() throws Exception {
        inFreshNetwork(nftables -> {
            List<IpPrefix> blocks = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                blocks.add(new IpPrefix(IpAddress.ofV6(0xfd00_0000_0000_0000L + 2L * i, 0), 64));
            }
            nftables.commit(new NftablesBatch().add(TunnelTables.sources(WG0, 51_820, List.of(blocks), 0, List.of())));

            String listed = ReferenceTool.output("nft list set inet wgj-wg0 sources0-ip6");
            assertThat(listed.split("/64", -1)).hasSize(5_001);
            assertThat(listed).contains("fd00::/64").contains("fd00:0:0:270e::/64");
        });
    }

    @Test
    void deletesOneTableAndNoOther() throws Exception {
        inFreshNetwork(nftables -> {
            ReferenceTool.output("nft add table ip others");
            ReferenceTool.output("nft add table bridge others");
            nftables.commit(wgQuick());
            assertThat(nftables.tables())
                    .containsExactlyInAnyOrder(
                            OTHERS, TunnelTables.wgQuick(IpFamily.V4, WG0), TunnelTables.wgQuick(IpFamily.V6, WG0));

            nftables.commit(new NftablesBatch()
                    .deleteIfPresent(TunnelTables.wgQuick(IpFamily.V4, WG0))
                    .deleteIfPresent(TunnelTables.wgQuick(IpFamily.V6, WG0))
                    .deleteIfPresent(TunnelTables.ours(WG0)));
            assertThat(nftables.tables()).containsExactly(OTHERS);
            assertThat(ReferenceTool.output("nft list tables")).isEqualTo("table ip others\ntable bridge others\n");
        });
    }

    @Test
    void aBatchThatFailsLeavesNothing() throws Exception {
        inFreshNetwork(nftables -> {
            NftablesBatch batch = wgQuick().delete(new Table(TableFamily.INET, "missing"));

            assertThatThrownBy(() -> nftables.commit(batch))
                    .hasMessageStartingWith("delete table inet missing: No such file or directory (ENOENT)")
                    .isInstanceOfSatisfying(
                            NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(new Errno(Errno.ENOENT)));
            assertThat(nftables.tables()).isEmpty();
            nftables.commit(wgQuick());
            assertThat(nftables.tables()).hasSize(2);
        });
    }

    private static NftablesBatch wgQuick() {
        return new NftablesBatch()
                .add(TunnelTables.markChains(
                        IpFamily.V4, WG0, 51_820, List.of(IpAddress.ofV4(0x0a090001), IpAddress.ofV4(0x0a090002))))
                .add(TunnelTables.markChains(
                        IpFamily.V6, WG0, 51_820, List.of(IpAddress.ofV6(0xfd00_0000_0000_0000L, 1))));
    }

    private static String ruleset() {
        return ReferenceTool.output("nft list ruleset");
    }

    /// Removes the handles: the kernel numbers objects and continues counting when a ruleset is flushed.
    private static String rulesetJson() {
        return ReferenceTool.output("nft -j list ruleset").replaceAll(", \"handle\": [0-9]+", "");
    }

    private static void inFreshNetwork(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            try (Nftables nftables = Nftables.open().orElseThrow()) {
                body.run(nftables);
            }
            return true;
        });
    }
}
