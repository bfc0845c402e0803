// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_DONE;
import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_ERROR;
import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_NOOP;
import static io.wgj.netlink.codec.NetlinkMessage.NLMSG_OVERRUN;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_ACK;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_DUMP;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_DUMP_INTR;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_REQUEST;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkSocket.Datagram;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes one request at a time over one socket. It numbers the request, skips messages that belong to other
/// requests, and collects the answer up to its acknowledgement or the end of the dump. Not for several
/// threads at once.
public final class NetlinkConnection implements AutoCloseable {
    /// `NETLINK_ROUTE` (linux/netlink.h)
    public static final int NETLINK_ROUTE = 0;
    /// `NETLINK_GENERIC` (linux/netlink.h)
    public static final int NETLINK_GENERIC = 16;

    /// The most tries of an interrupted dump: a host that changes all the time must not make a command run
    /// for ever.
    private static final int MOST_INTERRUPTIONS = 1_000;

    /// The most tries after the kernel dropped a part of an answer for lack of memory.
    private static final int MOST_LOSSES = 10;

    private final NetlinkSocket socket;
    private int sequence;

    public NetlinkConnection(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Connects to one protocol of the kernel, in the calling thread's network namespace.
    public static NetlinkConnection open(int protocol) throws NetlinkException {
        try {
            return new NetlinkConnection(LinuxNetlinkSocket.open(protocol));
        } catch (SystemException e) {
            throw NetlinkException.of("open netlink socket", e);
        }
    }

    /// The reaction to a dump that the kernel marks as interrupted (`NLM_F_DUMP_INTR`): objects changed
    /// during it, so some may be missing or listed twice.
    public enum OnInterruption {
        /// Ask again until a dump arrives uninterrupted.
        RESTART,
        /// Keep the result.
        KEEP
    }

    /// Sends a request and waits for its acknowledgement; `replies` receives the messages before it.
    ///
    /// @param operation what is wanted, for error messages
    /// @param flags in addition to `REQUEST` and `ACK`
    public void request(String operation, int type, int flags, ByteBuffer payload, MessageHandler replies)
            throws NetlinkException {
        try {
            send(type, NLM_F_REQUEST | NLM_F_ACK | flags, payload);
            if (receive(operation, replies).lost) {
                throw NetlinkException.gaveUp(operation, Errno.ENOBUFS, "a part of the kernel's answer was lost");
            }
        } catch (SystemException e) {
            throw NetlinkException.of(operation, e);
        } catch (MalformedMessageException e) {
            throw NetlinkException.of(operation, e);
        }
    }

    /// Lists all objects of a kind. Each try fills a new collector; the collector of the first complete
    /// answer is returned.
    ///
    /// @param operation what is wanted, for error messages
    public <T extends MessageHandler> T dump(
            String operation, int type, ByteBuffer payload, OnInterruption policy, Supplier<T> collectors)
            throws NetlinkException {
        int interruptions = 0;
        int losses = 0;
        try {
            while (true) {
                T collector = collectors.get();
                send(type, NLM_F_REQUEST | NLM_F_ACK | NLM_F_DUMP, payload);
                Exchange exchange = receive(operation, collector);
                if (exchange.lost) {
                    if (++losses == MOST_LOSSES) {
                        throw NetlinkException.gaveUp(
                                operation, Errno.ENOBUFS, "parts of " + MOST_LOSSES + " answers in a row were lost");
                    }
                } else if (exchange.interrupted && policy == OnInterruption.RESTART) {
                    if (++interruptions == MOST_INTERRUPTIONS) {
                        throw NetlinkException.gaveUp(
                                operation,
                                Errno.EBUSY,
                                "it changed during each of " + MOST_INTERRUPTIONS + " attempts to read it");
                    }
                } else {
                    return collector;
                }
            }
        } catch (SystemException e) {
            throw NetlinkException.of(operation, e);
        } catch (MalformedMessageException e) {
            throw NetlinkException.of(operation, e);
        }
    }

    /// Sends a transaction of netfilter, whose requests take effect all at once or not at all, and waits for
    /// the outcome. Throws the first refusal, with the operation of the refused request.
    ///
    /// @param begin the message that opens the transaction
    /// @param requests at least one
    /// @param end the message that closes it
    public void transact(Request begin, List<Request> requests, Request end) throws NetlinkException {
        Transaction transaction = new Transaction(socket, sequence + 1, begin, requests, end);
        sequence = transaction.lastSequence();
        try {
            transaction.run();
        } catch (SystemException e) {
            throw NetlinkException.of(begin.operation(), e);
        } catch (MalformedMessageException e) {
            throw NetlinkException.of(begin.operation(), e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    NetlinkSocket socket() {
        return socket;
    }

    /// The first of `count` consecutive sequence numbers.
    int takeSequences(int count) {
        sequence += count;
        return sequence - count + 1;
    }

    private void send(int type, int flags, ByteBuffer payload) throws SystemException {
        sequence++;
        socket.send(new NetlinkMessage(type, flags, sequence, socket.portId(), payload).encode());
    }

    /// Reads up to the end of the exchange, even when a part of it was lost: the kernel starts no second dump
    /// on a socket before the first has been read.
    private Exchange receive(String operation, MessageHandler handler)
            throws SystemException, MalformedMessageException, NetlinkException {
        Exchange exchange = new Exchange(operation, handler);
        int failures = 0;
        while (!exchange.ended) {
            Datagram datagram;
            try {
                datagram = socket.receive();
            } catch (SystemException e) {
                if (!e.errno().is(Errno.ENOBUFS) || ++failures == MOST_LOSSES) {
                    throw e;
                }
                exchange.lost = true;
                continue;
            }
            if (datagram.senderPortId() == 0) {
                exchange.take(datagram);
            }
        }
        if (exchange.malformed != null) {
            throw exchange.malformed;
        }
        return exchange;
    }

    /// The progress of one answer.
    private final class Exchange {
        private final String operation;
        private final MessageHandler handler;
        private boolean ended;
        private boolean interrupted;
        private boolean lost;
        private @Nullable MalformedMessageException malformed;

        Exchange(String operation, MessageHandler handler) {
            this.operation = operation;
            this.handler = handler;
        }

        void take(Datagram datagram) throws MalformedMessageException, NetlinkException {
            ByteBuffer bytes = datagram.bytes();
            NetlinkMessage message = NetlinkMessage.next(bytes);
            while (message != null && !ended) {
                if (message.sequence() == sequence && message.portId() == socket.portId()) {
                    take(message);
                }
                message = NetlinkMessage.next(bytes);
            }
        }

        private void take(NetlinkMessage message) throws MalformedMessageException, NetlinkException {
            interrupted |= message.has(NLM_F_DUMP_INTR);
            switch (message.type()) {
                case NLMSG_NOOP -> {}
                case NLMSG_OVERRUN -> lost = true;
                case NLMSG_ERROR -> end(ErrorReply.ofError(message));
                case NLMSG_DONE -> end(ErrorReply.ofDone(message));
                default -> hand(message);
            }
        }

        /// A message that cannot be parsed fails the exchange, but only at its end: the rest of the answer
        /// would get in the way of the next request.
        private void hand(NetlinkMessage message) {
            try {
                handler.accept(message);
            } catch (MalformedMessageException e) {
                malformed = malformed == null ? e : malformed;
            }
        }

        private void end(ErrorReply reply) throws NetlinkException {
            ended = true;
            if (reply.errno() != 0) {
                throw NetlinkException.refused(operation, reply);
            }
        }
    }
}
