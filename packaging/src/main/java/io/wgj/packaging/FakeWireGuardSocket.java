// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.generic.GenericNetlink;
import io.wgj.netlink.transport.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;

/// A generic netlink socket that knows the family `wireguard` and one device, for machines without the module. It lists
/// that device and accepts every change. Numbers as in linux/genetlink.h and linux/wireguard.h.
final class FakeWireGuardSocket implements NetlinkSocket {
    private static final int PORT_ID = 4711;
    private static final int CONTROL = 0x10;
    private static final int FAMILY = 0x20;
    private static final int NEW_FAMILY = 1;
    private static final int FAMILY_ID = 1;

    private final Queue<ByteBuffer> answers = new ArrayDeque<>();

    @Override
    public int portId() {
        return PORT_ID;
    }

    @Override
    public void send(ByteBuffer datagram) {
        try {
            NetlinkMessage request = NetlinkMessage.next(datagram.duplicate().order(ByteOrder.nativeOrder()));
            if (request != null) {
                answer(request);
            }
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(NetlinkMessage request) {
        if (request.type() == CONTROL) {
            AttributeWriter family = AttributeWriter.inNativeOrder().header(GenericNetlink.header(NEW_FAMILY, 2));
            answers.add(
                    message(request, CONTROL, 0, family.u16(FAMILY_ID, FAMILY).payload()));
        }
        if (request.has(NetlinkMessage.NLM_F_DUMP)) {
            answers.add(message(request, FAMILY, NetlinkMessage.NLM_F_MULTI, device()));
            answers.add(
                    message(request, NetlinkMessage.NLMSG_DONE, NetlinkMessage.NLM_F_MULTI, ByteBuffer.allocate(4)));
        } else {
            // Error 0 and the header of the request: an acknowledgement.
            ByteBuffer error = ByteBuffer.allocate(4 + NetlinkMessage.HEADER_SIZE);
            answers.add(message(request, NetlinkMessage.NLMSG_ERROR, NetlinkMessage.NLM_F_CAPPED, error));
        }
    }

    private static ByteBuffer message(NetlinkMessage request, int type, int flags, ByteBuffer payload) {
        return new NetlinkMessage(type, flags, request.sequence(), PORT_ID, payload).encode();
    }

    /// A device with each attribute that a kernel may send.
    private static ByteBuffer device() {
        return AttributeWriter.inNativeOrder()
                .header(GenericNetlink.header(0, 1))
                .u32(1, 7)
                .string(2, "wg0")
                .bytes(3, new byte[32])
                .bytes(4, new byte[32])
                .u16(6, 51820)
                .u32(7, 81)
                .nested(8, peers -> peers.item(FakeWireGuardSocket::peer))
                .payload();
    }

    private static void peer(AttributeWriter peer) {
        byte[] endpoint = new byte[16];
        ByteBuffer.wrap(endpoint)
                .order(ByteOrder.nativeOrder())
                .putShort((short) 2)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) 51820)
                .putInt(0xc0_00_02_01);
        peer.bytes(1, new byte[32])
                .bytes(2, new byte[32])
                .bytes(4, endpoint)
                .u16(5, 25)
                .bytes(6, new byte[16])
                .u64(7, 2224)
                .u64(8, 38333)
                .nested(
                        9,
                        allowedIps -> allowedIps
                                .item(ip ->
                                        ip.u16(1, 2).network32(2, 0x0a000000).u8(3, 8))
                                .item(ip -> ip.u16(1, 10)
                                        .address(2, IpAddress.ofV6(0xfd00L << 48, 0))
                                        .u8(3, 64)));
    }

    @Override
    public Datagram receive() {
        return new Datagram(answers.remove(), 0);
    }

    @Override
    public void close() {
        answers.clear();
    }
}
