// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The playbook of `examples/fleet` as it stands, on a host with systemd, which it runs on itself.
@Tag("package")
@Tag("long")
class AnsibleTest {
    private static final Pattern RECAP = Pattern.compile("changed=(\\d+) +unreachable=0 +failed=(\\d+)");

    @Test
    void aTunnelFollowsItsTemplateAndASecondRunChangesNothing() {
        Printed printed = Debian.booted(Suite.TRIXIE, """
                cp -r /fleet /root/fleet
                echo 192.0.2.9 vpn.example.net >>/etc/hosts
                mkdir -p -m 700 /etc/wireguard
                """)
                .with("--see", Product.root().resolve("examples/fleet") + "=/fleet")
                .run("""
                cd /root/fleet
                export ANSIBLE_DEPRECATION_WARNINGS=false ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3
                play() { run ansible-playbook -i hosts --limit alpha.example.net --connection local wgj.yml "$@"; }
                section first
                play -e "wgj_package=$package"
                systemctl is-active wgj-quick@office
                systemctl is-enabled wgj-quick@office
                ip -br -4 address show dev office | awk '{ print $1, $3 }'
                stat -c '%n %a %U' /etc/wireguard/office.*
                section what would change
                sed -i 's#10.77.0.0/16#10.77.0.0/16, 10.78.0.0/16#' templates/office.conf.j2
                play --check --diff
                section changed
                wgj show office allowed-ips | cut -f 2
                index=$(cat /sys/class/net/office/ifindex)
                play
                wgj show office allowed-ips | cut -f 2
                ip -4 route show dev office 10.78.0.0/16 | wc -l
                [[ $index == "$(cat /sys/class/net/office/ifindex)" ]] && echo the same interface
                wgj-quick confirm office 2>&1
                section unchanged
                play
                section a mistake
                sed -i 's#10.78.0.0/16#10.78.0.0/33#' templates/office.conf.j2
                play
                grep AllowedIPs /etc/wireguard/office.conf
                """);

        assertThat(changes(printed.section("first"))).containsExactly(5, 0);
        assertThat(printed.section("first").lines())
                .endsWith(
                        "active",
                        "enabled",
                        "office 10.9.0.11/24",
                        "/etc/wireguard/office.conf 600 root",
                        "/etc/wireguard/office.key 600 root");
        assertThat(changes(printed.section("what would change"))).containsExactly(1, 0);
        assertThat(printed.section("what would change").lines())
                .contains("-AllowedIPs = 10.77.0.0/16", "+AllowedIPs = 10.77.0.0/16, 10.78.0.0/16");
        assertThat(changes(printed.section("changed"))).containsExactly(4, 0);
        assertThat(printed.section("changed").lines())
                .startsWith("10.77.0.0/16")
                .containsSequence("10.77.0.0/16 10.78.0.0/16", "1", "the same interface");
        assertThat(changes(printed.section("unchanged"))).containsExactly(0, 0);
        assertThat(changes(printed.section("a mistake"))).containsExactly(0, 1);
        assertThat(printed.section("a mistake").toString()).contains("10.78.0.0/33");
        assertThat(printed.section("a mistake").lines()).endsWith("AllowedIPs = 10.77.0.0/16, 10.78.0.0/16");
    }

    /// What Ansible counts at the end: the tasks that changed something, and those that failed.
    private static List<Integer> changes(Printed section) {
        List<Integer> counts = new ArrayList<>();
        Matcher matcher = RECAP.matcher(section.toString());
        while (matcher.find()) {
            counts.add(Integer.valueOf(matcher.group(1)));
            counts.add(Integer.valueOf(matcher.group(2)));
        }
        assertThat(counts).as(section.toString()).isNotEmpty();
        return counts;
    }
}
