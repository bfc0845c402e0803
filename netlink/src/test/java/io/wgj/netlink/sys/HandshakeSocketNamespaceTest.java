// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kernel runs the filter on real packets.
@Tag("namespace")
class HandshakeSocketNamespaceTest {
    private static final int POLL_MILLIS = 2_000;

    @ParameterizedTest
    @CsvSource({"V4, 127.0.0.1", "V6, ::1"})
    void isReadableAfterAHandshakeAlone(IpFamily family, String address) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            Process up = new ProcessBuilder("ip", "link", "set", "lo", "up")
                    .inheritIO()
                    .start();
            assertThat(up.waitFor()).isZero();
            try (HandshakeSocket socket = HandshakeSocket.open(family, List.of(7));
                    PollSet poll = new PollSet(socket.descriptor());
                    DatagramSocket sender = new DatagramSocket(0, InetAddress.ofLiteral(address))) {
                send(sender, address, 51820, 1, 148);
                send(sender, address, 7, 4, 148);
                send(sender, address, 7, 1, 147);
                assertThat(socket.clear()).isFalse();

                send(sender, address, 7, 1, 148);
                assertThat(poll.await(POLL_MILLIS)).isOne();
                assertThat(socket.clear()).isTrue();
                assertThat(socket.clear()).isFalse();

                socket.listenTo(List.of(51820));
                send(sender, address, 7, 1, 148);
                assertThat(socket.clear()).isFalse();
                send(sender, address, 51820, 2, 92);
                assertThat(poll.await(POLL_MILLIS)).isOne();
            }
            return address;
        });
    }

    private static void send(DatagramSocket from, String address, int port, int type, int length) throws Exception {
        byte[] message = new byte[length];
        message[0] = (byte) type;
        from.send(new DatagramPacket(message, length, InetAddress.ofLiteral(address), port));
    }
}
