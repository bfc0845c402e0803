// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.packets;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When handshakes on the wire make the monitor read a device.
class HandshakeServiceTest {
    private final MemoryContext context = new MemoryContext();
    private final List<Set<Integer>> listened = new ArrayList<>();
    private Runnable seen = () -> {};
    private final HandshakeService service = new HandshakeService(
            callback -> {
                seen = callback;
                return new HandshakePort() {
                    @Override
                    public void listenTo(Set<Integer> ports) {
                        listened.add(ports);
                    }

                    @Override
                    public void close() {
                        listened.add(Set.of());
                    }
                };
            },
            context);
    private final PeerView peer = context.peer(1, "AllowedIPs = 10.0.0.0/8", PeerState.UP, Verdict.UP);

    @Test
    void readsTheDeviceSoonAfterAMessageAndOnceMore() {
        context.show(service, peer);
        context.show(service, context.peer(2, "AllowedIPs = 10.1.0.0/16", PeerState.UP, Verdict.UP));
        seen.run();
        context.pass(SECOND / 20);
        assertThat(context.sampledSoon).containsExactly(peer.id());
        context.pass(SECOND);
        assertThat(context.sampledSoon).containsExactly(peer.id(), peer.id());
    }

    @Test
    void aFloodOfMessagesCausesEightReadsASecondAtMost() {
        context.show(service, peer);
        for (int i = 0; i < 1_000; i++) {
            seen.run();
            context.pass(SECOND / 1_000);
        }
        assertThat(context.sampledSoon).hasSizeBetween(7, 9);
    }

    @Test
    void listensToThePortsOfTheKernelsDevicesWhileTheyAreThere() {
        context.show(service, peer);
        context.show(service, context.peer(2, "AllowedIPs = 10.1.0.0/16", PeerState.UP, Verdict.UP));
        assertThat(listened).containsExactly(Set.of(51820));
        context.remove(service, peer.id());
        assertThat(listened).hasSize(1);
        context.remove(service, MemoryContext.id(2));
        assertThat(listened).containsExactly(Set.of(51820), Set.of());
        seen.run();
        context.pass(SECOND);
        assertThat(context.sampledSoon).isEmpty();
    }
}
