// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Installations that do not come to their end, and hosts that the package is not for.
@Tag("package")
@Tag("long")
class InterruptedTest {
    /// `state` is what dpkg says of the package, and `works` says whether the commands do.
    private static final String WORDS = """
            state() { dpkg-query -W -f '${db:Status-Status} ${Version}\\n' wgj 2>&1 | sed 's/ 0\\.1\\.0.*/ old/'; }
            works() {
              [[ $(wgj pubkey 2>&1 <<<dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=) == hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo= ]] &&
                echo works
            }
            whole() { md5sum --quiet -c --strict <(sed 's# \\([^ ]*\\)$# /\\1#' /var/lib/dpkg/info/wgj.md5sums) && echo whole; }
            """;

    /// While it unpacks, and in postinst. The engine of a tunnel sees neither.
    @ParameterizedTest
    @EnumSource
    void anUpgradeThatIsKilledCanBeContinued(Suite suite) {
        Printed printed = Debian.minimal(suite).run(WORDS + """
                dpkg -i "$package" >/dev/null
                newer
                tunnel wg0
                wgj-quick up wg0 2>/dev/null
                killed() {
                  kill -KILL "$1"
                  wait "$1" 2>/dev/null
                  # dpkg-deb ends with its reader.
                  state
                }
                section unpacking
                dpkg -i /var/tmp/newer.deb >/dev/null 2>&1 &
                until [[ -e /usr/lib/wgj/runtime/lib/modules.dpkg-new ]]; do :; done
                killed $!
                works
                run dpkg --configure -a
                run dpkg -i /var/tmp/newer.deb
                state
                whole
                works
                section configuring
                dpkg -i --force-downgrade "$package" >/dev/null 2>&1
                # It asks for the group first, and waits here.
                printf '#!/bin/sh\\ntouch /run/waits\\nexec sleep 60\\n' >/usr/local/sbin/getent
                chmod 755 /usr/local/sbin/getent
                dpkg -i /var/tmp/newer.deb >/dev/null 2>&1 &
                until [[ -e /run/waits ]]; do sleep 0.05; done
                killed $!
                works
                rm /usr/local/sbin/getent
                run dpkg --configure -a
                state
                whole
                works
                section tunnel
                wgj show interfaces
                run wgj-quick down wg0
                run dpkg -P wgj
                find / -xdev -name '*.dpkg-*' ! -path '/var/lib/dpkg/*'
                """);

        assertThat(printed.section("unpacking").lines()).first().isEqualTo("half-installed old");
        assertThat(printed.section("unpacking").lines()).endsWith("rc 0", "installed 99.1", "whole", "works");
        assertThat(printed.section("configuring").lines()).startsWith("half-configured 99.1", "works");
        assertThat(printed.section("configuring").lines()).endsWith("rc 0", "installed 99.1", "whole", "works");
        assertThat(printed.section("tunnel").exits()).containsExactly(0, 0);
        assertThat(printed.section("tunnel").lines()).startsWith("wg0").endsWith("rc 0");
    }

    /// An installation leaves nothing, and an upgrade leaves what was there.
    @Test
    void aFullDiskChangesNothing() {
        Printed first = Debian.minimal(Suite.BOOKWORM).with("--size", "60m").run(WORDS + """
                run dpkg -i "$package"
                section left
                state
                find /usr/lib/wgj /usr/bin/wgj -type f 2>/dev/null
                section more room
                mount -o remount,size=1g / 2>/dev/null
                """);
        assertThat(first.exits()).doesNotContain(0);
        assertThat(first.toString()).contains("No space left on device");
        assertThat(first.section("left").lines()).hasSize(1).noneMatch(line -> line.contains("installed old"));

        Printed upgrade = Debian.minimal(Suite.BOOKWORM).with("--size", "270m").run(WORDS + """
                dpkg -i "$package" >/dev/null
                section full
                dd if=/dev/zero of=/full bs=1M 2>/dev/null
                run dpkg -i "$package"
                works
                section room
                rm /full
                run dpkg -i "$package"
                state
                whole
                works
                """);
        assertThat(upgrade.section("full").exits()).doesNotContain(0);
        assertThat(upgrade.section("full").toString()).contains("No space left on device");
        assertThat(upgrade.section("full").lines()).last().isEqualTo("works");
        assertThat(upgrade.section("room").lines()).endsWith("rc 0", "installed old", "whole", "works");
    }

    /// As where an image is built.
    @ParameterizedTest
    @EnumSource
    void itInstallsAndGoesWithoutProcAndSys(Suite suite) {
        Printed printed = Debian.minimal(suite).run(WORDS + """
                umount -R /sys
                umount -R /proc
                ls /proc /sys
                run dpkg -i "$package"
                state
                run dpkg -i "$package"
                run dpkg -P wgj
                ls -d /usr/lib/wgj 2>&1
                """);

        assertThat(printed.lines()).startsWith("/proc:", "", "/sys:");
        assertThat(printed.exits()).containsExactly(0, 0, 0);
        assertThat(printed.lines()).contains("installed old").last().asString().contains("No such file");
    }

    @Test
    void aForeignArchitectureIsRefused() {
        Printed printed = Debian.minimal(Suite.BOOKWORM).run(WORDS + """
                repack 's/^Architecture: .*/Architecture: s390x/' /var/tmp/foreign.deb
                run dpkg -i /var/tmp/foreign.deb
                state
                ls -d /usr/lib/wgj 2>&1
                """);

        assertThat(printed.exits()).containsExactly(1);
        assertThat(printed.toString()).contains("package architecture (s390x) does not match system (amd64)");
        assertThat(printed.lines()).last().asString().contains("No such file");
    }

    @Test
    void aKernelWithoutTunAndWithoutWireGuardIsNamed() {
        Printed printed = Debian.minimal(Suite.TRIXIE).run("""
                dpkg -i "$package" >/dev/null
                umount /dev/net/tun 2>/dev/null
                rm /dev/net/tun
                tunnel wg0
                run wgj-quick up wg0
                section left
                wgj show interfaces
                processes
                find /run -type f ! -path '/run/wgj/lock/*' ! -path /run/wgj/archives
                """);

        assertThat(printed.exits()).containsExactly(1);
        assertThat(printed.toString()).contains("/dev/net/tun");
        assertThat(printed.section("left").lines()).isEmpty();
    }
}
