// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.packets;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.sys.EventFd;
import io.wgj.netlink.sys.HandshakeSocket;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Packet sockets of both families, and a thread that waits for them while there are ports. Without the right to
/// open them nothing is seen, and nothing is said: samples do without.
public final class PacketSockets implements HandshakePort {
    /// Between two looks: a flood of handshakes takes no more of a processor than a few.
    private static final long PAUSE_MILLIS = 20;

    private final Runnable seen;
    private @Nullable EventFd wake;
    private volatile Set<Integer> ports = Set.of();
    private volatile boolean isClosed;

    /// @param seen runs after messages, in the thread that waits
    public PacketSockets(Runnable seen) {
        this.seen = seen;
    }

    @Override
    public void listenTo(Set<Integer> now) {
        ports = Set.copyOf(now);
        if (wake != null) {
            wake.signal();
        } else if (!now.isEmpty() && !isClosed) {
            try {
                EventFd event = EventFd.open();
                wake = event;
                Thread.ofPlatform().daemon().name("handshakes").start(() -> run(event));
            } catch (SystemException _) {
                // Samples show the same, later.
            }
        }
    }

    private void run(EventFd event) {
        List<HandshakeSocket> sockets = new ArrayList<>();
        Set<Integer> listening = ports;
        for (IpFamily family : IpFamily.values()) {
            try {
                sockets.add(HandshakeSocket.open(family, listening));
            } catch (SystemException _) {
                // Not permitted, or a kernel without packet sockets.
            }
        }
        int[] descriptors = new int[1 + sockets.size()];
        descriptors[0] = event.descriptor();
        for (int i = 0; i < sockets.size(); i++) {
            descriptors[1 + i] = sockets.get(i).descriptor();
        }
        try (PollSet all = new PollSet(descriptors)) {
            while (!isClosed) {
                all.await(-1);
                event.clear();
                if (!ports.equals(listening)) {
                    listening = ports;
                    listen(sockets, listening);
                }
                boolean any = false;
                for (HandshakeSocket socket : sockets) {
                    any |= socket.clear();
                }
                if (any) {
                    seen.run();
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.forEach(HandshakeSocket::close);
        }
    }

    private static void listen(List<HandshakeSocket> sockets, Set<Integer> ports) {
        for (HandshakeSocket socket : sockets) {
            try {
                socket.listenTo(ports);
            } catch (SystemException _) {
                // The filter from before stays.
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        if (wake != null) {
            wake.signal();
        }
    }
}
