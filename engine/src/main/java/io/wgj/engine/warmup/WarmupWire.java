// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.UdpPort;

/// One direction of a network in memory. It keeps a limited number of trains until they are received. For one
/// thread at a time.
public final class WarmupWire implements UdpPort {
    static final int PORT = 51820;

    private final byte[][] trains;
    private final int[] lengths;
    private final int[] segmentSizes;
    private final int sender;
    private int first;
    private int count;

    /// @param sender the number of the side that sends here
    /// @param most how many trains it keeps
    public WarmupWire(int sender, int most) {
        this.sender = sender;
        trains = new byte[most][Train.CAPACITY];
        lengths = new int[most];
        segmentSizes = new int[most];
    }

    /// The address of a side, as a number.
    static int address(int side) {
        return 192 << 24 | 2 << 8 | side;
    }

    @Override
    public boolean receive(Train into) {
        if (count == 0) {
            return false;
        }
        into.length = lengths[first];
        System.arraycopy(trains[first], 0, into.data, 0, into.length);
        into.segmentSize = segmentSizes[first] == 0 ? into.length : segmentSizes[first];
        into.ipv6 = false;
        into.remoteHigh = 0;
        into.remoteLow = address(sender) & 0xffff_ffffL;
        into.port = PORT;
        into.scopeId = 0;
        into.hasLocal = true;
        into.localHigh = 0;
        into.localLow = address(3 - sender) & 0xffff_ffffL;
        into.localInterface = 1;
        first = (first + 1) % trains.length;
        count--;
        return true;
    }

    /// Trains for which there is no room are lost.
    @Override
    public int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize) {
        if (count < trains.length) {
            int place = (first + count) % trains.length;
            System.arraycopy(from, offset, trains[place], 0, length);
            lengths[place] = length;
            segmentSizes[place] = segmentSize;
            count++;
        }
        return SENT;
    }

    @Override
    public int bind(int port) {
        return port;
    }

    @Override
    public void unbind() {}

    @Override
    public int port() {
        return 51820;
    }

    @Override
    public void mark(int mark) {}

    @Override
    public void close() {}
}
