// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.noise.Messages;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Which addresses a peer may use, inside the tunnel and outside.
class AddressesTest extends AliceAndBob {
    @Test
    void packetsFromAForeignInnerAddressAreDropped() {
        alice.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(alice, "10.0.0.9", 32);
        ping(alice, 1, 2, 0);
        network.run(SECOND);

        assertThat(bob.delivered).isEmpty();
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_INNER_SOURCE)).isEqualTo(1);
    }

    @Test
    void aWiderPrefixDoesNotSpeakForANarrowerOne() {
        TestNode carol = new TestNode(network, 3).up();
        alice.addPeer(bob, "0.0.0.0", 0);
        bob.addPeer(alice, "10.0.0.0", 24);
        bob.addPeer(carol, "10.0.0.7", 32);
        ping(alice, 7, 2, 0);
        network.run(SECOND);

        assertThat(bob.delivered).isEmpty();
    }

    @Test
    void allowedSourcesStopStrangersBeforeAndPeersAfterTheyAreKnown() {
        TestNode carol = new TestNode(network, 3).up();
        introduce();
        carol.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(carol, "10.0.0.3", 32);
        bob.device.setAllowedSources(alice.publicKey(), List.of(prefix("198.18.0.1", 32)));
        bob.device.setAllowedSources(carol.publicKey(), List.of(prefix("198.18.0.3", 32)));
        ping(alice, 1, 2, 0);
        ping(carol, 3, 2, 1);
        network.run(SECOND);
        assertThat(bob.delivered).hasSize(2);

        // From another peer's address a handshake gets as far as the static key, data as far as the index.
        carol.moveTo(0xc612_0063L);
        alice.moveTo(0xc612_0003L);
        ping(alice, 1, 2, 2);
        network.run(SECOND);
        assertThat(bob.delivered).hasSize(2);
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_SOURCE)).isEqualTo(1);
        DropRecord latest = Objects.requireNonNull(bob.core.drops().latest(Drop.RX_DISALLOWED_SOURCE));
        assertThat(latest.address()).isEqualTo(alice.endpoint().address());
        alice.device.down();
        alice.up();
        ping(alice, 1, 2, 3);
        network.run(SECOND);
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_SOURCE)).isEqualTo(2);
        // From an address that no peer may use it does not reach CONTROL.
        alice.moveTo(0xc612_0077L);
        alice.device.down();
        alice.up();
        ping(alice, 1, 2, 4);
        network.run(SECOND);
        assertThat(bob.core.drops().of(Drop.RX_DISALLOWED_SOURCE)).isEqualTo(3);
        assertThat(network.count(Messages.RESPONSE)).isEqualTo(2);

        bob.device.setAllowedSources(alice.publicKey(), null);
        network.run(6 * SECOND);
        assertThat(bob.delivered).hasSize(3);
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(IpAddress.parse(address).orElseThrow(), length);
    }
}
