// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the original has not, as far as no suite of its own shows it.
@Tag("namespace")
class BeyondTheOriginalTest {
    /// A resolvectl that records its arguments; `domain` fails while the file `broken` exists.
    private static final String RESOLVECTL = """
        cat >bin/resolvectl <<'R'
        #!/bin/bash
        if [[ $1 == dns && $# == 2 ]]; then echo "Link 5 ($2): 1.1.1.1 2606:4700::1111"; exit; fi
        echo "resolvectl $*" >>/run/case/told
        [[ $1 != domain || ! -e /run/case/broken ]]
        R
        chmod 755 bin/resolvectl
        tunnel wg0 'DNS = 1.1.1.1, 2606:4700::1111, corp.local' 'DNS = example.com'
        """;

    @Test
    void nameServersAreToldToResolvectlWhereThereIsNoResolvconf() {
        Transcript transcript = World.run(Tool.OURS, RESOLVECTL + """
            quick up wg0; echo "-- up"; cat told; : >told
            run wgj-quick reload wg0; echo "-- unchanged"; cat told
            sed -i 's/, corp.local//' /etc/wireguard/wg0.conf
            run wgj-quick reload wg0; echo "-- changed"; cat told; : >told
            quick save wg0; show_file /etc/wireguard/wg0.conf
            quick down wg0; echo "-- down"; cat told
            """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0, 0);
        assertThat(transcript.lines())
                .containsSubsequence(
                        "err| [#] resolvectl dns wg0 1.1.1.1 2606:4700::1111",
                        "err| [#] resolvectl domain wg0 corp.local example.com",
                        "-- up",
                        "resolvectl dns wg0 1.1.1.1 2606:4700::1111",
                        "resolvectl domain wg0 corp.local example.com",
                        "-- unchanged",
                        "-- changed",
                        "resolvectl dns wg0 1.1.1.1 2606:4700::1111",
                        "resolvectl domain wg0 example.com",
                        "DNS = 1.1.1.1",
                        "DNS = 2606:4700::1111",
                        "err| [#] resolvectl revert wg0",
                        "-- down",
                        "resolvectl revert wg0");
        assertThat(transcript.sections("unchanged").getFirst()).noneMatch(line -> line.startsWith("resolvectl"));
    }

    @Test
    void aResolvectlThatFailsHalfwayIsRevertedAndAllIsTakenBack() {
        Transcript transcript = World.run(
                Tool.OURS, RESOLVECTL + "touch broken; state; quick up wg0; state; echo '-- told'; cat told\n");

        assertThat(transcript.exits()).containsExactly(1);
        assertThat(transcript.sections("told").getFirst())
                .containsExactly(
                        "resolvectl dns wg0 1.1.1.1 2606:4700::1111",
                        "resolvectl domain wg0 corp.local example.com",
                        "resolvectl revert wg0");
        assertThat(transcript.sections("links").getLast())
                .isEqualTo(transcript.sections("links").getFirst());
    }

    /// `save` leaves out what `up` chose itself, and keeps what was set later.
    /// The shell prints no notice about its job when a signal ends the command.
    @Test
    void howAPrivateKeyCommandEndedIsSaidInOneLine() {
        Transcript transcript = World.run(Tool.OURS, """
            tunnel wg0; sed -i 's|^PrivateKey.*|PrivateKeyCommand = kill -9 $$|' /etc/wireguard/wg0.conf
            quick strip wg0; quick up wg0
            """);
        assertThat(transcript.exits()).containsExactly(1, 1);
        assertThat(transcript.lines().stream().filter(line -> line.startsWith("err| ") && !line.contains("[#]")))
                .filteredOn(line -> !line.contains("device type") && !line.contains("[!]"))
                .hasSize(2)
                .allMatch(line -> line.contains("PrivateKeyCommand: the command ended with exit code 137"));
    }

    @Test
    void saveLeavesOutAPortAndAMarkThatNobodyNamed() {
        Transcript transcript = World.run(Tool.OURS, """
            allowed=0.0.0.0/0 tunnel wg0 'Rule = fwmark 1 table 9 priority 77'
            quick up wg0; wg show wg0 listen-port
            quick save wg0; echo "-- chosen"; cat /etc/wireguard/wg0.conf
            wg set wg0 listen-port 7001 fwmark 5
            quick save wg0; echo "-- set"; cat /etc/wireguard/wg0.conf
            """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("chosen").getFirst())
                .contains("Rule = fwmark 1 table 9 priority 77")
                .noneMatch(line -> line.startsWith("ListenPort") || line.startsWith("FwMark"));
        assertThat(transcript.sections("set").getFirst()).contains("ListenPort = 7001", "FwMark = 0x5");
    }

