// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionListenerTest extends AliceAndBob {
    private final Recorder atAlice = new Recorder();
    private final Recorder atBob = new Recorder();

    private static final class Recorder implements SessionListener {
        private final List<String> said = new ArrayList<>();
        private boolean listening = true;

        @Override
        public boolean isListening() {
            return listening;
        }

        @Override
        public void completed(PublicKey peer, @Nullable UdpFlow with, boolean initiator) {
            said.add(initiator ? "initiator" : "responder");
        }

        @Override
        public void moved(PublicKey peer, @Nullable UdpFlow before, UdpFlow now) {
            said.add((before == null ? "" : before.endpoint() + " ") + "to " + now.endpoint());
        }
    }

    private void listen() {
        alice.core.onSessions(atAlice);
        bob.core.onSessions(atBob);
    }

    @Test
    void bothSidesReportTheSessionWhenTheyHaveIt() {
        listen();
        connect();
        network.run(SECOND);

        assertThat(atAlice.said).containsExactly("initiator");
        assertThat(atBob.said).endsWith("responder");
    }

    @Test
    void aPeerThatMovesIsReportedOnceAMoment() {
        connect();
        network.run(SECOND);
        listen();
        for (int i = 0; i < 10; i++) {
            alice.moveTo(0xc612_0060L + i);
            ping(alice, 1, 2, i);
            network.run(SECOND / 100);
        }
        assertThat(atBob.said).hasSizeBetween(1, 2).first().asString().endsWith(" to 198.18.0.96:51820");

        network.run(SECOND);
        alice.moveTo(0xc612_0070L);
        ping(alice, 1, 2, 11);
        network.run(SECOND);
        assertThat(atBob.said).last().asString().isEqualTo("198.18.0.105:51820 to 198.18.0.112:51820");
    }

    @Test
    void withoutAListenerNothingIsSaid() {
        listen();
        atAlice.listening = false;
        atBob.listening = false;
        connect();
        network.run(SECOND);

        assertThat(atAlice.said).isEmpty();
        assertThat(atBob.said).isEmpty();
    }
}
