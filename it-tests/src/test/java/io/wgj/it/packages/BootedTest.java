// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The units under systemd, in a system of their own.
@Tag("package")
@Tag("long")
class BootedTest {
    /// `two_ends` makes another machine, the namespace `far`, that is the peer of `wg0` here; `answers` says
    /// whether it is reached through the tunnel.
    private static final String WORDS = """
            in_far() { ip netns exec far "$@"; }
            two_ends() {
              ip netns add far
              ip link add wire type veth peer name wire netns far
              ip address add 192.0.2.1/24 dev wire
              ip link set wire up
              ip -n far address add 192.0.2.2/24 dev wire
              ip -n far link set wire up
              ip -n far link set lo up
              local key
              key=$(wgj genkey)
              tunnel wg0 'PostUp = touch /run/hook-of-%i'
              sed -i "s#^PublicKey.*#PublicKey = $(wgj pubkey <<<"$key")#; s#^Endpoint.*#Endpoint = 192.0.2.2:51820#" \\
                /etc/wireguard/wg0.conf
              private=$key tunnel far0 'ListenPort = 51820'
              sed -i "s#^PublicKey.*#PublicKey = $(wgj pubkey <<<"$private")#; /^Endpoint/d; s#10.9.0.1/24#10.9.0.2/24#" \\
                /etc/wireguard/far0.conf
              in_far wgj-quick up far0 2>/dev/null
            }
            answers() {
              # A handshake may need its second try.
              local tries
              for ((tries = 0; tries < 8; tries++)); do
                if ping -n -q -c 1 -W 2 10.9.0.2 >/dev/null; then echo reached; return; fi
              done
              echo silent
            }
            engine_of() { /usr/lib/wgj/running-engines | awk -v name="$1" '$1 == name { print $2 }'; }
            """;

    @ParameterizedTest
    @EnumSource
    void aTunnelStartsAtBootReloadsAndStops(Suite suite) {
        Printed printed = Debian.booted(suite, """
                dpkg -i "$package" >/dev/null
                tunnel wg0 'PostUp = touch /run/hook-of-%i' 'PostDown = rm /run/hook-of-%i'
                systemctl enable wgj-quick@wg0 2>/dev/null
                """).run("""
                section booted
                run systemctl is-active wgj-quick@wg0
                ls /run/hook-of-wg0
                wgj show wg0 allowed-ips | cut -f 2
                stat -c '%n %a %U' /run/wgj
                section reloaded
                sed -i 's#^AllowedIPs.*#&, 10.10.0.0/16#' /etc/wireguard/wg0.conf
                run systemctl reload wgj-quick@wg0
                wgj show wg0 allowed-ips | cut -f 2
                ip -br route show dev wg0 10.10.0.0/16
                section stopped
                run systemctl stop wgj-quick@wg0
                ls /run/hook-of-wg0 2>&1
                ended
                ls /run/wireguard
                section bad
                sed -i 's/^Address.*/Address = 10.9.0.1.4/' /etc/wireguard/wg0.conf
                run systemctl start wgj-quick@wg0
                journalctl -q --no-pager -o cat -u wgj-quick@wg0 | grep 10.9.0.1.4 | head -n 1
                section failed
                systemctl reset-failed
                systemctl --failed --plain --no-legend
                """);

        assertThat(printed.section("booted").lines())
                .containsExactly(
                        "$ systemctl is-active wgj-quick@wg0",
                        "active",
                        "rc 0",
                        "/run/hook-of-wg0",
                        "10.9.0.0/24",
                        "/run/wgj 755 root");
        assertThat(printed.section("reloaded").exits()).containsExactly(0);
        assertThat(printed.section("reloaded").toString())
                .contains("10.9.0.0/24 10.10.0.0/16")
                .contains("\n10.10.0.0/16 ");
        assertThat(printed.section("stopped").lines())
                .containsExactly(
                        "$ systemctl stop wgj-quick@wg0",
                        "rc 0",
                        "ls: cannot access '/run/hook-of-wg0': No such file or directory");
        assertThat(printed.section("bad").exits()).containsExactly(1);
        assertThat(printed.section("bad").lines().getLast()).contains("10.9.0.1.4");
        assertThat(printed.section("failed").lines()).isEmpty();
    }

