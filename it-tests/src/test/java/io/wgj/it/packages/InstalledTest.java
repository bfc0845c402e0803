// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The package from `dpkg -i` to `dpkg --purge`, in the smallest Debian there is.
@Tag("package")
@Tag("long")
class InstalledTest {
    /// What administrators wrote to `/etc/wireguard` outlives a purge, and the group does, as those of other
    /// packages do. Nothing else is left; `/etc/gshadow-` is the backup that every new group makes.
    @ParameterizedTest
    @EnumSource
    void worksWithoutJavaAndLeavesNothing(Suite suite) {
        Printed printed = Debian.minimal(suite).run("""
                section what others bring
                for program in java ip systemctl; do command -v "$program"; done
                files >/dev/shm/before
                section installed
                run dpkg -i "$package"
                run md5sum --quiet -c --strict <(sed 's# \\([^ ]*\\)$# /\\1#' /var/lib/dpkg/info/wgj.md5sums)
                getent group wgj | cut -d: -f1
                stat -c '%n %a %U' /etc/wireguard
                section keys
                echo dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo= | wgj pubkey
                wgj genkey | wgj pubkey | wc -c
                wgj --version | head -n 1
                section demo
                run wgj demo
                section up
                tunnel wg0 'PostUp = echo "the hook of %i"; wgj show %i listen-port' 'ListenPort = 51820'
                run wgj-quick up wg0
                run wgj show wg0
                processes
                section down
                run wgj-quick down wg0
                run wgj show interfaces
                ended
                find /run /tmp -type f ! -path "/run/wgj/lock/*" ! -path /run/wgj/archives
                section removed
                run dpkg -r wgj
                ls /etc/wireguard /usr/lib/wgj
                run dpkg -P wgj
                ls /etc/wireguard
                section left
                rm -r /etc/wireguard
                files | diff /dev/shm/before - || true
                find /run /tmp -mindepth 1
                """);

        assertThat(printed.section("what others bring").lines()).isEmpty();
        assertThat(printed.section("installed").exits()).containsExactly(0, 0);
        assertThat(printed.section("installed").lines()).endsWith("wgj", "/etc/wireguard 700 root");
        // RFC 7748, section 6.1.
        assertThat(printed.section("keys").lines())
                .hasSize(3)
                .startsWith("hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=", "45");
        assertThat(printed.section("demo").exits()).containsExactly(0);
        assertThat(printed.section("demo").toString()).contains("answer 3 after ", "arrived after ");
        assertThat(printed.section("up").exits()).containsExactly(0, 0);
        assertThat(printed.section("up").lines())
                .contains("the hook of wg0", "51820", "interface: wg0", "  allowed ips: 10.9.0.0/24")
                .endsWith("/usr/lib/wgj/runtime/bin/java");
        assertThat(printed.section("down").lines())
                .containsExactly(
                        "$ wgj-quick down wg0", "[#] ip link delete dev wg0", "rc 0", "$ wgj show interfaces", "rc 0");
        assertThat(printed.section("removed").exits()).containsExactly(0, 0);
        assertThat(printed.section("removed").lines()).endsWith("rc 0", "wg0.conf");
        assertThat(printed.section("left").lines())
                .filteredOn(line -> !line.equals("> /etc/gshadow- f 640") && !line.matches("\\d+a\\d+"))
                .isSubsetOf("/run/lock", "/run/wireguard");
    }
}
