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

/// Someone on the way who keeps a copy of every datagram that passes from our side to the other.
final class Relay implements AutoCloseable {
    private final DatagramSocket near;
    private final DatagramSocket far;
    private final List<byte[]> copies = new ArrayList<>();
    private volatile SocketAddress sender;

    /// Passes on, on `host`, what comes to 127.0.0.1 at `nearPort`, from `farPort` to the address.
    Relay(Host host, int nearPort, int farPort, String address, int port) throws Exception {
        near = host.on(() -> new DatagramSocket(nearPort, InetAddress.getByName("127.0.0.1")));
        far = host.on(() -> new DatagramSocket(farPort));
        InetSocketAddress target = new InetSocketAddress(address, port);
        host.start(() -> {
            pass(near, far, target);
            return null;
        });
        host.start(() -> {
            pass(far, near, null);
            return null;
        });
    }

    private void pass(DatagramSocket from, DatagramSocket to, SocketAddress target) {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!from.isClosed()) {
            try {
                packet.setLength(65_535);
                from.receive(packet);
                if (target != null) {
                    sender = packet.getSocketAddress();
                    synchronized (copies) {
                        copies.add(Arrays.copyOf(packet.getData(), packet.getLength()));
                    }
                }
                packet.setSocketAddress(target == null ? sender : target);
                to.send(packet);
            } catch (IOException _) {
                // Closed; or nobody is there, which its own sender finds out.
                Thread.onSpinWait();
            }
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
