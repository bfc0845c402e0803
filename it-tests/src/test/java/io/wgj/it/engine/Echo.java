// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A host that sends every UDP datagram back, and the way to ask it.
final class Echo implements AutoCloseable {
    private static final int PORT = 7;
    private static final int LONGEST = 65_507;
    private static final Random CONTENT = new Random(42);

    private final DatagramSocket socket;

    /// Answers from now on.
    Echo(Host host) throws Exception {
        socket = host.on(() -> new DatagramSocket(PORT));
        host.inBackground(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
            while (!socket.isClosed()) {
                packet.setLength(LONGEST);
                try {
                    socket.receive(packet);
                    socket.send(packet);
                } catch (IOException _) {
                    // Closed, or the way back is not there: a test that minds will see no answer.
                    Thread.onSpinWait();
                }
            }
            return null;
        });
    }

    /// Sends one datagram of `bytes` bytes from `source` (null: any); whether it came back unchanged.
    static boolean once(Host from, @Nullable String source, String to, int bytes, int millis) throws Exception {
        return from.on(() -> {
            InetSocketAddress local = source == null ? new InetSocketAddress(0) : new InetSocketAddress(source, 0);
            try (DatagramSocket socket = new DatagramSocket(local)) {
                byte[] sent = new byte[bytes];
                CONTENT.nextBytes(sent);
                socket.send(new DatagramPacket(sent, bytes, InetAddress.getByName(to), PORT));
                DatagramPacket answer = new DatagramPacket(new byte[LONGEST], LONGEST);
                socket.setSoTimeout(millis);
                socket.receive(answer);
                return Arrays.equals(sent, Arrays.copyOf(answer.getData(), answer.getLength()));
            } catch (SocketTimeoutException _) {
                return false;
            }
        });
    }

    /// Asks until an answer comes, for eight seconds at most: a handshake may need its second try.
    static void must(Host from, String to, int bytes) throws Exception {
        long deadline = System.nanoTime() + 8_000_000_000L;
        while (!once(from, null, to, bytes, 1_000)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no answer from " + to + " to " + bytes + " bytes");
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
