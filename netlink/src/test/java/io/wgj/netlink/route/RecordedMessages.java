// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Reads golden datagrams, recorded where `lo` had the index 1 and `b0` and `b1` had 2 and 3.
final class RecordedMessages {
    private static final List<String> LINKS = List.of("", "lo", "b0", "b1");

    private RecordedMessages() {}

    static String linkName(int index) {
        return LINKS.get(index);
    }

    static int linkIndex(String name) {
        return LINKS.indexOf(name);
    }

    /// All messages of the datagrams.
    static List<NetlinkMessage> of(List<byte[]> datagrams) throws MalformedMessageException {
        List<NetlinkMessage> messages = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            ByteBuffer in = ByteBuffer.wrap(datagram);
            while (in.hasRemaining()) {
                messages.add(NetlinkMessage.next(in));
            }
        }
        return messages;
    }

    static NetlinkMessage only(byte[] datagram) throws MalformedMessageException {
        List<NetlinkMessage> messages = of(List.of(datagram));
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    static String hex(NetlinkMessage message) {
        return hex(message.payload());
    }

    static String hex(AttributeWriter written) {
        return hex(written.payload());
    }

    private static String hex(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
