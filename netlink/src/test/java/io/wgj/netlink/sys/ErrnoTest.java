// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, Success",
        "1, EPERM, Operation not permitted",
        "11, EAGAIN, Resource temporarily unavailable",
        "19, ENODEV, No such device",
        "41, 41, Unknown error 41",
        "71, EPROTO, Protocol error",
        "93, EPROTONOSUPPORT, Protocol not supported",
        "95, EOPNOTSUPP, Operation not supported",
        "98, EADDRINUSE, Address already in use",
        "133, EHWPOISON, Memory page has hardware error",
        "134, 134, Unknown error 134",
        "-22, -22, Unknown error -22",
        "2147483647, 2147483647, Unknown error 2147483647",
        "-2147483648, -2147483648, Unknown error -2147483648"
    })
    void namesAndExplainsNumbers(int number, String symbol, String sentence) {
        assertThat(new Errno(number).symbol()).isEqualTo(symbol);
        assertThat(new Errno(number).sentence()).isEqualTo(sentence);
    }

    @Test
    void saysOfEveryNumberWhatTheCLibrarySays() {
        CFunction strerror = new CFunction("strerror");
        for (int number = -200; number <= 200; number++) {
            assertThat(new Errno(number).sentence()).isEqualTo(NativeMemory.stringAt(strerror.raw(number)));
        }
    }
}
