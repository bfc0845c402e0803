// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.Errno;
import java.util.concurrent.atomic.AtomicLong;

/// Sends trains of one address family whole where that works, and one datagram at a time where it does not. Any
/// number of threads share one, each with a [Call] of its own.
final class GsoSender {
    /// Sends a piece of what is loaded.
    @FunctionalInterface
    interface Call {
        /// @param segmentSize 0 for one datagram
        /// @return the bytes sent, or minus the errno
        int send(int descriptor, int offset, int length, int segmentSize);
    }

    private final String family;
    private final boolean equalLastSegment;
    private final OperatorLog operatorLog;
    private final AtomicLong splits = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private volatile boolean whole;

    /// @param family for the notice
    GsoSender(String family, EngineFeatures features, OperatorLog operatorLog) {
        this.family = family;
        this.equalLastSegment = features.has(EngineFeature.EQUAL_LAST_SEGMENT);
        this.operatorLog = operatorLog;
        this.whole = features.has(EngineFeature.UDP_SEND_TRAINS);
    }

    /// From now on datagrams go one by one.
    void stop() {
        whole = false;
    }

    /// Trains that were sent one datagram at a time.
    long splits() {
        return splits.get();
    }

    /// Trains that the network refused to cut.
    long refusals() {
        return refusals.get();
    }

    /// In one word, for the counters page: whether trains leave whole.
    String state() {
        if (whole) {
            return "yes";
        }
        return refusals() > 0 ? "refused" : "no";
    }

    /// Sends all that is loaded.
    ///
    /// @param call sends what this thread has loaded
    /// @param segmentSize 0 for one datagram
    /// @return 0, or the errno for which it, or the rest of it, did not leave
    int send(Call call, int descriptor, int length, int segmentSize) {
        if (segmentSize == 0 || length <= segmentSize) {
            return errno(call.send(descriptor, 0, length, 0));
        }
        if (!whole || !equalLastSegment && length % segmentSize == 0) {
            return split(call, descriptor, length, segmentSize);
        }
        int result = call.send(descriptor, 0, length, segmentSize);
        return switch (result) {
            case -Errno.EIO -> {
                refused();
                yield split(call, descriptor, length, segmentSize);
            }
            // Its datagrams are larger than the path's MTU: one by one they become fragments. EINVAL may also mean the
            // source, which the first datagram then tells.
            case -Errno.EINVAL, -Errno.EMSGSIZE -> split(call, descriptor, length, segmentSize);
            default -> errno(result);
        };
    }

    /// The device below cannot complete the checksums that cutting needs (udp(7), `UDP_SEGMENT`).
    private synchronized void refused() {
        refusals.incrementAndGet();
        if (whole) {
            whole = false;
            operatorLog.report("this network refuses several " + family
                    + " datagrams in one call: each is sent on its own from now on");
        }
    }

    private int split(Call call, int descriptor, int length, int segmentSize) {
        splits.incrementAndGet();
        for (int at = 0; at < length; at += segmentSize) {
            int result = call.send(descriptor, at, Math.min(segmentSize, length - at), 0);
            if (result < 0) {
                return -result;
            }
        }
        return 0;
    }

    private static int errno(int result) {
        return Math.max(0, -result);
    }
}
