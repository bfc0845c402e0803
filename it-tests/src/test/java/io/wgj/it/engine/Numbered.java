// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/// Flows of numbered UDP datagrams, as fast as they go; many may get lost.
final class Numbered {
    private static final int QUIET_MILLIS = 1_500;
    private static final int BUFFER = 4 << 20;

    /// What came of one flow.
    ///
    /// @param arrived datagrams
    /// @param overtaken of them, those that came after one with a higher number, or twice
    record Result(int arrived, int overtaken) {}

    private Numbered() {}

    /// Sends `count` datagrams in each of `flows` flows at the same time, and returns what arrived of each.
    static List<Result> run(Host from, Host to, String address, int flows, int count) throws Exception {
        List<Future<Result>> results = new ArrayList<>();
        List<Future<Object>> senders = new ArrayList<>();
        for (int flow = 0; flow < flows; flow++) {
            DatagramSocket receiver = to.on(() -> new DatagramSocket(0));
            receiver.setReceiveBufferSize(BUFFER);
            results.add(to.start(() -> receive(receiver)));
            int length = 100 + 300 * flow;
            senders.add(from.start(() -> {
                send(address, receiver.getLocalPort(), length, count);
                return flows;
            }));
        }
        for (Future<Object> sender : senders) {
            Object _ = Host.result(sender);
        }
        List<Result> all = new ArrayList<>();
        for (Future<Result> result : results) {
            all.add(Host.result(result));
        }
        return all;
    }

    private static void send(String address, int port, int length, int count) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress to = InetAddress.getByName(address);
            for (int i = 0; i < count; i++) {
                byte[] datagram = new byte[length];
                ByteBuffer.wrap(datagram).putInt(i);
                socket.send(new DatagramPacket(datagram, length, to, port));
            }
        }
    }

    private static Result receive(DatagramSocket socket) throws Exception {
        int arrived = 0;
        int overtaken = 0;
        int highest = -1;
        try (socket) {
            socket.setSoTimeout(QUIET_MILLIS);
            DatagramPacket datagram = new DatagramPacket(new byte[2_000], 2_000);
            while (true) {
                socket.receive(datagram);
                int number = ByteBuffer.wrap(datagram.getData()).getInt();
                arrived++;
                if (number <= highest) {
                    overtaken++;
                }
                highest = Math.max(highest, number);
            }
        } catch (SocketTimeoutException _) {
            return new Result(arrived, overtaken);
        }
    }
}
