// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.core.UdpFlow;

/// What one receive brought: datagrams of one sender one behind the other, and where they came from and to.
/// Made once and filled again and again; its fields belong to the thread that receives.
public final class Train {
    /// Room for the most that one receive brings.
    public static final int CAPACITY = 65_536;

    public final byte[] data = new byte[CAPACITY];
    /// Bytes of all datagrams together; 0 for a single empty datagram.
    public int length;
    /// Bytes of each datagram but the last, which may be shorter; at least 1. Equal to [#length] for a
    /// single one.
    public int segmentSize = 1;
    /// The family of both addresses.
    public boolean ipv6;
    /// The sender's address: 0 and the IPv4 address in the low 32 bits of the other, or the halves of the
    /// IPv6 address.
    public long remoteHigh;

    public long remoteLow;
    /// The sender's port, host order.
    public int port;
    /// The interface of a link-local IPv6 sender; 0 for others.
    public int scopeId;
    /// Whether the local address is known.
    public boolean hasLocal;
    /// The address the datagrams were sent to, in the form of the sender's.
    public long localHigh;

    public long localLow;
    /// IPv4: the interface they came in through. IPv6: 0, since where an IPv6 route leads does not matter to the source
    /// (as in the kernel module).
    public int localInterface;

    /// Becomes a train of one datagram, a piece of another's data with the same addresses.
    public void copy(Train other, int offset, int pieceLength) {
        System.arraycopy(other.data, offset, data, 0, pieceLength);
        length = pieceLength;
        segmentSize = Math.max(1, pieceLength);
        ipv6 = other.ipv6;
        remoteHigh = other.remoteHigh;
        remoteLow = other.remoteLow;
        port = other.port;
        scopeId = other.scopeId;
        hasLocal = other.hasLocal;
        localHigh = other.localHigh;
        localLow = other.localLow;
        localInterface = other.localInterface;
    }

    /// Whether an answer sent by `flow` goes where these came from and from where these came to, unless its source
    /// was chosen.
    public boolean sameAs(UdpFlow flow) {
        return flow.remoteLow() == remoteLow
                && flow.remoteHigh() == remoteHigh
                && flow.port() == port
                && flow.ipv6() == ipv6
                && flow.scopeId() == scopeId
                && (flow.hasChosenSource() || cameTo(flow));
    }

    private boolean cameTo(UdpFlow flow) {
        return (flow.hasSource() || flow.hasSourceSetAside()) == hasLocal
                && flow.sourceLow() == localLow
                && flow.sourceHigh() == localHigh
                && flow.sourceInterface() == localInterface;
    }

    /// The way back, as a value to keep. Allocates: only to be called when [#sameAs] says no.
    public UdpFlow toFlow() {
        return new UdpFlow(ipv6, remoteHigh, remoteLow, port, scopeId, localHigh, localLow, localInterface, hasLocal);
    }
}
