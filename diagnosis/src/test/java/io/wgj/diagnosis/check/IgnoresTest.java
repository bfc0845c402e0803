// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoresTest {
    private static final String BEFORE = """
            [Interface]
            Address = 10.9.0.1/24
            PrivateKey = gNdzxZRBgr3eaZgvnsBezR9iQeeRzA/1TnSIG3XGaX8=
            ListenPort = 51820
            """;
    private static final String AFTER = """

            [Peer]
            PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
            AllowedIPs = 0.0.0.0/0
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Table = off; 1",
                "Table = off # wgj: ignore W010; 0",
                "Table = off # our routing daemon; 1",
                "Table = off # wgj: ignore w010, W011; 0",
                "Table = off # bird. wgj: ignore W010; 0",
                "Table = off # wgj: ignore W011; 1",
                "Table = off # wgj: ignore W0101; 1",
                "Table = off # wgj: ignore; 1",
            })
    void onTheLine(String line, int findings) {
        assertThat(findings(BEFORE + line + "\n" + AFTER)).isEqualTo(findings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "# wgj: ignore W010; 0",
                "#wgj: ignore W010; 0",
                "   # wgj: ignore W012 W010; 0",
                "# wgj: ignore W012; 1",
                "MTU = 1420 # wgj: ignore W010; 1",
            })
    void onTheLineAbove(String line, int findings) {
        assertThat(findings(BEFORE + line + "\nTable = off\n" + AFTER)).isEqualTo(findings);
        assertThat(findings(BEFORE + line + "\n\nTable = off\n" + AFTER)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"E001, Adress = 10.9.0.2", "E002, Address = 10.9.0.300"})
    void errorsStay(String code, String line) {
        assertThat(findings(BEFORE + "# wgj: ignore " + code + "\n" + line + "\n"))
                .isEqualTo(1);
    }

    private static int findings(String text) {
        return FileChecks.ofOne(CheckedFile.of("wg0.conf", text), HostFacts.UNKNOWN)
                .size();
    }
}