    /// A device ignores a peer with its own key, as templates of meshes have. `up` says so; of other files it says
    /// nothing.
    @Test
    void upRemarksOnAPeerThatIsTheInterfaceItself() {
        Transcript transcript = World.run(Tool.OURS, """
            tunnel wg0; quick up wg0; quick down wg0
            tunnel wg0
            printf '[Peer]\nPublicKey = %s\n' "$(sed -n 's/^PrivateKey = //p' /etc/wireguard/wg0.conf | wg pubkey)" \
                >>/etc/wireguard/wg0.conf
            run wgj-quick up wg0; echo "-- said"; cat err
            """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.lines()).noneMatch(line -> line.startsWith("err|") && line.contains("interface's own"));
        assertThat(transcript.sections("said").getFirst())
                .filteredOn(
                        line -> line.endsWith(": [Peer]: its public key is the interface's own: WireGuard ignores such"
                                + " a peer, and so does wgj"))
                .hasSize(1);
    }

    /// At each of the four points, with a hook that leaves something in the background too.
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"PreUp, up, 0", "PostUp, up, 0", "PreDown, down, 1", "PostDown, down, 0"})
    void aHookThatHangsIsEndedInTime(String phase, String verb, int links) {
        Transcript transcript = World.run(Tool.OURS, """
            tunnel wg0 '%s = sleep 1000 & sleep 1000'
            [[ %s == up ]] || quick up wg0
            run wgj-quick %s --hook-timeout 1s wg0
            echo "-- said"; cat err
            echo "-- there"; ip -br link show type tun; ip -br link show type wireguard
            echo "-- asleep"; pgrep -x sleep || true
            """.formatted(phase, verb, verb));

        assertThat(transcript.exits().getLast()).isEqualTo(1);
        assertThat(transcript.sections("said").getFirst())
                .anyMatch(line -> line.startsWith("wgj: " + phase + " (/etc/wireguard/wg0.conf:")
                        && line.endsWith(", `sleep 1000 & sleep 1000') was ended: longer than --hook-timeout 1s;"
                                + " its exit code is 143"));
        assertThat(transcript.sections("there").getFirst()).hasSize(links);
        assertThat(transcript.sections("asleep")).containsExactly(List.of());
    }

    /// Two routers of equal rank: the kernel reports one default route with two next hops.
    @ParameterizedTest
    @CsvSource({"up0, 2001:db8:1::1", "up1, 2001:db8:2::1"})
    void ofTwoDefaultRoutesOfIPv6TheNamedDevicesIsTaken(String device, String gateway) {
        Transcript transcript = World.run(Tool.OURS, """
            far_end up0 2001:db8:1::1/64; far_end up1 2001:db8:2::1/64
            ip address add 2001:db8:1::2/64 dev up0 nodad; ip address add 2001:db8:2::2/64 dev up1 nodad
            ip -6 route add default nexthop via 2001:db8:1::1 dev up0 nexthop via 2001:db8:2::1 dev up1
            endpoint='[2001:db8:9::9]:5' tunnel wg0 'Underlay = dev %s'
            state; quick up wg0; echo "-- table"; ip -6 route show table 51920; quick down wg0; state
            """.formatted(device));

        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.sections("table").getFirst())
                .singleElement()
                .asString()
                .startsWith("default via " + gateway + " dev " + device + " ");
        assertThat(transcript.sections("routes").getLast())
                .isEqualTo(transcript.sections("routes").getFirst());
    }

    /// What the kernel refuses is explained by what is found on the host, after the original's line.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            allowed='10.1.0.0/16, 192.0.2.0/24'                                                          | RTNETLINK answers: File exists                | v0 has the route to 192.0.2.0/24 already: 192.0.2.0/24 dev v0
            ip route add blackhole 10.5.0.0/16 table 77; table='Table = 77' allowed=10.5.0.0/16          | RTNETLINK answers: File exists                | table 77 has the route to 10.5.0.0/16 already: blackhole 10.5.0.0/16 table 77
            echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6; address=fd09::1/64                     | Error: ipv6: IPv6 is disabled on this device. | IPv6 is switched off for wg0 (net.ipv6.conf.wg0.disable_ipv6 = 1)
            echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6; allowed=fd09::/64                      | Error: IPv6 is disabled on nexthop device.    | `--sysctl net.ipv6.conf.all.disable_ipv6=0'
            mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys; allowed=0.0.0.0/0      | sysctl: setting key "net.ipv4.conf.all.src_valid_mark": Read-only file system | `--sysctl net.ipv4.conf.all.src_valid_mark=1'
            """)
    void aRefusalOfTheKernelIsExplained(String scene, String line, String explanation) {
        Transcript transcript = World.run(Tool.OURS, "table=\n" + scene + """

                up() { "$1" up wg0 2>&1 | sed 's/^wgj: /ours: /' || true; }
                tunnel wg0 "${table:-MTU = 1400}"; state; echo "-- explained"; up wgj-quick
                state; echo "-- alone"; up wg-quick; state
                """);

        List<String> lines = transcript.sections("explained").getFirst();
        int refusal = lines.indexOf(line);
        assertThat(refusal).as(lines.toString()).isNotNegative();
        assertThat(lines.get(refusal + 1)).startsWith("ours: ").contains(explanation);
        assertThat(transcript.sections("alone").getFirst()).contains(line).noneMatch(said -> said.startsWith("ours: "));
        assertThat(transcript.sections("links").getLast())
                .isEqualTo(transcript.sections("links").getFirst());
    }

    /// The device's own default route, on its link too; and no way at all for a family that an endpoint is of.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip route add default dev up0 metric 500                                 | 203.0.113.9:5   | default dev up0 scope link
            ip route add default via 198.51.100.1 dev up0 onlink src 10.1.0.2       | 203.0.113.9:5   | default via 198.51.100.1 dev up0 src 10.1.0.2 onlink
            ip route add default dev up0; ip -6 route add default via 2001:db8::1 dev v0 | [2001:db8:9::9]:5 |
            ip route add default dev up0; ip -6 route add default via 2001:db8::1 dev v0 | localhost:5 |
            ip route add default via 192.0.2.1 dev v0                               | 203.0.113.9:5   |
            """)
    void underlayCopiesTheDefaultRouteOfItsDevice(String routes, String endpoint, String copy) {
        Transcript transcript = World.run(Tool.OURS, """
                far_end up0 10.1.0.1/24; ip address add 10.1.0.2/24 dev up0
                %s
                endpoint='%s' tunnel wg0 'Underlay = dev up0'
                state; quick up wg0; echo "-- table"; ip route show table 51920 2>/dev/null || true; quick down wg0; state
                """.formatted(routes, endpoint));

        if (copy != null) {
            assertThat(transcript.exits()).containsExactly(0, 0);
            assertThat(transcript.sections("table").getFirst())
                    .singleElement()
                    .satisfies(line -> assertThat(List.of(
                                    line.replace("proto 87 ", "").strip().split(" +")))
                            .containsExactlyInAnyOrder(copy.split(" ")));
        } else {
            assertThat(transcript.exits()).containsExactly(1, 1);
            assertThat(transcript.echoes()).isEmpty();
            assertThat(transcript.lines())
                    .anyMatch(line -> line.contains("[Interface] Underlay: up0 has no default route of IPv"));
        }
        assertThat(transcript.sections("routes").getLast())
                .isEqualTo(transcript.sections("routes").getFirst());
    }

    /// Packets with the device's mark may go another way than others do.
    @Test
    void theMtuIsThatOfTheWayOfMarkedPackets() {
        Transcript transcript = World.run(Tool.OURS, """
                ip route add 192.0.2.1/32 dev v0 mtu 1380 table 99; ip rule add fwmark 0x77 table 99
                tunnel wg0 'FwMark = 0x77'
                quick up wg0; quick down wg0
                """);

        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.lines()).contains("err| [#] ip link set mtu 1300 up dev wg0");
    }

    /// The original takes the three words for three addresses.
    @Test
    void anAddressWithAFarEndIsSavedAsOneAddress() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = ip address add 10.10.0.1 peer 10.10.0.2/32 dev %i'
                quick up wg0; quick save wg0; echo "-- saved"; cat /etc/wireguard/wg0.conf; quick down wg0
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("saved").getFirst())
                .filteredOn(line -> line.startsWith("Address"))
                .contains("Address = 10.9.0.1/24")
                .noneMatch(line -> line.contains("peer"));
    }
}
