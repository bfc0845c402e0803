// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.Tun;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.packet.Checksum;
import io.wgj.engine.packet.VirtioHeader;
import io.wgj.netlink.sys.DatagramPair;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.TunDevice;
import java.nio.ByteBuffer;

/// The system behind a TUN that is none, a pair of sockets: it sends made-up packets into the tunnel, a TCP stream in
/// large packets, its acknowledgements, and UDP, and counts what comes out. For one thread.
final class RehearsedSystem implements AutoCloseable {
    /// For [#send]: an acknowledgement.
    static final int ANSWER = 3;

    private static final int KINDS = 4;
    private static final int DATAGRAMS = 8;
    private static final int SEGMENT = 1_368;
    private static final int SEGMENTS = 45;
    private static final int IP_HEADER = 20;
    private static final int TCP_HEADER = 32;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final int from;
    private final int to;
    private final Tun tun;
    private final TunDevice far;
    private final byte[] packet = new byte[TunPort.READ_ROOM];
    private int sequence;
    private long delivered;

    /// @param from this end's address inside the tunnel, as a number
    RehearsedSystem(int from, int to) throws SystemException {
        this.from = from;
        this.to = to;
        DatagramPair pair = DatagramPair.open();
        tun = Tun.standIn(pair.one());
        far = TunDevice.standIn(pair.other(), tun.name(), TunDevice.IFF_VNET_HDR, TunPort.READ_ROOM);
    }

    /// What the engine has for a TUN; closed with this.
    Tun tun() {
        return tun;
    }

    /// Sends a packet of this kind, by its remainder; of UDP, several.
    void send(int number) {
        int kind = number % KINDS;
        switch (kind) {
            case 0, 1 -> far.write(packet, 0, tcp(packet, 0, SEGMENTS * SEGMENT - kind * 700));
            case 2 -> {
                for (int i = 0; i < DATAGRAMS; i++) {
                    far.write(packet, 0, udp(packet, 0));
                }
            }
            default -> far.write(packet, 0, tcp(packet, 0, 0));
        }
    }

    /// Takes what came out of the tunnel.
    ///
    /// @return packets so far, joined ones counted once
    long delivered() {
        while (far.read(packet, 0) > 0) {
            delivered++;
        }
        return delivered;
    }

    private int tcp(byte[] into, int offset, int payload) {
        int length = IP_HEADER + TCP_HEADER + payload;
        ByteBuffer packet = ip(into, offset, length, TCP);
        packet.putShort((short) 5_001).putShort((short) 5_002).putInt(sequence).putInt(1);
        // 32 bytes of header; an acknowledgement.
        packet.put((byte) 0x80).put((byte) 0x10).putShort((short) 500);
        packet.putShort((short) 0).putShort((short) 0).putInt(0x0101080a).putLong(1);
        sequence += payload;
        int type = payload == 0 ? VirtioHeader.GSO_NONE : VirtioHeader.GSO_TCPV4;
        VirtioHeader.write(into, offset, type, IP_HEADER + TCP_HEADER, payload == 0 ? 0 : SEGMENT, IP_HEADER, 16);
        beginChecksum(into, offset + VirtioHeader.SIZE + IP_HEADER + 16, TCP, length - IP_HEADER);
        return VirtioHeader.SIZE + length;
    }

    private int udp(byte[] into, int offset) {
        int length = 1_420;
        ByteBuffer packet = ip(into, offset, length, UDP);
        packet.putShort((short) 5_001).putShort((short) 5_002);
        packet.putShort((short) (length - IP_HEADER)).putShort((short) 0);
        VirtioHeader.write(into, offset, VirtioHeader.GSO_NONE, IP_HEADER + 8, 0, IP_HEADER, 6);
        beginChecksum(into, offset + VirtioHeader.SIZE + IP_HEADER + 6, UDP, length - IP_HEADER);
        return VirtioHeader.SIZE + length;
    }

    /// As the system leaves it to a network card: the sum of the pseudo-header alone.
    private void beginChecksum(byte[] into, int at, int protocol, int length) {
        ByteBuffer pseudo = ByteBuffer.allocate(12);
        pseudo.putInt(from).putInt(to).putShort((short) protocol).putShort((short) length);
        int sum = Checksum.fold(Checksum.add(pseudo.array(), 0, 12, 0));
        into[at] = (byte) sum;
        into[at + 1] = (byte) (sum >> 8);
    }

    private ByteBuffer ip(byte[] into, int offset, int length, int protocol) {
        int at = offset + VirtioHeader.SIZE;
        ByteBuffer packet = ByteBuffer.wrap(into, at, length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0x4000);
        packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.putInt(from).putInt(to);
        return packet;
    }

    @Override
    public void close() {
        tun.close();
        far.close();
    }
}
