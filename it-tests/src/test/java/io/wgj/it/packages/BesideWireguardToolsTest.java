// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `wgj` beside Debian's wireguard-tools, and `wgj-wg` in its place.
@Tag("package")
@Tag("long")
class BesideWireguardToolsTest {
    /// No file of the other package is touched.
    @ParameterizedTest
    @EnumSource
    void aptInstallsBothAndNeitherTouchesTheOther(Suite suite) {
        Printed printed = Debian.system(suite).run("""
                run apt_get install /debs/wireguard-tools_*.deb
                section beside
                run apt_get install "$package"
                run debsums -s wireguard-tools wgj
                realpath /usr/bin/wg /usr/bin/wg-quick
                section alone
                run apt_get purge wgj
                run debsums -s wireguard-tools
                find /etc/wireguard -maxdepth 0 -printf '%p %m\\n'
                """);

        assertThat(printed.section("beside").exits()).containsExactly(0, 0);
        assertThat(printed.section("beside").lines()).endsWith("/usr/bin/wg", "/usr/bin/wg-quick");
        assertThat(printed.section("alone").exits()).containsExactly(0, 0);
        assertThat(printed.section("alone").lines()).endsWith("/etc/wireguard 700");
    }

    /// There and back. bookworm's wireguard-tools has its units in `/lib`, trixie's in `/usr/lib`, which is the
    /// same folder: of two packages with a file there dpkg would delete the one of the other.
    @ParameterizedTest
    @EnumSource
    void theNamesWgAndWgQuickChangeHandsBothWays(Suite suite) {
        Printed printed = Debian.system(suite).run("""
                names() {
                  local unit=/usr/lib/systemd/system/wg-quick@.service
                  readlink /usr/bin/wg /usr/bin/wg-quick || echo 'own files'
                  sed -n 's#^ExecStart=.*/\\([^ ]*\\) up %i#the unit runs \\1#p' "$unit" 2>&1
                  ls /usr/lib/systemd/system/wg-quick.target
                  systemd-analyze verify --man=no wg-quick@wg0.service 2>&1
                }
                swap() { run apt_get install "$@"; }
                # A package that needs the other one.
                mkdir -p /var/tmp/needs/DEBIAN
                printf '%s\n' 'Package: needs-wg' 'Version: 1' 'Architecture: all' 'Maintainer: nobody' \
                  'Depends: wireguard-tools (>= 1.0)' 'Description: test' >/var/tmp/needs/DEBIAN/control
                dpkg-deb -b /var/tmp/needs /var/tmp/needs.deb >/dev/null
                tunnel wg0
                swap "$package" /debs/wireguard-tools_*.deb /var/tmp/needs.deb
                systemctl enable wg-quick@wg0 2>/dev/null
                section wgj-wg
                swap /dist/wgj-wg_*.deb
                names
                run wg-quick up wg0
                wg show interfaces
                dpkg-query -W -f '${db:Status-Abbrev}\\n' needs-wg
                section wireguard-tools
                swap /debs/wireguard-tools_*.deb
                names
                run debsums -s wireguard-tools
                # The tunnel of before answers to it.
                wg show interfaces
                run wg-quick down wg0
                section again
                swap /dist/wgj-wg_*.deb
                names
                section removed
                run apt_get purge wgj-wg
                find / -xdev \\( -name 'wg-quick*' -o -name wg \\) ! -path '/usr/share/fish/*'
                """);

        assertThat(printed.section("wgj-wg").exits()).containsExactly(0, 0);
        assertThat(printed.section("wgj-wg").lines())
                .containsSubsequence(
                        "wgj",
                        "wgj-quick",
                        "the unit runs wg-quick",
                        "/usr/lib/systemd/system/wg-quick.target",
                        "rc 0",
                        "wg0",
                        "ii ");
        assertThat(printed.section("wireguard-tools").exits()).containsExactly(0, 0, 0);
        assertThat(printed.section("wireguard-tools").lines())
                .containsSubsequence(
                        "own files",
                        "the unit runs wg-quick",
                        "/usr/lib/systemd/system/wg-quick.target",
                        "rc 0",
                        "wg0");
        assertThat(printed.section("again").exits()).containsExactly(0);
        assertThat(printed.section("again").lines())
                .endsWith("wgj", "wgj-quick", "the unit runs wg-quick", "/usr/lib/systemd/system/wg-quick.target");
        assertThat(printed.section("removed").exits()).containsExactly(0);
        assertThat(printed.section("removed").lines()).last().isEqualTo("rc 0");
    }
}
