// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_DONE;
import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_ERROR;
import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_OVERRUN;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_ACK;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_REQUEST;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkSocket.Datagram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sends many requests at once, hundreds in a datagram. Only the last of a datagram asks for an
/// acknowledgement: the kernel reports failures of the others anyway. The kernel handles each request for
/// itself; a refusal does not stop those behind it.
public final class NetlinkBatch {
    /// Bytes of a datagram; far below the smallest send buffer.
    private static final int DATAGRAM_SIZE = 1 << 15;

    /// Requests of a datagram: each may be answered by a datagram of its own, and the receive buffer must
    /// hold all of them.
    private static final int MOST_REQUESTS = 400;

    private final NetlinkConnection connection;
    private final List<Request> requests = new ArrayList<>();

    public NetlinkBatch(NetlinkConnection connection) {
        this.connection = connection;
    }

    private record Request(int type, int flags, ByteBuffer payload) {}

    /// Receives the data messages that answer requests.
    @FunctionalInterface
    public interface ReplyHandler {
        /// @param index of the request, from 0
        /// @param message valid during the call only
        void accept(int index, NetlinkMessage message) throws MalformedMessageException;
    }

    /// Adds a request.
    ///
    /// @param flags in addition to `REQUEST`
    /// @param payload kept until it is sent
    public void add(int type, int flags, ByteBuffer payload) {
        requests.add(new Request(type, flags, payload));
    }

    /// Sends all requests and waits until the kernel has handled the last one. Returns the refusals by the
    /// index of their request.
    ///
    /// @param operation what the requests do, for error messages
    public SortedMap<Integer, NetlinkException> send(String operation, ReplyHandler replies) throws NetlinkException {
        SortedMap<Integer, NetlinkException> refused = new TreeMap<>();
        try {
            int next = 0;
            while (next < requests.size()) {
                next = sendFrom(next, operation, replies, refused);
            }
        } catch (SystemException e) {
            throw NetlinkException.of(operation, e);
        } catch (MalformedMessageException e) {
            throw NetlinkException.of(operation, e);
        }
        return refused;
    }

    /// Sends one datagram; returns the index of the first request of the next one.
    private int sendFrom(
            int first, String operation, ReplyHandler replies, SortedMap<Integer, NetlinkException> refused)
            throws SystemException, MalformedMessageException, NetlinkException {
        int size = 0;
        int end = first;
        while (end < requests.size() && end - first < MOST_REQUESTS) {
            int length = aligned(
                    NetlinkMessage.HEADER_SIZE + requests.get(end).payload.remaining());
            if (end > first && size + length > DATAGRAM_SIZE) {
                break;
            }
            size += length;
            end++;
        }
        NetlinkSocket socket = connection.socket();
        int sequence = connection.takeSequences(end - first);
        ByteBuffer datagram = ByteBuffer.allocate(size);
        for (int i = first; i < end; i++) {
            Request request = requests.get(i);
            int flags = NLM_F_REQUEST | request.flags | (i == end - 1 ? NLM_F_ACK : 0);
            datagram.put(new NetlinkMessage(request.type, flags, sequence + i - first, socket.portId(), request.payload)
                    .encode());
            datagram.position(aligned(datagram.position()));
        }
        socket.send(datagram.flip());
        boolean ended = false;
        while (!ended) {
            Datagram answer = socket.receive();
            if (answer.senderPortId() == 0) {
                NetlinkMessage message = NetlinkMessage.next(answer.bytes());
                while (message != null) {
                    int index = first + message.sequence() - sequence;
                    if (index >= first && index < end && message.portId() == socket.portId()) {
                        take(message, index, operation, replies, refused);
                        ended |= index == end - 1 && isEnd(message);
                    }
                    message = NetlinkMessage.next(answer.bytes());
                }
            }
        }
        return end;
    }

    private static boolean isEnd(NetlinkMessage message) {
        return message.type() == NLMSG_ERROR || message.type() == NLMSG_DONE;
    }

    private static void take(
            NetlinkMessage message,
            int index,
            String operation,
            ReplyHandler replies,
            SortedMap<Integer, NetlinkException> refused)
            throws MalformedMessageException, NetlinkException {
        if (message.type() == NLMSG_ERROR) {
            ErrorReply reply = ErrorReply.ofError(message);
            if (reply.errno() != 0) {
                refused.put(index, NetlinkException.refused(operation, reply));
            }
        } else if (message.type() == NLMSG_OVERRUN) {
            throw NetlinkException.gaveUp(operation, Errno.ENOBUFS, "a part of the kernel's answer was lost");
        } else if (message.type() > NLMSG_DONE) {
            replies.accept(index, message);
        }
    }

    private static int aligned(int length) {
        return length + 3 & ~3;
    }
}
