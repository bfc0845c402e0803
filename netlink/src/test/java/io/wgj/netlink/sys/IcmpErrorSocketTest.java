// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// ICMP errors as the kernel hands them over, and what is none.
class IcmpErrorSocketTest {
    /// From 10.0.0.2: port unreachable, about UDP from 10.0.0.1:51820 to 10.0.0.2:51821.
    private static final String PORT_CLOSED = "45c0003800000000400100000a0000020a000001" + "0303000000000000"
            + "4500001c00000000401100000a0000010a000002" + "ca6cca6d00080000";

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @Test
    void namesTheSenderAndTheDatagram() {
        assertThat(IcmpErrorSocket.decode4(bytes(PORT_CLOSED)))
                .contains(new IcmpErrorSocket.IcmpError(
                        3,
                        3,
                        IpAddress.parse("10.0.0.2").orElseThrow(),
                        IpAddress.parse("10.0.0.2").orElseThrow(),
                        51820,
                        51821));
    }

    @Test
    void everyCutIsNoError() {
        for (int length = 0; length < PORT_CLOSED.length() - 8; length += 2) {
            assertThat(IcmpErrorSocket.decode4(bytes(PORT_CLOSED.substring(0, length))))
                    .as("%d digits", length)
                    .isEmpty();
        }
    }

    @Test
    void echoRepliesAndErrorsAboutTcpAreLeftOut() {
        assertThat(IcmpErrorSocket.decode4(bytes(PORT_CLOSED.replace("0303000000000000", "0000000000000000"))))
                .isEmpty();
        assertThat(IcmpErrorSocket.decode4(bytes(PORT_CLOSED.replace("4011", "4006"))))
                .isEmpty();
    }
}
