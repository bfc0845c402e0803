// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.engine.io.Tun;
import io.wgj.engine.io.TunPort;
import io.wgj.netlink.sys.DatagramPair;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.TunDevice;

/// The host behind a stand-in for a TUN, which is a pair of sockets. It sends made-up packets into the tunnel
/// and counts what comes out. For one thread.
///
/// It sends every kind of packet, the rare ones seldom. The compiler leaves out kinds that it has not seen,
/// and throws the code away when one comes.
final class WarmupHost implements AutoCloseable {
    /// For [#send]: the acknowledgements of a stream in the other direction.
    static final int ANSWER = 3;
    /// How many kinds of traffic there are.
    static final int KINDS = 16;

    private static final int DATAGRAMS = 8;
    private static final int FULL_READ = 45 * 1_368;
    private static final int FULL_DATAGRAM = 1_372;

    private final WarmupPackets packets;
    private final Tun tun;
    private final TunDevice far;
    private final byte[] packet = new byte[TunPort.READ_ROOM];
    private long delivered;

    /// @param from this side's number, 1 or 2
    WarmupHost(int from) throws SystemException {
        packets = new WarmupPackets(from, 3 - from);
        DatagramPair pair = DatagramPair.open();
        tun = Tun.standIn(pair.one());
        far = TunDevice.standIn(pair.other(), tun.name(), TunDevice.IFF_VNET_HDR, TunPort.READ_ROOM);
    }

    /// The TUN for the engine; closed with this.
    Tun tun() {
        return tun;
    }

    /// Sends one kind of traffic.
    ///
    /// @param number the kind, modulo [#KINDS]
    void send(int number) {
        int kind = number % KINDS;
        switch (kind) {
            case 2 -> datagrams(false);
            case ANSWER -> {
                write(packets.tcp(packet, false, 0, WarmupPackets.ACK));
                write(packets.tcp(packet, true, 0, WarmupPackets.ACK));
            }
            case 4, 9 -> write(packets.tcp(packet, true, FULL_READ - kind * 100, WarmupPackets.PUSH_ACK));
            case 5 -> datagrams(true);
            case 6 -> oddities(false);
            case 7 -> oddities(true);
            case 8 -> write(packets.tcp(packet, false, 500, WarmupPackets.FIN_ACK));
            default -> write(packets.tcp(packet, false, FULL_READ - kind * 100, WarmupPackets.ACK));
        }
    }

    private void datagrams(boolean ipv6) {
        for (int i = 0; i < DATAGRAMS; i++) {
            write(packets.udp(packet, ipv6, FULL_DATAGRAM));
        }
    }

    private void oddities(boolean ipv6) {
        for (int i = 0; i < 2; i++) {
            write(packets.tcp(packet, ipv6, 101, WarmupPackets.PUSH_ACK));
            write(packets.other(packet, ipv6, 64));
            write(packets.udp(packet, ipv6, 33));
        }
    }

    private void write(int length) {
        far.write(packet, 0, length);
    }

    /// Reads what came out of the tunnel.
    ///
    /// @return packets so far, joined ones counted once
    long delivered() {
        while (far.read(packet, 0) > 0) {
            delivered++;
        }
        return delivered;
    }

    @Override
    public void close() {
        tun.close();
        far.close();
    }
}
