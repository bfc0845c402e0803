// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.packet.PacketOutput;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which queue of a real TUN a flow's packets come through.
@Tag("namespace")
@Timeout(60)
class TunQueuesNamespaceTest {
    private static final int FLOWS = 32;
    private static final int QUEUES = 4;
    private static final int HERE = 0x0a090001;
    private static final int THERE = 0x0a090002;
    private static final int PORT = 9;

    private final List<DatagramSocket> sockets = new ArrayList<>();
    private Side side;
    private TunQueues queues;

    @BeforeEach
    void open() throws Exception {
        side = new Side();
        EngineFeatures plain = EngineFeatures.allBut(EngineFeature.TUN_OFFLOADS);
        queues = side.run(() -> TunQueues.open("wgj0", QUEUES, plain, OperatorLog.NONE));
        side.ip("address add 10.9.0.1/24 dev wgj0");
        side.ip("link set wgj0 up");
        for (int i = 0; i < FLOWS; i++) {
            sockets.add(side.run(() -> new DatagramSocket(0)));
        }
    }

    @AfterEach
    void close() {
        sockets.forEach(DatagramSocket::close);
        queues.close();
        side.close();
    }

    /// By port, the queue that a datagram of each flow came through.
    private Map<Integer, Integer> flows() throws Exception {
        for (DatagramSocket socket : sockets) {
            socket.send(new DatagramPacket(new byte[10], 10, InetAddress.getByName("10.9.0.2"), PORT));
        }
        Map<Integer, Integer> found = new TreeMap<>();
        byte[] packet = new byte[TunPort.READ_ROOM];
        while (found.size() < FLOWS) {
            for (int queue = 0; queue < queues.reading().size(); queue++) {
                int length = queues.reading().get(queue).read(packet, 0);
                if (length > 28 && packet[0] == 0x45 && packet[9] == 17) {
                    found.put(ByteBuffer.wrap(packet).getShort(20) & 0xffff, queue);
                }
            }
        }
        return found;
    }

    private void answerAll(PacketOutput<TunClosedException> through) throws Exception {
        for (DatagramSocket socket : sockets) {
            byte[] answer = answer(socket.getLocalPort());
            assertThat(through.write(answer, 0, answer.length)).isTrue();
            socket.receive(new DatagramPacket(new byte[10], 10));
        }
    }

    /// An IPv4 packet with a datagram without checksum.
    private static byte[] answer(int port) {
        ByteBuffer packet = ByteBuffer.allocate(38);
        packet.putShort((short) 0x4500).putShort((short) 38).putInt(0);
        packet.put((byte) 64).put((byte) 17).putShort((short) 0).putInt(THERE).putInt(HERE);
        packet.putShort((short) PORT).putShort((short) port).putShort((short) 18);
        int sum = 0;
        for (int at = 0; at < 20; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        packet.putShort(10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return packet.array();
    }

    @Test
    void answersThatAreWrittenLeaveEachFlowInItsQueue() throws Exception {
        Map<Integer, Integer> before = flows();
        assertThat(new HashSet<>(before.values())).as("several queues are used").hasSizeGreaterThan(1);

        answerAll(queues.writing());
        answerAll(queues.writing().newWriter());

        assertThat(flows()).isEqualTo(before);
    }

    /// Why there is a queue for writing.
    @Test
    void aFlowFollowsAnswersThatAreWrittenThroughAQueueWithReaders() throws Exception {
        Map<Integer, Integer> before = flows();

        answerAll(queues.reading().getFirst());

        assertThat(flows()).isNotEqualTo(before);
        assertThat(flows().values()).containsOnly(0);
    }
}
