// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.crypto.Primitives;

/// Two devices that are up, on a network that a test can watch and disturb. They are not peers at first.
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

    /// Makes them peers of each other, with their endpoints: 10.0.0.1 is Alice's, 10.0.0.2 Bob's.
    final void introduce() {
        alice.addPeer(bob, "10.0.0.2", 32);
        bob.addPeer(alice, "10.0.0.1", 32);
    }

    /// Makes them peers and sends Bob packet 0, so that there is a session.
    final void connect() {
        introduce();
        ping(alice, 1, 2, 0);
        network.run(SECOND);
    }

    /// The same, and Bob answers with packet 1.
    final void connectBothWays() {
        connect();
        ping(bob, 2, 1, 1);
        network.run(SECOND);
    }

    /// One packet from 10.0.0.`source` to 10.0.0.`destination` comes out of the TUN of `from`.
    static void ping(TestNode from, int source, int destination, int number) {
        from.transmit(TestNode.packet(source, destination, 100, number));
    }
}