    /// The engine of before goes on, and postinst names it.
    @ParameterizedTest
    @EnumSource
    void anUpgradeLosesNoPacketAndARemovalStopsWhatRuns(Suite suite) {
        Printed printed = Debian.booted(suite, "dpkg -i \"$package\" >/dev/null; files >/var/tmp/installed")
                .run(WORDS + """
                two_ends
                newer
                section upgraded
                run systemctl start wgj-quick@wg0
                answers
                engine=$(engine_of wg0)
                ping -n -i 0.02 10.9.0.2 >/run/pings &
                run dpkg -i /var/tmp/newer.deb
                sleep 0.5
                kill -INT $!
                wait $!
                section engine
                echo "$((engine == $(engine_of wg0)))"
                grep -c deleted /proc/$engine/maps
                section pings
                # A last one may be under way.
                sed -n 's/.*icmp_seq=\\([0-9]*\\).*/\\1/p' /run/pings | awk '{ last = $1 } END { print NR - last, (NR >= 20) }'
                section goes on
                sed -i 's#^AllowedIPs.*#&, 10.10.0.0/16#' /etc/wireguard/wg0.conf
                run systemctl reload wgj-quick@wg0
                wgj show wg0 allowed-ips | cut -f 2
                run systemctl restart wgj-quick@wg0
                answers
                section removed
                run systemctl enable wgj-quick@wg0
                run dpkg -r wgj
                ip link show wg0 2>&1
                section purged
                in_far ip link delete far0
                ended
                run dpkg -P wgj
                find /etc/systemd /run/systemd/system /run/wgj /run/wireguard -name '*wg*' 2>/dev/null
                section failed
                systemctl --failed --plain --no-legend
                """);

        assertThat(printed.section("upgraded").exits()).containsExactly(0, 0);
        assertThat(printed.section("upgraded").lines()).contains("reached");
        assertThat(printed.section("upgraded").toString()).contains("wg0", "systemctl restart wgj-quick@wg0.service");
        assertThat(printed.section("engine").lines()).first().isEqualTo("1");
        assertThat(printed.section("pings").lines()).containsExactly("0 1");
        assertThat(printed.section("goes on").exits()).containsExactly(0, 0);
        assertThat(printed.section("goes on").lines())
                .contains("10.9.0.0/24 10.10.0.0/16")
                .endsWith("reached");
        assertThat(printed.section("removed").exits()).containsExactly(0, 0);
        assertThat(printed.section("removed").lines()).last().asString().contains("does not exist");
        assertThat(printed.section("purged").lines())
                .filteredOn(line -> line.startsWith("/") || line.startsWith("rc "))
                .containsExactly("rc 0");
        assertThat(printed.section("failed").lines()).isEmpty();
    }

    /// The sandbox leaves the engine one right, and leaves it what it needs.
    @ParameterizedTest
    @EnumSource
    void anEngineOfItsOwnRunsInItsSandbox(Suite suite) {
        Printed printed =
                Debian.booted(suite, "dpkg -i \"$package\" >/dev/null").run(WORDS + """
                two_ends
                section engine
                run systemctl start wgj-engine@wg7
                run wgj setconf wg7 <(wgj-quick strip wg0)
                ip address add 10.9.0.1/24 dev wg7
                ip link set wg7 up
                answers
                grep -E '^(CapBnd|NoNewPrivs|Seccomp):' "/proc/$(engine_of wg7)/status" | tr '\\t' ' '
                stat -c '%n %a' /run/wireguard /run/wireguard/wg7.sock
                section restarted
                killed=$(engine_of wg7)
                kill -KILL "$killed"
                for _ in {1..200}; do
                  case $(systemctl show -P ActiveState -P MainPID wgj-engine@wg7 | paste -sd' ') in
                    "active 0" | "active $killed") ;;
                    active*) break ;;
                  esac
                  sleep 0.1
                done
                run systemctl is-active wgj-engine@wg7
                run wgj show wg7
                section stopped
                run systemctl stop wgj-engine@wg7
                ip link show wg7 2>&1
                ls /run/wireguard
                systemctl --failed --plain --no-legend
                """);

        assertThat(printed.section("engine").exits()).containsExactly(0, 0);
        assertThat(printed.section("engine").lines())
                .endsWith(
                        "reached",
                        "CapBnd: 0000000000001000",
                        "NoNewPrivs: 1",
                        "Seccomp: 2",
                        "/run/wireguard 700",
                        "/run/wireguard/wg7.sock 700");
        assertThat(printed.section("restarted").exits()).containsExactly(0, 0);
        assertThat(printed.section("stopped").lines())
                .containsExactly(
                        "$ systemctl stop wgj-engine@wg7", "rc 0", "Device \"wg7\" does not exist.", "far0.sock");
    }

    /// wg-quick@ of wireguard-tools, on our engine, and wgj-quick@ for the same interface.
    @ParameterizedTest
    @EnumSource
    void startingTheOtherUnitOfAnInterfaceStopsTheFirst(Suite suite) {
        Printed printed = Debian.booted(suite, """
                dpkg -i "$package" /debs/wireguard-tools_*.deb >/dev/null
                tunnel wg0
                mkdir -p /etc/systemd/system/wg-quick@.service.d
                printf '[Service]\\nEnvironment=WG_QUICK_USERSPACE_IMPLEMENTATION=/usr/lib/wgj/bin/wgj-engine\\n' \\
                  >/etc/systemd/system/wg-quick@.service.d/engine.conf
                """).run("""
                both() { systemctl is-active wg-quick@wg0 wgj-quick@wg0 | paste -sd' '; }
                run systemctl start wg-quick@wg0
                both
                run systemctl start wgj-quick@wg0
                both
                wgj show interfaces
                run systemctl start wg-quick@wg0
                both
                wg show interfaces
                run systemctl stop wg-quick@wg0
                both
                systemctl --failed --plain --no-legend
                """);

        assertThat(printed.exits()).containsExactly(0, 0, 0, 0);
        assertThat(printed.lines())
                .filteredOn(line -> !line.startsWith("$ ") && !line.startsWith("rc "))
                .isEqualTo(List.of(
                        "active inactive", "inactive active", "wg0", "active inactive", "wg0", "inactive inactive"));
    }
}
