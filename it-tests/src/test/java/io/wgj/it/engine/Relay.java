// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host on the path that keeps a copy of every datagram from this side to the other.
final class Relay implements AutoCloseable {
    private static final int LONGEST = 65_535;

    private final DatagramSocket near;
    private final DatagramSocket far;
    private final List<byte[]> copies = new ArrayList<>();
    private volatile @Nullable SocketAddress sender;

    /// Passes on, on `host`, what comes to 127.0.0.1 at `nearPort`, from `farPort` to the address.
    Relay(Host host, int nearPort, int farPort, String address, int port) throws Exception {
        near = host.on(() -> new DatagramSocket(nearPort, InetAddress.getLoopbackAddress()));
        far = host.on(() -> new DatagramSocket(farPort));
        InetSocketAddress target = new InetSocketAddress(address, port);
        host.inBackground(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
            while (!near.isClosed()) {
                away(packet, target);
            }
            return null;
        });
        host.inBackground(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
            while (!far.isClosed()) {
                back(packet);
            }
            return null;
        });
    }

    private void away(DatagramPacket packet, SocketAddress target) {
        try {
            packet.setLength(LONGEST);
            near.receive(packet);
            sender = packet.getSocketAddress();
            synchronized (copies) {
                copies.add(Arrays.copyOf(packet.getData(), packet.getLength()));
            }
            packet.setSocketAddress(target);
            far.send(packet);
        } catch (IOException _) {
            // Closed; or nothing listens there, as its own sender will notice.
            Thread.onSpinWait();
        }
    }

    private void back(DatagramPacket packet) {
        try {
            packet.setLength(LONGEST);
            far.receive(packet);
            SocketAddress to = sender;
            if (to != null) {
                packet.setSocketAddress(to);
                near.send(packet);
            }
        } catch (IOException _) {
            // As above.
            Thread.onSpinWait();
        }
    }

    /// What has passed so far, oldest first.
    List<byte[]> copies() {
        synchronized (copies) {
            return List.copyOf(copies);
        }
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
