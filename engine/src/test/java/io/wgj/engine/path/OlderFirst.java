// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Peer;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.MemoryTun;
import io.wgj.engine.io.TunClosedException;
import java.util.List;

/// What every TX path has to keep: nothing passes what waited for a session, also while that is in another
/// thread's hands.
final class OlderFirst {
    private OlderFirst() {}

    /// One thread takes a staged packet out and is put aside before it has sent it; meanwhile the path reads
    /// a newer one.
    static void check(StillNetwork net, Path path, MemoryTun tun) throws Exception {
        Peer peer = net.peer(StillNetwork.ONE);
        byte[] older = Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 112, 1);
        assertThat(net.core.stage(peer, older, 0, older.length, net.now)).isTrue();
        assertThat(net.core.nextToFlush()).isSameAs(peer);
        byte[] taken = new byte[2_000];
        net.core.beginFlush(peer);
        Thread other;
        try {
            assertThat(net.core.takeStaged(peer, taken, 0)).isEqualTo(112);
            tun.put(Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 112, 2));
            other = Thread.ofPlatform().start(() -> runAll(path, net.now));
            // It has done what it can, or waits for this thread.
            while (other.isAlive() && other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(net.counters()).as("sent meanwhile").isEmpty();
            Aead aead = net.aead();
            OutgoingTrain train = new OutgoingTrain(aead, net.sender(new ThreadCounters()));
            train.add(net.sessionOf(peer), net.sessionOf(peer).takeCounters(1), taken, 0, 112, net.now);
            train.flush(net.now);
        } finally {
            net.core.endFlush(peer);
        }
        other.join();
        runAll(path, net.now);
        List<Integer> arrived = net.one.packets().stream()
                .map(packet -> Packets.markOf(packet, 0))
                .toList();
        assertThat(arrived).containsExactly(1, 2);
    }

    private static void runAll(Path path, long now) {
        try {
            while (path.run(now)) {}
        } catch (TunClosedException e) {
            throw new IllegalStateException(e);
        }
    }
}
