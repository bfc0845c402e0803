// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// A TUN in memory: a test puts in what the system would send into the tunnel, and takes out what came
/// through it.
public final class MemoryTun implements TunPort {
    private final boolean vnetHeader;
    private final boolean joinsUdp;
    private final ConcurrentLinkedQueue<byte[]> toRead = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<byte[]> written = new ConcurrentLinkedQueue<>();
    private volatile Runnable onInput = () -> {};
    private volatile boolean gone;
    private volatile boolean refusesJoined;
    private final AtomicBoolean stumbles = new AtomicBoolean();

    public MemoryTun(boolean vnetHeader, boolean joinsUdp) {
        this.vnetHeader = vnetHeader;
        this.joinsUdp = joinsUdp;
    }

    /// Queues `packet`, with a header of its own when this TUN has them, to be read.
    public void put(byte[] packet) {
        if (vnetHeader) {
            byte[] framed = new byte[10 + packet.length];
            System.arraycopy(packet, 0, framed, 10, packet.length);
            putFramed(framed);
        } else {
            putFramed(packet);
        }
    }

    /// Queues header and packet as they are.
    public void putFramed(byte[] framed) {
        toRead.add(framed);
        onInput.run();
    }

    /// What was written since the last call, headers included.
    public List<byte[]> takeWritten() {
        List<byte[]> taken = new ArrayList<>();
        for (byte[] next = written.poll(); next != null; next = written.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /// From now on the link is deleted.
    public void vanish() {
        gone = true;
        onInput.run();
    }

    /// From now on writes with a GSO type are refused, as some kernels do.
    public void refuseJoined() {
        refusesJoined = true;
    }

    /// The next write throws.
    public void stumble() {
        stumbles.set(true);
    }

    /// Runs on each [#put]; a test's waiter wakes there.
    public void onInput(Runnable action) {
        onInput = action;
    }

    @Override
    public int read(byte[] into, int offset) throws TunClosedException {
        check();
        byte[] next = toRead.poll();
        if (next == null) {
            return 0;
        }
        System.arraycopy(next, 0, into, offset, next.length);
        return next.length;
    }

    @Override
    public boolean write(byte[] from, int offset, int length) throws TunClosedException {
        check();
        if (stumbles.compareAndSet(true, false)) {
            throw new IllegalStateException("a mistake that a test has asked for");
        }
        if (vnetHeader && refusesJoined && from[offset + 1] != 0) {
            return false;
        }
        written.add(Arrays.copyOfRange(from, offset, offset + length));
        return true;
    }

    private void check() throws TunClosedException {
        if (gone) {
            throw new TunClosedException(name());
        }
    }

    @Override
    public boolean vnetHeader() {
        return vnetHeader;
    }

    @Override
    public boolean joinsUdp() {
        return joinsUdp;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {
        gone = true;
    }
}
