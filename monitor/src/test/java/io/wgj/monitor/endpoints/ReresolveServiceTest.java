// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DirectExecutor;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When a name is resolved again, and which of its addresses are tried.
class ReresolveServiceTest {
    private static final String NAMED = "Endpoint = vpn.example.com:51820; ReresolveEndpoint = 30s";

    private final MemoryContext context = new MemoryContext();
    private final MemoryEndpoints host = new MemoryEndpoints();
    private final ReresolveService service = new ReresolveService(host, context, new DirectExecutor());

    @BeforeEach
    void start() {
        host.answer("192.0.2.1");
    }

    private PeerView up() {
        return MemoryContext.at(context.peer(1, NAMED, PeerState.UP, Verdict.UP), "192.0.2.1", 51820);
    }

    private PeerView down(PeerView peer) {
        return context.with(peer, PeerState.DOWN, Verdict.DOWN, 12);
    }

    /// The device has what was set.
    private void follow(PeerView peer) {
        String set = host.set.getLast();
        String address = set.substring(2, set.lastIndexOf(':')).replace("[", "").replace("]", "");
        context.show(service, MemoryContext.at(peer, address, 51820));
    }

    @Test
    void setsTheNewAddressOfAPeerThatIsDown() {
        PeerView peer = up();
        context.show(service, peer);
        context.pass(100 * SECOND);
        assertThat(host.lookups).isZero();
        host.answer("192.0.2.9");
        context.show(service, down(peer));
        assertThat(host.set).containsExactly("1 192.0.2.9:51820");
        assertThat(context.sampledSoon).containsExactly(peer.id());
        assertThat(context.reports)
                .containsExactly("endpoint-resolved 1: vpn.example.com:51820 is 192.0.2.9:51820, was 192.0.2.1:51820");
        follow(down(peer));
        context.show(service, context.with(peer, PeerState.UP, Verdict.UP, 0));
        context.pass(1_000 * SECOND);
        assertThat(host.lookups).isEqualTo(1);
    }

    @Test
    void asksAgainAndSaysOnceThatNothingChanged() {
        PeerView peer = up();
        context.show(service, down(peer));
        context.pass(95 * SECOND);
        assertThat(host.lookups).isEqualTo(4);
        assertThat(host.set).isEmpty();
        assertThat(context.reports)
                .containsExactly("endpoint-resolved 1: vpn.example.com:51820 is 192.0.2.1:51820, as before");
        host.answer("192.0.2.9");
        context.pass(30 * SECOND);
        assertThat(host.set).containsExactly("1 192.0.2.9:51820");
    }

    @Test
    void triesAllAddressesTheOtherFamilyFirst() {
        host.answer("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2");
        PeerView peer = down(up());
        context.show(service, peer);
        for (int i = 0; i < 5; i++) {
            follow(peer);
            context.pass(30 * SECOND);
        }
        assertThat(host.set)
                .containsExactly(
                        "1 [2001:db8::1]:51820",
                        "1 [2001:db8::2]:51820",
                        "1 192.0.2.2:51820",
                        "1 [2001:db8::1]:51820",
                        "1 192.0.2.1:51820",
                        "1 [2001:db8::2]:51820");
    }

    /// A peer that was never up: three handshake rounds without an answer.
    @Test
    void asksForAPeerThatWireGuardCallsForNothing() {
        PeerView peer = context.peer(1, NAMED, PeerState.CONNECTING, Verdict.UNKNOWN);
        context.show(service, context.with(peer, PeerState.CONNECTING, Verdict.UNKNOWN, 2));
        assertThat(host.lookups).isZero();
        context.show(service, context.with(peer, PeerState.CONNECTING, Verdict.UNKNOWN, 3));
        assertThat(host.set).containsExactly("1 192.0.2.1:51820");
    }

    @Test
    void saysOnceThatANameCannotBeResolved() {
        host.failure = "no name server answered";
        context.show(service, down(up()));
        context.pass(100 * SECOND);
        assertThat(host.lookups).isEqualTo(4);
        assertThat(context.reports)
                .containsExactly(
                        "endpoint-resolved 1: vpn.example.com:51820 could not be resolved: no name server answered");
    }

    @Test
    void leavesNumbersAndPeersWithoutTheKeyAlone() {
        for (String lines : new String[] {
            "Endpoint = 192.0.2.1:51820; ReresolveEndpoint = 30s",
            "Endpoint = vpn.example.com:51820",
            "AllowedIPs = ::/0"
        }) {
            context.show(service, down(context.peer(1, lines, PeerState.DOWN, Verdict.DOWN)));
        }
        context.pass(100 * SECOND);
        assertThat(host.lookups).isZero();
    }
}
