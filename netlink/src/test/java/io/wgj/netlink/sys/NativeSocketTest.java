// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class NativeSocketTest {
    private static final int NETLINK_ROUTE = 0;

    @Test
    void exchangesDatagramsWithTheKernel() throws SystemException {
        try (NativeSocket socket = routeSocket()) {
            assertThat(socket.isReadable(0)).isFalse();
            socket.send(getLinkByIndex(Interfaces.indexOf("lo")));
            assertThat(socket.isReadable(1_000)).isTrue();
            byte[] into = new byte[32_768];
            NativeSocket.Received received = socket.receive(into);

            ByteBuffer message = ByteBuffer.wrap(into).order(ByteOrder.nativeOrder());
            assertThat(message.getInt(0)).isEqualTo(received.length());
            assertThat(message.getShort(4)).as("RTM_NEWLINK").isEqualTo((short) 16);
            assertThat(message.getInt(12)).as("our port").isEqualTo(port(socket.localAddress()));
            assertThat(port(received.sender())).as("the kernel").isZero();
        }
    }

    @Test
    void tellsTheLengthOfADatagramThatDidNotFit() throws SystemException {
        try (NativeSocket socket = routeSocket()) {
            socket.send(getLinkByIndex(Interfaces.indexOf("lo")));
            assertThat(socket.nextLength()).isGreaterThan(200);
            byte[] into = new byte[10];

            assertThat(socket.receive(into).length()).isGreaterThan(200);
        }
    }

    @Test
    void closesOnce() throws SystemException {
        NativeSocket socket = routeSocket();
        assertThat(socket.isOpen()).isTrue();
        socket.close();
        socket.close();
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void keepsTheErrorNumber() {
        assertThatThrownBy(() -> NativeSocket.open(NativeSocket.AF_NETLINK, NativeSocket.SOCK_RAW, 999))
                .isInstanceOfSatisfying(
                        SystemException.class,
                        e -> assertThat(e.errno().symbol()).isEqualTo("EPROTONOSUPPORT"));
    }

    private static NativeSocket routeSocket() throws SystemException {
        NativeSocket socket = NativeSocket.open(NativeSocket.AF_NETLINK, NativeSocket.SOCK_RAW, NETLINK_ROUTE);
        byte[] anyPort = new byte[12];
        ByteBuffer.wrap(anyPort).order(ByteOrder.nativeOrder()).putShort(0, (short) NativeSocket.AF_NETLINK);
        socket.bind(anyPort);
        return socket;
    }

    /// An `RTM_GETLINK` of one link: header and `struct ifinfomsg`, its index at 4.
    private static ByteBuffer getLinkByIndex(int index) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putInt(0, 32)
                .putShort(4, (short) 18)
                .putShort(6, (short) 1)
                .putInt(20, index);
    }

    private static int port(ByteBuffer socketAddress) {
        return socketAddress.getInt(4);
    }
}
