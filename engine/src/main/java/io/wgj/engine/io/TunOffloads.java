// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.TunDevice;

/// The offloads that this engine and the TUN's kernel agreed on.
///
/// @param tcp whether TCP segments may share a packet, in either direction (TSO)
/// @param udp whether UDP datagrams may share a packet (USO, Linux 6.2)
record TunOffloads(boolean tcp, boolean udp) {
    static final TunOffloads NONE = new TunOffloads(false, false);

    private static final int TSO = TunDevice.TUN_F_CSUM | TunDevice.TUN_F_TSO4 | TunDevice.TUN_F_TSO6;
    private static final int USO = TunDevice.TUN_F_USO4 | TunDevice.TUN_F_USO6;
    private static final int ECN = TunDevice.TUN_F_TSO_ECN;

    /// Opens a queue.
    @FunctionalInterface
    interface Opener<T> {
        /// @param flags `IFF_` constants in addition to the caller's own
        T open(int flags) throws SystemException;
    }

    /// Takes an offer, or refuses it with `EINVAL`.
    @FunctionalInterface
    interface Kernel {
        /// @param offloads `TUN_F_` constants
        void offer(int offloads) throws SystemException;
    }

    /// Opens a queue with a virtio-net header, which offloads need. Opens it without one where the header is
    /// switched off or unknown. Linux has it, but `/dev/net/tun` may be provided by something else.
    static <T> T open(Opener<T> opener, EngineFeatures features) throws SystemException {
        if (!features.has(EngineFeature.TUN_OFFLOADS)) {
            return opener.open(0);
        }
        try {
            return opener.open(TunDevice.IFF_VNET_HDR);
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EINVAL)) {
                throw e;
            }
            // When the name was the reason for the refusal, this fails in the same way.
            return opener.open(0);
        }
    }

    /// Offers everything that the engine can do and the operator wants, then less.
    ///
    /// @param operatorLog takes what the kernel lacks
    static TunOffloads negotiate(Kernel kernel, EngineFeatures features, OperatorLog operatorLog)
            throws SystemException {
        if (!features.has(EngineFeature.TUN_OFFLOADS)) {
            // The process that opened it may have offered more.
            kernel.offer(0);
            return NONE;
        }
        boolean uso = features.has(EngineFeature.TUN_USO);
        if (uso && (takes(kernel, TSO | USO | ECN) || takes(kernel, TSO | USO))) {
            return new TunOffloads(true, true);
        }
        if (takes(kernel, TSO | ECN) || takes(kernel, TSO)) {
            if (uso) {
                operatorLog.report(
                        "this kernel has no UDP offload at the TUN (USO needs Linux 6.2): datagrams are read and"
                                + " written one by one");
            }
            return new TunOffloads(true, false);
        }
        operatorLog.report("the TUN has no offloads (TSO): packets are read and written one by one");
        return NONE;
    }

    private static boolean takes(Kernel kernel, int offloads) throws SystemException {
        try {
            kernel.offer(offloads);
            return true;
        } catch (SystemException e) {
            if (e.errno().is(Errno.EINVAL)) {
                return false;
            }
            throw e;
        }
    }
}
