// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkErrorsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final IpAddress ROUTER = IpAddress.parse("192.0.2.254").orElseThrow();
    private static final Endpoint.Numeric PEER =
            new Endpoint.Numeric(IpAddress.parse("192.0.2.1").orElseThrow(), 51_820);

    private final List<String> log = new ArrayList<>();
    private long now = 1_000 * SECOND;
    private final NetworkErrors errors = new NetworkErrors(() -> now, log::add);

    private void portUnreachable() {
        errors.reported(PEER, PEER.address(), 3, 3, Errno.ECONNREFUSED);
    }

    @Test
    void anErrorHasItsSenderReasonCountAndTimes() {
        portUnreachable();
        now += SECOND;
        portUnreachable();
        now += SECOND;
        errors.reported(PEER, ROUTER, 3, 13, Errno.EHOSTUNREACH);

        assertThat(errors.latest())
                .containsExactly(
                        new NetworkError(PEER, ROUTER, 3, 13, Errno.EHOSTUNREACH, 1, now, now),
                        new NetworkError(
                                PEER, PEER.address(), 3, 3, Errno.ECONNREFUSED, 2, now - 2 * SECOND, now - SECOND));
        assertThat(errors.icmpErrors()).isEqualTo(3);
        assertThat(log)
                .containsExactly(
                        "192.0.2.1 says: port unreachable, about datagrams to 192.0.2.1:51820",
                        "192.0.2.254 says: communication administratively prohibited, about datagrams to 192.0.2.1:51820");
    }

    @Test
    void whatGoesOnIsLoggedEverMoreSeldom() {
        for (int i = 0; i < 3_600; i++) {
            portUnreachable();
            now += SECOND;
        }
        // At 0, 1, 3, 7, 15 and 31 minutes.
        assertThat(log).hasSize(6);
        assertThat(log.get(1)).contains(", 61 times since ");
    }

    @Test
    void inventedErrorsFillNeitherTheMemoryNorTheLog() {
        for (int i = 0; i < 10_000; i++) {
            errors.reported(PEER, IpAddress.ofV4(i), 3, 3, Errno.ECONNREFUSED);
            now++;
        }
        assertThat(errors.latest()).hasSize(NetworkErrors.MOST);
        assertThat(errors.latest().getFirst().from()).isEqualTo(IpAddress.ofV4(9_999));
        assertThat(log).hasSize(10);
    }

    @Test
    void refusalsOfThisHostAreCountedByReasonAndDestination() {
        UdpFlow flow = UdpFlow.to(PEER);
        errors.refused(flow, Errno.ENETUNREACH);
        now += SECOND;
        errors.refused(flow, Errno.ENETUNREACH);
        errors.refused(flow, Errno.EACCES);
        now += SECOND;
        errors.refused(UdpFlow.to(PEER), Errno.ENETUNREACH);

        assertThat(errors.latest())
                .containsExactly(
                        new NetworkError(PEER, null, 0, 0, Errno.ENETUNREACH, 3, now - 2 * SECOND, now),
                        new NetworkError(PEER, null, 0, 0, Errno.EACCES, 1, now - SECOND, now - SECOND));
        assertThat(errors.icmpErrors()).isZero();
        assertThat(log)
                .containsExactly(
                        "Sending to 192.0.2.1:51820 fails: Network is unreachable",
                        "Sending to 192.0.2.1:51820 fails: Permission denied");
    }
}
