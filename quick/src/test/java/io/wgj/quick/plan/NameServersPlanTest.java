// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Step;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The name servers that `up` registers, and with which program.
class NameServersPlanTest extends UpPlanCase {
    @Test
    @Case("Q23")
    void registersNameServersBetweenMtuAndRoutes() throws PlanException {
        String file = "DNS = 1.1.1.1, 2606:4700::1111,example.com;DNS=corp.local;" + BASE;
        assertThat(trace(file))
                .containsSubsequence(
                        "ip link set mtu 1320 up dev wg0",
                        "resolvconf -a wg0 -m 0 -x",
                        "ip -4 route add 10.77.0.0/16 dev wg0");
        DnsSetup dns = QuickText.of(file).up(host).steps().stream()
                .filter(Step.SetDns.class::isInstance)
                .map(step -> ((Step.SetDns) step).dns())
                .findFirst()
                .orElseThrow();
        assertThat(dns.servers()).containsExactly("1.1.1.1", "2606:4700::1111");
        assertThat(dns.searchDomains()).containsExactly("example.com", "corp.local");
    }

    @Test
    void asksResolvectlWhereThereIsNoResolvconf() throws PlanException {
        host.support(new HostSupport(true, Optional.empty(), true, Optional.of(DnsSetup.Tool.RESOLVECTL), ""));
        assertThat(trace("DNS = 1.1.1.1, ::1, example.com;" + BASE))
                .contains("resolvectl dns wg0 1.1.1.1 ::1", "resolvectl domain wg0 example.com");
    }

    @Test
    @Case("Q25")
    void registersNothingForSearchDomainsAlone() throws PlanException {
        assertThat(trace("DNS = example.com;" + BASE)).noneMatch(line -> line.startsWith("resolv"));
    }

    @Test
    void putsThePrefixOfResolvconfBeforeTheName() throws PlanException {
        host.support(new HostSupport(true, Optional.empty(), true, Optional.of(DnsSetup.Tool.RESOLVCONF), "tun."));
        assertThat(trace("DNS = 1.1.1.1;" + BASE)).contains("resolvconf -a tun.wg0 -m 0 -x");
    }

    @Test
    @Case("Q27")
    void refusesNameServersWhenNobodyKeepsThem() {
        host.support(new HostSupport(true, Optional.empty(), true, Optional.empty(), ""));
        refused("DNS = 1.1.1.1;" + BASE, 127, "DNS needs resolvconf or resolvectl, and neither is there");
    }
}
