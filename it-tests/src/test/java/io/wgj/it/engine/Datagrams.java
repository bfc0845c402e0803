// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.io.OperatorLog;
import io.wgj.engine.io.Poller;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.UdpSockets;
import java.util.Arrays;
import java.util.Random;

/// Trains of UDP datagrams, sent in one call each; what arrives is held against what was sent, in its order.
final class Datagrams {
    /// Always the same, so that every checksum is. One datagram in 65,536 has the sum 0, which has to be
    /// written as 0xffff, and is by our engine (SegmenterTest), but not by each wireguard-go.
    private static final int PORT_FROM = 4_001;

    private static final int PORT_TO = 4_002;
    private static final int ROUNDS = 40;
    private static final int SIZE = 1_100;
    /// Nineteen of full size and a shorter one.
    private static final int LENGTH = 19 * SIZE + 333;

    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private Datagrams() {}

    /// Fails unless exactly what was sent arrives.
    static void run(Host from, Host to, String address) throws Exception {
        try (UdpSockets sender = from.on(() -> UdpSockets.open(EngineFeatures.ALL_ON, OperatorLog.NONE));
                UdpSockets receiver = to.on(() -> UdpSockets.open(EngineFeatures.ALL_ON, OperatorLog.NONE))) {
            from.on(() -> sender.bind(PORT_FROM));
            int port = to.on(() -> receiver.bind(PORT_TO));
            IpAddress there = IpAddress.parse(address).orElseThrow();
            UdpFlow flow =
                    new UdpFlow(there.family() == IpFamily.V6, there.high(), there.low(), port, 0, 0, 0, 0, false);
            byte[] text = new byte[LENGTH];
            Random random = new Random(11);
            for (int round = 0; round < ROUNDS; round++) {
                random.nextBytes(text);
                int errno = sender.send(flow, text, 0, LENGTH, SIZE);
                if (errno != 0) {
                    throw new AssertionError("round " + round + ": errno " + errno);
                }
                if (!Arrays.equals(receive(receiver), text)) {
                    throw new AssertionError("round " + round + ": something else has arrived");
                }
            }
        }
    }

    private static byte[] receive(UdpSockets receiver) throws Exception {
        byte[] arrived = new byte[LENGTH];
        Train train = new Train();
        int length = 0;
        long end = System.nanoTime() + PATIENCE_NANOS;
        try (Poller poller = Poller.over(receiver.descriptor4(), receiver.descriptor6())) {
            while (length < LENGTH && System.nanoTime() < end) {
                if (receiver.receive(train)) {
                    System.arraycopy(train.data, 0, arrived, length, train.length);
                    length += train.length;
                } else {
                    poller.await(100);
                }
            }
        }
        return arrived;
    }
}
