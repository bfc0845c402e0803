// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.00 KiB",
        "1029, 1.00 KiB",
        "1030, 1.01 KiB",
        "1152, 1.12 KiB",
        "1408, 1.38 KiB",
        "1664, 1.62 KiB",
        "1920, 1.88 KiB",
        "1048575, 1024.00 KiB",
        "1048576, 1.00 MiB",
        "1073741823, 1024.00 MiB",
        "1073741824, 1.00 GiB",
        "1099511627775, 1024.00 GiB",
        "1099511627776, 1.00 TiB",
        "1125899906842624, 1024.00 TiB",
        "18446744073709551615, 16777216.00 TiB"
    })
    @Case({"J11", "J12"})
    void sizesRoundTheirExactValueToEven(String bytes, String expected) {
        assertThat(bytes(Long.parseUnsignedLong(bytes))).isEqualTo(expected);
    }

    @Test
    void sizesRoundAsTheExactDecimalExpansionDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >>> random.nextInt(54);
            long size = value | 1024;
            int shift = size < 0 || size >= 1L << 40 ? 40 : size >= 1 << 30 ? 30 : size >= 1 << 20 ? 20 : 10;
            BigDecimal exact = new BigDecimal(new BigDecimal(Long.toUnsignedString(size)).doubleValue())
                    .divide(BigDecimal.valueOf(1L << shift))
                    .setScale(2, RoundingMode.HALF_EVEN);
            assertThat(bytes(size)).startsWith(exact.toPlainString() + " ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | Now",
                "1 | 1 second ago",
                "60 | 1 minute ago",
                "61 | 1 minute, 1 second ago",
                "3600 | 1 hour ago",
                "3601 | 1 hour, 1 second ago",
                "86400 | 1 day ago",
                "90061 | 1 day, 1 hour, 1 minute, 1 second ago",
                "31535999 | 364 days, 23 hours, 59 minutes, 59 seconds ago",
                "31536000 | 1 year ago",
                "-1 | (System clock wound backward; connection problems may ensue.)"
            })
    @Case({"J07", "J08"})
    void agesAreToldInTheirUnits(long age, String expected) {
        StringBuilder out = new StringBuilder();
        Quantities.ago(new Paint(out, false), 2_000_000_000, 2_000_000_000 - age);
        assertThat(out).hasToString(expected);
    }

    private static String bytes(long count) {
        StringBuilder out = new StringBuilder();
        Quantities.bytes(new Paint(out, false), count);
        return out.toString();
    }
}
