// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DirectExecutor;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import org.junit.jupiter.api.Test;

/// Peers that are seen where they must not be.
class SourceServiceTest {
    private static final String SOURCES = "AllowedSources = 192.0.2.0/24; Endpoint = 192.0.2.1:51820";

    private final MemoryContext context = new MemoryContext();
    private final MemoryEndpoints host = new MemoryEndpoints();
    private final SourceService service = new SourceService(host, context, new DirectExecutor());
    private final PeerView peer = context.peer(1, SOURCES, PeerState.UP, Verdict.UP);

    @Test
    void setsTheEndpointBackToWhereItWasLast() {
        context.show(service, peer);
        context.show(service, MemoryContext.at(peer, "192.0.2.77", 4711));
        assertThat(context.reports).isEmpty();
        context.show(service, MemoryContext.at(peer, "198.51.100.1", 4712));
        assertThat(host.set).containsExactly("1 192.0.2.77:4711");
        assertThat(context.reports)
                .containsExactly(
                        "message 1: seen at 198.51.100.1:4712, which AllowedSources of this peer does not have;"
                                + " its endpoint is set back to 192.0.2.77:4711");
        assertThat(context.sampledSoon).containsExactly(peer.id());
    }

    /// It moves back each time: the device is not changed more often than every five seconds, and one report is
    /// enough.
    @Test
    void keepsAnEndpointThatMovesAgainAndAgain() {
        context.show(service, peer);
        context.show(service, MemoryContext.at(peer, "198.51.100.1", 4712));
        context.pass(60 * SECOND);
        assertThat(host.set).hasSizeBetween(12, 14).containsOnly("1 192.0.2.1:51820");
        assertThat(context.reports).hasSize(1);
        context.show(service, peer);
        context.pass(60 * SECOND);
        assertThat(host.set).hasSizeBetween(12, 15);
    }

    /// At the monitor's start it is elsewhere already.
    @Test
    void takesTheEndpointOfTheFileWhereNoOtherIsKnown() {
        context.show(service, MemoryContext.at(peer, "198.51.100.1", 4712));
        assertThat(host.set).containsExactly("1 192.0.2.1:51820");
        PeerView roaming = context.peer(2, "AllowedSources = 192.0.2.0/24", PeerState.UP, Verdict.UP);
        context.show(service, MemoryContext.at(roaming, "198.51.100.1", 4712));
        assertThat(host.set).hasSize(1);
        assertThat(context.reports).last().asString().endsWith("; no endpoint is known to set it back to");
    }

    @Test
    void leavesPeersWithoutTheKeyAlone() {
        PeerView any = context.peer(1, "Endpoint = 192.0.2.1:51820", PeerState.UP, Verdict.UP);
        context.show(service, any);
        context.show(service, MemoryContext.at(any, "198.51.100.1", 4712));
        assertThat(host.set).isEmpty();
        assertThat(context.reports).isEmpty();
    }
}
