// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An MTU that leaves no room for the IPv6 of the same file.
class MinimumMtuTest {
    private static ParsedFile parse(String lines) {
        return QuickConfigParser.parse(
                QuickFile.of("wg0.conf", lines.replace(" ; ", "\n").replace("KEY", K1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Interface] ; MTU = 1200 ; Address = 10.7.0.1/24, fd07::1/64                                 | 2:7 | Address fd07::1/64 of line 3
            [Interface] ; Address = fd07::1 ; MTU = 1500 ; MTU = 1279                                    | 4:7 | Address fd07::1/128 of line 2
            [Interface] ; MTU = 1200 ; [Peer] ; PublicKey = KEY ; AllowedIPs = 0.0.0.0/0, ::/0           | 2:7 | AllowedIPs ::/0 of line 5
            [Interface] ; Table = 7 ; MTU = 0x4ff ; [Peer] ; PublicKey = KEY ; allowedips=fd00::/8       | 3:7 | AllowedIPs fd00::/8 of line 6
            [Interface] ; MTU = 68 ; [Peer] ; PublicKey = KEY ; AllowedIPs = 10.0.0.0/8 ; AllowedIPs = fd00::/8 | 2:7 | AllowedIPs fd00::/8 of line 6
            """)
    void namesTheMtuTheLimitAndWhatIsIpv6(String file, String place, String ipv6) {
        Problem problem = parse(file).problems().getFirst();
        assertThat(problem.place()).hasToString("wg0.conf:" + place);
        assertThat(problem.key()).isEqualTo("MTU");
        assertThat(problem.reason()).isEqualTo("IPv6 needs an MTU of at least 1280, and " + ipv6 + " is IPv6");
        assertThat(problem.hint()).contains("MTU = 1280");
        assertThat(problem.wgLines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Interface] ; MTU = 1280 ; Address = fd07::1/64",
                "[Interface] ; MTU = 1200 ; Address = 10.7.0.1/24 ; [Peer] ; PublicKey = KEY ; AllowedIPs = 0.0.0.0/0",
                "[Interface] ; MTU = 1200 ; MTU = 1400 ; Address = fd07::1/64",
                "[Interface] ; MTU = 1200 ; MTU = ; Address = fd07::1/64",
                "[Interface] ; MTU = 1200 ; Table = off ; [Peer] ; PublicKey = KEY ; AllowedIPs = ::/0",
                "[Interface] ; MTU = 1200 ; [Peer] ; PublicKey = KEY ; AllowedIPs = -fd00::/8",
                "[Interface] ; MTU = 1200 ; DNS = fd00::53",
                "[Interface] ; Address = fd07::1/64"
            })
    void hasNothingAgainstOtherFiles(String file) {
        assertThat(parse(file).problems()).isEmpty();
    }

    /// A tunnel that is up with it must be taken down by it.
    @Test
    void isNoneOfTheProblemsThatTakeALineAway() {
        ParsedFile parsed = parse("[Interface] ; MTU = 1200 ; Address = fd07::1/64");
        assertThat(parsed.quickProblems()).isEmpty();
        assertThat(parsed.readable().interfaceSection().mtu())
                .map(Located::value)
                .contains(1200);
    }

    @Test
    void isToldBesideOtherProblemsInTheOrderOfTheFile() {
        assertThat(parse("[Interface] ; SaveConfig = x ; MTU = 1200 ; Address = fd07::1/64 ; Address = y")
                        .problems())
                .extracting(Problem::key)
                .containsExactly("SaveConfig", "MTU", "Address");
    }
}
