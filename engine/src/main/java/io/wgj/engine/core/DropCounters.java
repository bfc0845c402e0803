// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How often each [Drop] happened, and what the latest one was about. Any thread counts and reads; counting
/// allocates nothing, and of the records there is at most one a second for each reason.
@SuppressWarnings("EnumOrdinal") // An array by ordinal is what counts without allocating or hashing.
public final class DropCounters {
    private static final long BETWEEN_RECORDS = 1_000_000_000L;

    private final AtomicLongArray counts = new AtomicLongArray(Drop.values().length);
    private final AtomicLongArray recorded = new AtomicLongArray(Drop.values().length);
    private final AtomicReferenceArray<@Nullable DropRecord> latest = new AtomicReferenceArray<>(Drop.values().length);
    private final LongSupplier bootNanos;
    private final LongSupplier cheapNanos;
    private volatile Consumer<DropRecord> listener = _ -> {};

    /// Counters by the system's clocks.
    public DropCounters() {
        this(System::nanoTime, System::nanoTime);
    }

    /// @param bootNanos for the records
    /// @param cheapNanos paces the records: asked at each drop
    DropCounters(LongSupplier bootNanos, LongSupplier cheapNanos) {
        this.bootNanos = bootNanos;
        this.cheapNanos = cheapNanos;
        long now = cheapNanos.getAsLong();
        for (int i = 0; i < recorded.length(); i++) {
            recorded.set(i, now - BETWEEN_RECORDS);
        }
    }

    /// Counts one drop.
    public void count(Drop reason) {
        count(reason, 1);
    }

    /// Counts `times` drops.
    public void count(Drop reason, int times) {
        counts.getAndAdd(reason.ordinal(), times);
    }

    /// Records what a drop, counted apart, was about: at most once a second for each reason.
    public void note(Drop reason, @Nullable PublicKey peer) {
        if (mayRecord(reason)) {
            publish(new DropRecord(reason, bootNanos.getAsLong(), peer, null, 0));
        }
    }

    /// The same with an address, in the form of [UdpFlow].
    ///
    /// @param port 0 for an inner packet
    public void note(Drop reason, @Nullable PublicKey peer, boolean ipv6, long high, long low, int port) {
        if (mayRecord(reason)) {
            IpAddress address = ipv6 ? IpAddress.ofV6(high, low) : IpAddress.ofV4((int) low);
            publish(new DropRecord(reason, bootNanos.getAsLong(), peer, address, port));
        }
    }

    private boolean mayRecord(Drop reason) {
        long now = cheapNanos.getAsLong();
        long before = recorded.get(reason.ordinal());
        return now - before >= BETWEEN_RECORDS && recorded.compareAndSet(reason.ordinal(), before, now);
    }

    private void publish(DropRecord record) {
        latest.set(record.reason().ordinal(), record);
        listener.accept(record);
    }

    /// Passes each record to `action`, which must neither wait nor call back.
    public void onRecord(Consumer<DropRecord> action) {
        listener = action;
    }

    /// What the latest drop for a reason was about; null when there was none, or nothing is known about it.
    public @Nullable DropRecord latest(Drop reason) {
        return latest.get(reason.ordinal());
    }

    /// How many drops there were for a reason so far.
    public long of(Drop reason) {
        return counts.get(reason.ordinal());
    }

    /// How many drops there were for all reasons.
    public long total() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return total;
    }
}
