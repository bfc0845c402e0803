// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.generic.GenericNetlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A generic netlink socket that knows the family `wireguard` and one device, for machines without the module. It
/// lists that device and accepts every change. Numbers as in linux/genetlink.h and linux/wireguard.h.
final class FakeWireGuardSocket extends FakeSocket {
    private static final int CONTROL = 0x10;
    private static final int FAMILY = 0x20;
    private static final int NEW_FAMILY = 1;
    private static final int FAMILY_ID = 1;

    @Override
    void answer(NetlinkMessage request) {
        if (request.type() == CONTROL) {
            AttributeWriter family = AttributeWriter.inNativeOrder().header(GenericNetlink.header(NEW_FAMILY, 2));
            answer(request, CONTROL, 0, family.u16(FAMILY_ID, FAMILY).payload());
        }
        if (request.has(NetlinkMessage.NLM_F_DUMP)) {
            answer(request, FAMILY, NetlinkMessage.NLM_F_MULTI, device());
            endDump(request);
        } else {
            acknowledge(request);
        }
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
}
