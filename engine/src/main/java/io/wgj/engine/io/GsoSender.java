// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.Errno;
import java.util.concurrent.atomic.AtomicLong;

/// Sends the trains of one address family. A train leaves with one system call where the kernel and the
/// network allow it, else one datagram at a time. Any number of threads share one sender, each with a [Call]
/// of its own.
final class GsoSender {
    /// Sends a part of the loaded train.
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

    /// @param family names the family in log lines
    GsoSender(String family, EngineFeatures features, OperatorLog operatorLog) {
        this.family = family;
        this.equalLastSegment = features.has(EngineFeature.EQUAL_LAST_SEGMENT);
        this.operatorLog = operatorLog;
        this.whole = features.has(EngineFeature.UDP_SEND_TRAINS);
    }

    /// Sends one datagram at a time from now on.
    void stop() {
        whole = false;
    }

    /// How many trains were sent one datagram at a time.
    long splits() {
        return splits.get();
    }

    /// How many trains the network refused.
    long refusals() {
        return refusals.get();
    }

    /// Whether trains leave whole, in one word for the statistics.
    String state() {
        if (whole) {
            return "yes";
        }
        return refusals() > 0 ? "refused" : "no";
    }

    /// Sends everything that is loaded.
    ///
    /// @param call sends what this thread has loaded
    /// @param segmentSize 0 for one datagram
    /// @return 0, or the errno with which the train, or the rest of it, was refused
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
            // The datagrams are larger than the path's MTU, and leave as fragments when they are sent one by
            // one. EINVAL may also be about the source address; the first single datagram shows whether it
            // is.
            case -Errno.EINVAL, -Errno.EMSGSIZE -> split(call, descriptor, length, segmentSize);
            default -> errno(result);
        };
    }

    /// The network device cannot complete the checksums that segmentation needs (udp(7), `UDP_SEGMENT`).
    private synchronized void refused() {
        refusals.incrementAndGet();
        if (whole) {
            whole = false;
            operatorLog.report(
                    "this network refuses UDP_SEGMENT for " + family + ": datagrams are sent one by one from now on");
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
