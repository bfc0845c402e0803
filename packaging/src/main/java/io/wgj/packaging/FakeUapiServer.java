// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A userspace device that always gives the same answer: one interface with two peers. It accepts every change.
final class FakeUapiServer {
    private static final String DEVICE = """
            private_key=e84b5a6d2717c1003a13b431570353dbaca9146cf150c5f8575680feba52027a
            listen_port=12912
            public_key=b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33
            preshared_key=188515093e952f5f22e865cef3012e72f8b5f0b598ac0309d5dacce3b70fcf52
            allowed_ip=192.168.4.4/32
            allowed_ip=fd00::/64
            endpoint=[abcd:23::33%2]:51820
            last_handshake_time_sec=1700000000
            last_handshake_time_nsec=5
            tx_bytes=38333
            rx_bytes=2224
            persistent_keepalive_interval=111
            protocol_version=1
            public_key=58402e695ba1772b1cc9309755f043251ea77fdcf10fbe63989ceb7e19321376
            allowed_ip=192.168.4.6/32
            allowed_ip=0.0.0.0/0
            allowed_ip=::/0
            endpoint=182.122.22.19:3233
            protocol_version=1
            errno=0

            """;

    private FakeUapiServer() {}

    /// Serves until killed.
    ///
    /// @param words of the command line: the path of the socket
    public static void main(String[] words) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(words[0]));
        while (true) {
            try (SocketChannel client = server.accept()) {
                answer(client);
            }
        }
    }

    private static void answer(SocketChannel client) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(1 << 16);
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\n\n") < 0) {
            if (client.read(request.clear()) < 0) {
                return;
            }
            text.append(ISO_8859_1.decode(request.flip()));
        }
        String reply = text.indexOf("get=1") == 0 ? DEVICE : "errno=0\n\n";
        client.write(ByteBuffer.wrap(reply.getBytes(ISO_8859_1)));
    }
}
