// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.List;

/// The queues of one TUN link.
///
/// With several queues the kernel gives each flow to one of them, by a hash of its addresses and ports. But a
/// packet written through a queue draws the flow's other direction to that queue (drivers/net/tun.c,
/// `tun_flow_update`). A flow has to stay with one TX thread to stay in order. So all writing goes through
/// one additional queue, from which the kernel gives nothing to read.
///
/// @param writing where RX and its workers write; the only queue where there is one
/// @param reading one for each TX thread
public record TunQueues(Tun writing, List<Tun> reading) implements AutoCloseable {
    /// Creates the link `name` in the calling thread's network namespace, with the default MTU and down.
    /// Attaches to an existing link that no process uses; then there is one queue.
    ///
    /// @param wanted how many queues to read from; fewer where the kernel refuses them, which is logged
    public static TunQueues open(String name, int wanted, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        if (wanted == 1) {
            return ofOne(openOne(name, features, operatorLog));
        }
        Tun first;
        try {
            first = Tun.createWithQueues(name, features, operatorLog);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EINVAL) && !e.errno().is(Errno.EBUSY)) {
                throw e;
            }
            Tun only = openOne(name, features, operatorLog);
            operatorLog.report("the TUN has one queue instead of " + wanted + ": "
                    + (e.errno().is(Errno.EBUSY) ? name + " exists already" : "the kernel refuses more"));
            return ofOne(only);
        }
        return addQueues(first, wanted, features, operatorLog);
    }

    /// A link that another process opened, with the one queue that it handed over.
    public static TunQueues ofDescriptor(int descriptor, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        return ofOne(Tun.ofDescriptor(descriptor, features, operatorLog));
    }

    private static TunQueues ofOne(Tun tun) {
        return new TunQueues(tun, List.of(tun));
    }

    /// A persistent link with several queues cannot be opened without them (`EINVAL`).
    private static Tun openOne(String name, EngineFeatures features, OperatorLog operatorLog) throws SystemException {
        try {
            return Tun.open(name, false, features, operatorLog);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EINVAL) || !Tun.isIdle(name)) {
                throw e;
            }
            return Tun.open(name, true, features, operatorLog);
        }
    }

    private static TunQueues addQueues(Tun first, int wanted, EngineFeatures features, OperatorLog operatorLog) {
        List<Tun> reading = new ArrayList<>();
        try {
            while (reading.size() < wanted) {
                reading.add(Tun.openQueue(first.name(), features, operatorLog));
            }
            // The first queue: when it is detached, the last one takes over its number, and numbers stay
            // below that of the queues.
            first.detach();
            return new TunQueues(first, List.copyOf(reading));
        } catch (SystemException e) {
            reading.forEach(Tun::close);
            operatorLog.report("the TUN has one queue instead of " + wanted + ": " + e.getMessage());
            return ofOne(first);
        }
    }

    /// The link goes, unless it is persistent.
    @Override
    public void close() {
        reading.forEach(Tun::close);
        writing.close();
    }
}
