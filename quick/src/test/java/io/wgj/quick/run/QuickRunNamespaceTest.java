// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.Step;
import io.wgj.quick.plan.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real tunnels in a network namespace of the test's own, with whatever implementation the host has.
@Tag("namespace")
class QuickRunNamespaceTest extends RealTunnelCase {
    @Test
    void comesUpAndLeavesNothingBehind() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            run(tunnel).up(tunnel.request(false));
            assertThat(output("ip rule"))
                    .contains("32764:\tfrom all lookup main suppress_prefixlength 0 proto 87")
                    .contains("32765:\tnot from all fwmark 0xca6c lookup 51820 proto 87")
                    .contains("4999:\tfrom all fwmark 0x5151 iif lo lookup 11 proto 87");
            assertThat(output("ip -6 route show table 51820")).contains("default dev " + NAME + " proto 87");
            assertThat(output("ip route get 198.51.100.1")).contains("dev " + NAME + " table 51820");
            assertThat(output("nft list table ip wg-quick-" + NAME)).contains("ip daddr 10.9.0.1 fib saddr type");
            assertThat(output("cat /proc/sys/net/ipv4/conf/all/src_valid_mark")).isEqualTo("1\n");
            assertThatThrownBy(() -> run(tunnel).up(tunnel.request(false)))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("`" + NAME + "' already exists");
            assertThat(run(tunnel).hasJournal(new InterfaceName(NAME))).isTrue();
            run(tunnel).down(tunnel.request(false));
            assertThat(state()).isEqualTo(before);
            assertThat(run(tunnel).hasJournal(new InterfaceName(NAME))).isFalse();
        });
    }

    @Test
    void tellsWhatTheKernelRefusesAndUndoesTheRest() throws Exception {
        inNamespace(() -> {
            output("ip route add 10.77.0.0/16 dev br0");
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            assertThatThrownBy(() -> run(tunnel).up(tunnel.request(false)))
                    .isInstanceOfSatisfying(RunException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(2);
                        // Reported before the rollback.
                        assertThat(e.lines()).isEmpty();
                    });
            assertThat(state()).isEqualTo(before);
        });
    }

    /// A kernel without nf_tables is refused before the first step.
    @Test
    void refusesADefaultRouteBeforeAnyStepWhereThereIsNoNftables() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            List<Step> told = new ArrayList<>();
            QuickRun run = tunnel.run(root(), new WithoutNftables(), told::addAll);
            assertThatThrownBy(() -> run.up(tunnel.request(false)))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("nf_tables");
            assertThat(told).isEmpty();
            assertThat(state()).isEqualTo(before);
        });
    }

    private record WithoutNftables(Kernel kernel) implements Kernel {
        WithoutNftables() {
            this(new LinuxKernel());
        }

        @Override
        public RouteNetlink routing() throws NetlinkException {
            return kernel.routing();
        }

        @Override
        public Optional<Nftables> firewall() {
            return Optional.empty();
        }

        @Override
        public boolean hasWireGuard() throws NetlinkException {
            return kernel.hasWireGuard();
        }

        @Override
        public String settings() {
            return kernel.settings();
        }
    }

    @Test
    void endsWithTheCodeOfAHookThatFails() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("[[ $INTERFACE = %i ]] && false | true; exit 3", ""));
            assertThatThrownBy(() -> run(tunnel).up(tunnel.request(false)))
                    .isInstanceOfSatisfying(RunException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(1);
                        assertThat(e.lines()).isEmpty();
                    });
            assertThat(state()).isEqualTo(before);
        });
    }
}
