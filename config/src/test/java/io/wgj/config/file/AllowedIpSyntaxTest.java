// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static io.wgj.config.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.Golden;
import io.wgj.config.cases.Case;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.device.UapiText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedIpSyntaxTest {
    /// What `wg set m0 peer K1 allowed-ips LIST` prints, and sends behind the public key (`-` for nothing).
    private record Outcome(String stderr, String sent) {
        static Outcome of(String list) {
            List<String> stderr = new ArrayList<>();
            String sent = "-";
            try {
                AllowedIpList parsed = AllowedIpSyntax.parse(list);
                stderr.addAll(parsed.warnings());
                var put = new PeerUpdate.Put(
                        key(K1), PeerSettings.NONE.withAllowedIps(!parsed.incremental(), parsed.entries()));
                List<String> lines = UapiText.lines(put);
                sent = lines(lines.subList(1, lines.size()));
            } catch (ValueException e) {
                stderr.addAll(e.warnings());
                stderr.add(e.wgLine());
            }
            return new Outcome(lines(stderr), sent);
        }

        private static String lines(List<String> lines) {
            return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        }
    }

    @Test
    void saysAndSendsWhatTheOriginalDoes() {
        List<String> golden = Golden.lines("wg-set-allowed-ips.txt");
        assertThat(golden).hasSize(900);
        for (int i = 0; i < golden.size(); i += 3) {
            var expected = new Outcome(Golden.unescape(golden.get(i + 1)), Golden.unescape(golden.get(i + 2)));
            assertThat(Outcome.of(Golden.unescape(golden.get(i))))
                    .as(golden.get(i))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', R",
        "10.0.0.1, R 10.0.0.1/32",
        "fd00::1, R fd00::1/128",
        "' 10.0.0.0 / 8 , 11.0.0.0/8 ', R 10.0.0.0/8 11.0.0.0/8",
        "10.0.0.0/08, R 10.0.0.0/8",
        "1:0:0:2:0:0:0:3/128, R 1:0:0:2::3/128",
        "::ffff:0:0/96, R ::ffff:0.0.0.0/96",
        "+10.0.0.1/32, 10.0.0.1/32",
        "-10.0.0.1/32, -10.0.0.1/32",
        "'10.0.0.3/32,+10.0.0.1', 10.0.0.3/32 10.0.0.1/32",
        "'+10.0.0.1/32,-10.0.0.2/32,10.0.0.3', 10.0.0.1/32 -10.0.0.2/32 10.0.0.3/32",
        "'10.0.0.1,10.0.0.1', R 10.0.0.1/32 10.0.0.1/32",
    })
    @Case({"G01", "G02", "G04", "G07", "G09", "G10", "G11", "G12", "G13", "G14", "G21"})
    void readsLists(String list, String expected) throws ValueException {
        AllowedIpList parsed = AllowedIpSyntax.parse(list);
        StringBuilder text = new StringBuilder(parsed.incremental() ? "" : "R");
        parsed.entries()
                .forEach(entry -> text.append(text.isEmpty() ? "" : " ")
                        .append(entry.remove() ? "-" : "")
                        .append(entry.prefix()));
        assertThat(text).hasToString(expected);
        assertThat(parsed.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.0/8,', ''",
        "',10.0.0.0/8', ''",
        "',', ''",
        "10/8, 10",
        "10.0.0/8, 10.0.0",
        "010.0.0.0/8, 010.0.0.0",
        "[fd00::1]/128, [fd00::1]",
        "fe80::1%lo/128, fe80::1%lo",
        "example.com/32, example.com",
        "+, ''",
        "-, ''",
        "++10.0.0.1, +10.0.0.1",
    })
    @Case({"G05", "G08", "G15"})
    void refusesWhatIsNoAddress(String list, String named) {
        assertThat(Outcome.of(list)).isEqualTo(new Outcome("Unable to parse IP address: `" + named + "'\n", "-"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, 10.0.0.0/33",
        "::/129, ::/129",
        "10.0.0.0/, 10.0.0.0/",
        "10.0.0.0/a, 10.0.0.0/a",
        "10.0.0.0/+8, 10.0.0.0/+8",
        "10.0.0.0/8/8, 10.0.0.0/8/8",
        "-10.0.0.0/33, 10.0.0.0/33",
        "10.0.0.0/4294967304, 10.0.0.0/4294967304",
    })
    @Case({"G06", "G16"})
    void refusesAnotherLength(String list, String named) {
        assertThat(Outcome.of(list))
                .isEqualTo(new Outcome("AllowedIP is not in the correct format: `" + named + "'\n", "-"));
    }

    @Test
    @Case("G03")
    void warnsOfHostBitsAndSendsThem() {
        assertThat(Outcome.of("10.0.0.1/24"))
                .isEqualTo(new Outcome(
                        "Warning: AllowedIP has nonzero host part: 10.0.0.1/24\n",
                        "replace_allowed_ips=true\nallowed_ip=10.0.0.1/24\n"));
    }
}
