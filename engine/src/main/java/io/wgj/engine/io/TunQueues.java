// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.List;

/// A TUN link as several threads use it.
///
/// With several queues the kernel gives each flow to one of them, by a hash of its addresses and ports; but whoever
/// writes a packet of a flow through a queue draws the flow's other direction to that very queue, from one packet
/// to the next (drivers/net/tun.c, `tun_flow_update`). So that a flow stays with one TX thread, and in order, all
/// writing goes through one queue more, from which the kernel has been told to give nothing to read.
///
/// @param writing where RX and its workers write; with one queue that one
/// @param reading one for each TX thread
public record TunQueues(Tun writing, List<Tun> reading) implements AutoCloseable {
    /// Creates the link `name` in the calling thread's network namespace, with the default MTU and down, or
    /// attaches to one that exists and that nobody uses: then there is one queue.
    ///
    /// @param wanted queues to read from; there are fewer where the kernel refuses them, which is said
    public static TunQueues open(String name, int wanted, EngineFeatures features, OperatorLog operatorLog) throws SystemException {
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
            operatorLog.report("one queue instead of " + wanted + ": "
                    + (e.errno().is(Errno.EBUSY) ? name + " exists already" : "the kernel refuses more"));
            return ofOne(only);
        }
        return addQueues(first, wanted, features, operatorLog);
    }

    /// A link that was opened by somebody else, and has the one queue that was handed over.
    public static TunQueues ofDescriptor(int descriptor, EngineFeatures features, OperatorLog operatorLog) throws SystemException {
        return ofOne(Tun.ofDescriptor(descriptor, features, operatorLog));
    }

    private static TunQueues ofOne(Tun tun) {
        return new TunQueues(tun, List.of(tun));
    }

    /// A link that was made to stay, with several queues, cannot be opened as one without (`EINVAL`).
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
            // The first, because the last takes over its number, and numbers stay below that of the queues.
            first.detach();
            return new TunQueues(first, List.copyOf(reading));
        } catch (SystemException e) {
            reading.forEach(Tun::close);
            operatorLog.report("one queue instead of " + wanted + ": " + e.getMessage());
            return ofOne(first);
        }
    }

    /// The link goes, unless it was made to stay.
    @Override
    public void close() {
        reading.forEach(Tun::close);
        writing.close();
    }
}
