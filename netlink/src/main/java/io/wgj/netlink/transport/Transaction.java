// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_ERROR;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_ACK;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_REQUEST;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkSocket.Datagram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction of netfilter (linux/netfilter/nfnetlink.h) in one datagram: a message that begins it, the
/// requests, and a message that ends it, with consecutive numbers.
///
/// The kernel answers the first message when it refuses the whole transaction, each request that it refuses,
/// and, when everything is done, the requests that ask for an acknowledgement, in order. So the last request
/// asks for one, and that answer is the end.
final class Transaction {
    private final NetlinkSocket socket;
    private final int firstSequence;
    private final List<Request> requests;
    private @Nullable NetlinkException failure;
    private boolean ended;

    Transaction(NetlinkSocket socket, int firstSequence, Request begin, List<Request> counting, Request end) {
        this.socket = socket;
        this.firstSequence = firstSequence;
        this.requests = new ArrayList<>(counting.size() + 2);
        requests.add(begin);
        requests.addAll(counting);
        requests.add(end);
    }

    /// The number of the last message.
    int lastSequence() {
        return firstSequence + requests.size() - 1;
    }

    void run() throws SystemException, MalformedMessageException, NetlinkException {
        socket.send(datagram());
        while (!ended) {
            Datagram datagram = socket.receive();
            if (datagram.senderPortId() == 0) {
                take(datagram.bytes());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private ByteBuffer datagram() {
        List<ByteBuffer> messages = new ArrayList<>(requests.size());
        int size = 0;
        for (int i = 0; i < requests.size(); i++) {
            Request request = requests.get(i);
            int flags = request.flags() | NLM_F_REQUEST | (i == lastCounting() ? NLM_F_ACK : 0);
            messages.add(
                    new NetlinkMessage(request.type(), flags, firstSequence + i, socket.portId(), request.payload())
                            .encode());
            // Attributes are padded, so messages are aligned too.
            size += messages.getLast().remaining();
        }
        ByteBuffer datagram = ByteBuffer.allocate(size);
        messages.forEach(datagram::put);
        return datagram.flip();
    }

    private int lastCounting() {
        return requests.size() - 2;
    }

    private void take(ByteBuffer datagram) throws MalformedMessageException {
        NetlinkMessage message = NetlinkMessage.next(datagram);
        while (message != null) {
            int index = message.sequence() - firstSequence;
            boolean ours = message.portId() == socket.portId() && index >= 0 && index < requests.size();
            if (ours && message.type() == NLMSG_ERROR) {
                take(index, ErrorReply.ofError(message));
            }
            message = NetlinkMessage.next(datagram);
        }
    }

    /// Messages behind the end are skipped by their number in the next exchange.
    private void take(int index, ErrorReply reply) {
        boolean refused = reply.errno() != 0;
        if (refused && failure == null) {
            failure = NetlinkException.refused(requests.get(index).operation(), reply);
        }
        ended |= index == lastCounting() || index == 0 && refused;
    }
}
