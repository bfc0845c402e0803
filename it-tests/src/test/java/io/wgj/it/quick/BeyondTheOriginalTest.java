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
    /// A resolvectl that remembers what it is told; `domain` fails when `broken` is there.
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

    /// What `up` chose itself is not what the file says. What somebody has set since is.
    /// No notice of a shell's about its job, whatever signal ends the command.
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

    /// At each of the four points, with a hook that leaves something in the background too.
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

    /// Two routers of equal rank: the kernel tells of one default route with two ways.
    @ParameterizedTest
    @CsvSource({"up0, 2001:db8:1::1", "up1, 2001:db8:2::1"})
    void ofTwoDefaultRoutesOfIPv6TheNamedDevicesIsTaken(String device, String gateway) {
        Transcript transcript = World.run(Tool.OURS, """
            far_end up0 2001:db8:1::1/64; far_end up1 2001:db8:2::1/64
            ip address add 2001:db8:1::2/64 dev up0 nodad; ip address add 2001:db8:2::2/64 dev up1 nodad
            ip -6 route add default nexthop via 2001:db8:1::1 dev up0 nexthop via 2001:db8:2::1 dev up1
            tunnel wg0 'Underlay = dev %s'
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
}
