// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.engine.core.UdpFlow;

/// What one receive returned: one or more datagrams of one sender, one behind the other, with their source
/// and destination address. Allocated once and filled again and again. The fields belong to the thread that
/// receives.
public final class Train {
    /// The most bytes that one receive returns.
    public static final int CAPACITY = 65_536;

    public final byte[] data = new byte[CAPACITY];
    /// The length of all datagrams together; 0 for a single empty datagram.
    public int length;
    /// The length of each datagram except the last, which may be shorter; at least 1. Equal to [#length] for
    /// a single one.
    public int segmentSize = 1;
    /// The family of both addresses.
    public boolean ipv6;
    /// The sender's address. IPv4: 0, and the address in the low 32 bits of the other field. IPv6: the two
    /// halves.
    public long remoteHigh;

    public long remoteLow;
    /// The sender's port, host order.
    public int port;
    /// The interface of a link-local IPv6 sender; 0 for others.
    public int scopeId;
    /// Whether the local address is known.
    public boolean hasLocal;
    /// The destination address of the datagrams, in the form of the sender's.
    public long localHigh;

    public long localLow;
    /// IPv4: the interface that the datagrams came in through. IPv6: 0, since the interface does not matter
    /// to the source address (as in the kernel module).
    public int localInterface;

    /// Makes this a train of one datagram, a part of another's data with the same addresses.
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

    /// Whether an answer sent by `flow` goes to this sender and from this local address. A chosen source
    /// counts as the same.
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

    /// The flow of an answer. Allocates: call it only when [#sameAs] says no.
    public UdpFlow toFlow() {
        return new UdpFlow(ipv6, remoteHigh, remoteLow, port, scopeId, localHigh, localLow, localInterface, hasLocal);
    }
}
