// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgj.config.Golden;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {
    @Test
    void writesIpv6AsGlibc() {
        assertThat(Golden.lines("inet-ntop.txt")).hasSizeGreaterThan(1_000).allSatisfy(line -> {
            var address = IpAddress.of(HexFormat.of().parseHex(line.substring(0, 32)));
            String text = line.substring(33);
            assertThat(address.text()).isEqualTo(text);
            assertThat(IpAddress.parse(text)).contains(address);
        });
    }

    @Test
    void takesAndRefusesTextAsGlibc() {
        assertThat(Golden.lines("inet-pton.txt")).hasSizeGreaterThan(2_000).allSatisfy(line -> {
            int bar = line.lastIndexOf('|');
            String parsed = IpAddress.parse(Golden.unescape(line.substring(0, bar)))
                    .map(address -> HexFormat.of().formatHex(address.toBytes()))
                    .orElse("-");
            assertThat(parsed).isEqualTo(line.substring(bar + 1));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "::1:2, ::0.1.0.2",
        "::5, ::5",
        "::, ::",
        "::1:0, ::0.1.0.0",
        "::ffff:0:0, ::ffff:0.0.0.0",
        "::FFFF:1.2.3.4, ::ffff:1.2.3.4",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "0:0:0:0:0:0:0:0, ::",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
    })
    void writesWhatItReads(String text, String expected) {
        assertThat(IpAddress.parse(text)).map(IpAddress::text).contains(expected);
    }

    @Test
    void readsBackEveryAddressItWrites() {
        var random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(3) == 0 ? bytes[j] : 0;
            }
            var address = IpAddress.of(bytes);
            assertThat(address.toBytes()).isEqualTo(bytes);
            assertThat(IpAddress.parse(address.text())).contains(address);
        }
    }

    /// Constants: a hash that takes part of an enum's would differ from run to run.
    @Test
    void hashesAlikeInEveryRun() {
        assertThat(IpAddress.ofV4(1)).hasSameHashCodeAs(31 + 2);
        assertThat(IpAddress.ofV6(0, 1)).hasSameHashCodeAs(31 + 10);
    }

    @Test
    void masksEveryLength() {
        var ones = IpAddress.of(HexFormat.of().parseHex("ff".repeat(16)));
        for (int length = 0; length <= 128; length++) {
            byte[] bytes = ones.masked(length).toBytes();
            for (int bit = 0; bit < 128; bit++) {
                assertThat(bytes[bit / 8] >> 7 - bit % 8 & 1).isEqualTo(bit < length ? 1 : 0);
            }
        }
        for (int length = 0; length <= 32; length++) {
            long expected = length == 0 ? 0 : 0xffff_ffffL << 32 - length & 0xffff_ffffL;
            assertThat(IpAddress.ofV4(-1).masked(length).low()).isEqualTo(expected);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ones.masked(129));
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.ofV4(0).masked(33));
    }

    @Test
    void hasFourOrSixteenBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[5]));
        assertThatIllegalArgumentException().isThrownBy(() -> new IpAddress(IpFamily.V4, 0, 1L << 32));
    }

    @ParameterizedTest
    @CsvSource({"fe80::1, true", "febf::, true", "fec0::1, false", "fd00::1, false", "254.128.0.0, false"})
    void knowsLinkLocalAddresses(String text, boolean linkLocal) {
        assertThat(IpAddress.parse(text).orElseThrow().isLinkLocal()).isEqualTo(linkLocal);
    }
}
