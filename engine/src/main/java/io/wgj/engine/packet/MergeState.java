// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Whether packets are still joined at one TUN, and how many were. All [Merger]s that write to the TUN share
/// it, and it outlives them. Any thread reads.
public final class MergeState {
    private final Consumer<String> operatorLog;
    private volatile boolean tcp;
    private volatile boolean udp;
    private final LongAdder joinedTcp = new LongAdder();
    private final LongAdder joinedUdp = new LongAdder();
    private final LongAdder refusedTcp = new LongAdder();
    private final LongAdder refusedUdp = new LongAdder();

    /// @param operatorLog takes a sentence when the kernel refuses joined packets, which ends joining for
    ///     that protocol
    public MergeState(MergeRules rules, Consumer<String> operatorLog) {
        this.operatorLog = operatorLog;
        this.tcp = rules.tcp() && rules.vnetHeader();
        this.udp = rules.udp() && rules.vnetHeader();
    }

    /// Whether TCP segments are joined.
    public boolean tcp() {
        return tcp;
    }

    /// Whether UDP datagrams are joined.
    public boolean udp() {
        return udp;
    }

    /// How many packets were written together with others.
    public long joined(boolean ofTcp) {
        return (ofTcp ? joinedTcp : joinedUdp).sum();
    }

    /// How many joined writes were refused; their packets were written one by one.
    public long refused(boolean ofTcp) {
        return (ofTcp ? refusedTcp : refusedUdp).sum();
    }

    void wrote(boolean ofTcp, int packets) {
        (ofTcp ? joinedTcp : joinedUdp).add(packets);
    }

    /// Some kernels refuse what they have announced. Stops joining packets of this kind.
    synchronized void refuse(boolean ofTcp) {
        (ofTcp ? refusedTcp : refusedUdp).increment();
        if (!(ofTcp ? tcp : udp)) {
            return;
        }
        if (ofTcp) {
            tcp = false;
        } else {
            udp = false;
        }
        operatorLog.accept("the TUN refuses joined " + (ofTcp ? "TCP segments" : "UDP datagrams")
                + ": they are written one by one from now on");
    }
}
