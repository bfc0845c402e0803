// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.Primitives;

/// Two devices that are up, on a network that a test can listen to and disturb: what a test of the protocol
/// over time begins with. They do not know each other at first.
abstract class AliceAndBob {
    static final long SECOND = TestClock.SECOND;

    final TestNetwork network;
    final TestNode alice;
    final TestNode bob;

    AliceAndBob() {
        this(7, Primitives.portable());
    }

    /// @param seed of what the network does at random
    AliceAndBob(long seed, Primitives primitives) {
        network = new TestNetwork(seed);
        alice = new TestNode(network, 1, primitives).up();
        bob = new TestNode(network, 2, primitives).up();
    }

    /// Each knows the other, where it is, and that 10.0.0.1 is Alice's and 10.0.0.2 Bob's.
    final void introduce() {
        alice.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(alice, "10.0.0.1", 32);
    }

    /// One packet from 10.0.0.`source` to 10.0.0.`destination` comes out of the TUN of `from`.
    static void ping(TestNode from, int source, int destination, int number) {
        from.transmit(TestNode.packet(source, destination, 100, number));
    }
}
