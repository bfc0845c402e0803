// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/// Numbered datagrams at a fixed pace to an address in the namespace `far`, where each is sent back, and counted.
final class Flood implements AutoCloseable {
    private static final int ECHO = 7;
    private static final int LEAST = 1_500;
    private static final int MOST = 60_000;
    private static final long INTERVAL_NANOS = 2_000_000;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int BUFFER = 1 << 20;
    /// The buffers that a system grants hold some five hundred. When the machine stands still for a second, as an
    /// emulated one may, more of them under way would be lost to these sockets, and by no tunnel.
    private static final int MOST_UNDER_WAY = 250;

    private static final long PATIENCE_NANOS = PATIENCE_MILLIS * 1_000_000L;

    private final BitSet answered = new BitSet();
    private final DatagramSocket echo;
    private final DatagramSocket near;
    private final Thread sender = Thread.ofPlatform().daemon().unstarted(this::send);
    private final Thread receiver = Thread.ofPlatform().daemon().unstarted(this::count);
    private volatile boolean ends;
    /// The highest number that came back, and one.
    private volatile int answers;
    private int sent;

    private Flood(DatagramSocket echo, DatagramSocket near) {
        this.echo = echo;
        this.near = near;
    }

    /// Starts one from the calling thread's namespace.
    static Flood start(String address) throws Exception {
        InetSocketAddress far = new InetSocketAddress(InetAddress.getByName(address), ECHO);
        DatagramSocket echo = Namespaces.on(() -> {
            try (NativeFile namespace = NativeFile.open("/run/netns/far")) {
                Namespaces.enter(namespace, Namespaces.CLONE_NEWNET);
            }
            return new DatagramSocket(far);
        });
        echo.setReceiveBufferSize(BUFFER);
        DatagramSocket near = new DatagramSocket();
        near.setReceiveBufferSize(BUFFER);
        near.connect(far);
        Flood flood = new Flood(echo, near);
        Thread.ofPlatform().daemon().start(flood::sendBack);
        flood.receiver.start();
        flood.sender.start();
        return flood;
    }

    /// Waits for the least number to be sent and for the last to come back: `sent N, lost N`.
    String end() throws InterruptedException {
        ends = true;
        sender.join();
        receiver.join();
        return "sent " + sent + ", lost " + (sent - answered.cardinality());
    }

    private void sendBack() {
        DatagramPacket packet = new DatagramPacket(new byte[Integer.BYTES], Integer.BYTES);
        try {
            while (true) {
                echo.receive(packet);
                echo.send(packet);
            }
        } catch (IOException _) {
            // The flood is over.
            return;
        }
    }

    private void send() {
        long next = System.nanoTime();
        while ((!ends || sent < LEAST) && sent < MOST) {
            byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(sent).array();
            sent++;
            try {
                near.send(new DatagramPacket(number, number.length));
            } catch (IOException _) {
                // What was not taken does not come back either, and so is counted.
            }
            next += INTERVAL_NANOS;
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            if (sent - answers > MOST_UNDER_WAY) {
                awaitAnswers();
                next = System.nanoTime();
            }
        }
    }

    private void awaitAnswers() {
        long patience = System.nanoTime() + PATIENCE_NANOS;
        while (sent - answers > MOST_UNDER_WAY && System.nanoTime() < patience) {
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    private void count() {
        try {
            near.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
        DatagramPacket packet = new DatagramPacket(new byte[Integer.BYTES], Integer.BYTES);
        while (true) {
            try {
                near.receive(packet);
                int number = ByteBuffer.wrap(packet.getData()).getInt();
                answered.set(number);
                answers = Math.max(answers, number + 1);
            } catch (SocketTimeoutException _) {
                if (ends && !sender.isAlive()) {
                    return;
                }
            } catch (IOException _) {
                // A router's complaint: the next one may come through.
            }
            if (ends && !sender.isAlive() && answered.cardinality() == sent) {
                return;
            }
        }
    }

    @Override
    public void close() {
        echo.close();
        near.close();
    }
}
