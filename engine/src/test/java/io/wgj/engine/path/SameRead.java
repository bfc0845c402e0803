// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.TunPort;
import io.wgj.engine.packet.VirtioHeader;

/// A TUN that returns the same read [#left] times; what is written to it is lost.
public final class SameRead implements TunPort {
    private final byte[] read;
    public int left;

    /// @param read a virtio header and a packet
    SameRead(byte[] read) {
        this.read = read;
    }

    /// One packet, behind an empty header.
    public static SameRead unframed(byte[] packet) {
        byte[] read = new byte[VirtioHeader.SIZE + packet.length];
        System.arraycopy(packet, 0, read, VirtioHeader.SIZE, packet.length);
        return new SameRead(read);
    }

    @Override
    public int read(byte[] into, int offset) {
        if (left == 0) {
            return 0;
        }
        left--;
        System.arraycopy(read, 0, into, offset, read.length);
        return read.length;
    }

    @Override
    public boolean write(byte[] from, int offset, int length) {
        return true;
    }

    @Override
    public boolean vnetHeader() {
        return true;
    }

    @Override
    public boolean joinsUdp() {
        return true;
    }

    @Override
    public String name() {
        return "same";
    }

    @Override
    public void close() {}
}
