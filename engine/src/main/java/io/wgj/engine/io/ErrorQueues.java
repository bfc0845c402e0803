// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.DatagramErrors;

/// Reads the error queues of both sockets into [NetworkErrors]. A pending error fails the next call on its socket,
/// whichever peer that call is about, so each thread that is refused reads the queue and tries again.
final class ErrorQueues implements AutoCloseable {
    /// A bound for one call: the network may send errors as fast as they are read.
    private static final int MOST_AT_ONCE = 64;

    private final DatagramErrors queue = new DatagramErrors();
    private final NetworkErrors errors;
    private volatile long taken;

    ErrorQueues(NetworkErrors errors) {
        this.errors = errors;
    }

    /// How many errors were taken out so far. A thread whose call failed compares it with the number before its
    /// call: another thread may have taken the error out by then.
    long taken() {
        return taken;
    }

    /// Takes out what a socket's queue has.
    ///
    /// @return whether there was anything
    synchronized boolean take(int descriptor) {
        int count = 0;
        while (count < MOST_AT_ONCE && queue.next(descriptor)) {
            count++;
            note();
        }
        taken = taken + count;
        return count > 0;
    }

    private void note() {
        boolean icmp = queue.origin() == DatagramErrors.ORIGIN_ICMP || queue.origin() == DatagramErrors.ORIGIN_ICMP6;
        // What this host itself found out is the result of a send, too.
        if (icmp && queue.hasSender()) {
            IpAddress destination = address(queue.ipv6(), queue.destinationHigh(), queue.destinationLow());
            IpAddress sender = address(queue.senderIsIpv6(), queue.senderHigh(), queue.senderLow());
            errors.reported(
                    new Endpoint.Numeric(destination, queue.destinationPort()),
                    sender,
                    queue.type(),
                    queue.code(),
                    queue.errno());
        }
    }

    private static IpAddress address(boolean ipv6, long high, long low) {
        return ipv6 ? IpAddress.ofV6(high, low) : IpAddress.ofV4((int) low);
    }

    @Override
    public void close() {
        queue.close();
    }
}
