// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// A kernel of a few lines: a script answers each message. It is stricter than the real one: a receive that
/// would wait for ever fails.
public final class FakeNetlinkSocket implements NetlinkSocket {
    public static final int PORT = 4_711;

    /// Answers one request.
    @FunctionalInterface
    public interface Script {
        void answer(NetlinkMessage request, Replies replies);
    }

    private record Event(int senderPortId, ByteBuffer bytes, int errno) {}

    private final Script script;
    private final Deque<Event> inbound = new ArrayDeque<>();
    private final List<NetlinkMessage> requests = new ArrayList<>();
    private boolean closed;

    public FakeNetlinkSocket(Script script) {
        this.script = script;
    }

    /// The requests, in order.
    public List<NetlinkMessage> requests() {
        return requests;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int portId() {
        return PORT;
    }

    @Override
    public void send(ByteBuffer datagram) throws SystemException {
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining())
                .put(datagram.duplicate())
                .flip();
        try {
            NetlinkMessage request = NetlinkMessage.next(copy);
            if (request == null) {
                throw new SystemException("send", new Errno(Errno.EINVAL));
            }
            for (; request != null; request = NetlinkMessage.next(copy)) {
                requests.add(request);
                script.answer(request, new Replies(request));
            }
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Datagram receive() throws SystemException {
        Event event = inbound.poll();
        if (event == null) {
            throw new AssertionError("a real socket would wait for ever");
        }
        if (event.errno != 0) {
            throw new SystemException("recvmsg", new Errno(event.errno));
        }
        return new Datagram(event.bytes, event.senderPortId);
    }

    @Override
    public void close() {
        closed = true;
    }

    /// The datagrams of an answer. Each call adds one.
    public final class Replies {
        private final NetlinkMessage request;

        private Replies(NetlinkMessage request) {
            this.request = request;
        }

        /// A message in answer to the request.
        public Replies message(int type, int flags, Consumer<AttributeWriter> payload) {
            return message(type, flags, request.sequence(), PORT, payload);
        }

        /// A message with another sequence number or port in its header.
        public Replies message(int type, int flags, int sequence, int port, Consumer<AttributeWriter> payload) {
            AttributeWriter writer = AttributeWriter.inNativeOrder();
            payload.accept(writer);
            return datagram(new NetlinkMessage(type, flags, sequence, port, writer.payload()).encode());
        }

        public Replies ack() {
            return error(0);
        }

        /// `NLMSG_ERROR` without an echo of the request.
        public Replies error(int errno) {
            return message(NetlinkMessage.NLMSG_ERROR, NetlinkMessage.NLM_F_CAPPED, out -> out.header(nlmsgerr(errno)));
        }

        /// `NLMSG_ERROR` with attributes behind the whole request.
        public Replies error(int errno, Consumer<AttributeWriter> extendedAck) {
            return message(NetlinkMessage.NLMSG_ERROR, NetlinkMessage.NLM_F_ACK_TLVS, out -> {
                out.header(nlmsgerr(errno));
                byte[] echo = new byte[request.payload().remaining()];
                request.payload().duplicate().get(echo);
                out.header(echo);
                extendedAck.accept(out);
            });
        }

        /// `NLMSG_DONE`, `errno` 0 for a complete answer.
        public Replies done(int errno) {
            return message(NetlinkMessage.NLMSG_DONE, NetlinkMessage.NLM_F_MULTI, out -> out.header(number(-errno)));
        }

        /// Recorded messages with the request's sequence number and port.
        public Replies recorded(byte[] datagram) {
            ByteBuffer bytes = ByteBuffer.wrap(datagram.clone()).order(ByteOrder.nativeOrder());
            for (int at = 0; at < bytes.capacity(); at += bytes.getInt(at)) {
                bytes.putInt(at + 8, request.sequence()).putInt(at + 12, PORT);
            }
            return datagram(bytes);
        }

        /// Any bytes.
        public Replies datagram(ByteBuffer bytes) {
            return datagramFrom(0, bytes);
        }

        /// Any bytes from a sender other than the kernel.
        public Replies datagramFrom(int senderPortId, ByteBuffer bytes) {
            inbound.add(new Event(senderPortId, bytes, 0));
            return this;
        }

        /// A receive that fails.
        public Replies failure(int errno) {
            inbound.add(new Event(0, ByteBuffer.allocate(0), errno));
            return this;
        }

        /// `struct nlmsgerr`: the number and the request's header.
        private byte[] nlmsgerr(int errno) {
            return ByteBuffer.allocate(20)
                    .order(ByteOrder.nativeOrder())
                    .putInt(-errno)
                    .putInt(NetlinkMessage.HEADER_SIZE + request.payload().remaining())
                    .putShort((short) request.type())
                    .putShort((short) request.flags())
                    .putInt(request.sequence())
                    .putInt(request.portId())
                    .array();
        }

        private static byte[] number(int value) {
            return ByteBuffer.allocate(4)
                    .order(ByteOrder.nativeOrder())
                    .putInt(value)
                    .array();
        }
    }
}
