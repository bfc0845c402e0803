// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.transport.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;

/// A netlink socket without a kernel: a subclass answers each request, and the answers arrive in their order.
abstract class FakeSocket implements NetlinkSocket {
    private static final int PORT_ID = 4711;

    private final Queue<ByteBuffer> answers = new ArrayDeque<>();

    /// Answers a request by [#answer] and [#acknowledge].
    abstract void answer(NetlinkMessage request) throws MalformedMessageException;

    @Override
    public int portId() {
        return PORT_ID;
    }

    @Override
    public void send(ByteBuffer datagram) {
        ByteBuffer left = datagram.duplicate().order(ByteOrder.nativeOrder());
        try {
            NetlinkMessage request = NetlinkMessage.next(left);
            while (request != null) {
                answer(request);
                request = NetlinkMessage.next(left);
            }
        } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Adds a message to the answers.
    final void answer(NetlinkMessage request, int type, int flags, ByteBuffer payload) {
        answers.add(new NetlinkMessage(type, flags, request.sequence(), PORT_ID, payload).encode());
    }

    /// Adds the end of a dump.
    final void endDump(NetlinkMessage request) {
        answer(request, NetlinkMessage.NLMSG_DONE, NetlinkMessage.NLM_F_MULTI, ByteBuffer.allocate(4));
    }

    /// Adds an acknowledgement: error 0 and the header of the request.
    final void acknowledge(NetlinkMessage request) {
        ByteBuffer error = ByteBuffer.allocate(4 + NetlinkMessage.HEADER_SIZE);
        answer(request, NetlinkMessage.NLMSG_ERROR, NetlinkMessage.NLM_F_CAPPED, error);
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
