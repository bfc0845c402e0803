// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.HandshakeEvent;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.run.EngineLog.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class HandshakeLogTest {
    private static final PublicKey PEER = PublicKey.parseBase64("AbCdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWxYw=")
            .orElseThrow();
    private static final Endpoint.Numeric THERE =
            new Endpoint.Numeric(IpAddress.parse("2001:db8::1").orElseThrow(), 51820);

    @Test
    void namesThePeerByTheEndsOfItsKeyAndItsEndpoint() {
        assertThat(HandshakeLog.line(new HandshakeEvent.InitiationSent(PEER, THERE)))
                .isEqualTo("peer(AbCd…WxYw) - Sending handshake initiation to [2001:db8::1]:51820");
    }

    @Test
    void numbersRetriesAndCountsThemAtTheEnd() {
        assertThat(HandshakeLog.line(new HandshakeEvent.Retried(PEER, 2)))
                .isEqualTo("peer(AbCd…WxYw) - Handshake did not complete after 5 seconds, retrying (try 2)");
        assertThat(HandshakeLog.line(new HandshakeEvent.GivenUp(PEER, 20)))
                .isEqualTo("peer(AbCd…WxYw) - Handshake did not complete after 20 attempts, giving up");
    }

    @Test
    void givesTheSystemsReasonForNotSending() {
        assertThat(HandshakeLog.line(new HandshakeEvent.SendFailed(PEER, THERE, 101)))
                .isEqualTo("peer(AbCd…WxYw) - Failed to send to [2001:db8::1]:51820: Network is unreachable");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "HANDSHAKE_(?!QUEUE_FULL|UNEXPECTED).*")
    void hasWordsForEveryReasonToDropAHandshakeMessage(Drop reason) {
        assertThat(HandshakeLog.line(new HandshakeEvent.Dropped(Optional.empty(), THERE, reason, 0)))
                .startsWith("Dropped a handshake message from [2001:db8::1]:51820: ")
                .doesNotContain(reason.name());
    }

    @Test
    void countsTheDropsThatHadNoLine() {
        assertThat(HandshakeLog.line(
                        new HandshakeEvent.Dropped(Optional.of(PEER), THERE, Drop.HANDSHAKE_UNKNOWN_PEER, 12)))
                .isEqualTo("peer(AbCd…WxYw) - Dropped a handshake message from [2001:db8::1]:51820: "
                        + "no peer has this public key (and 12 others since the last line)");
    }

    @Test
    void writesWhileTheLevelAsksForIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EngineLog log = new EngineLog(Level.ERROR, "wg0", new PrintStream(out, true, StandardCharsets.UTF_8));
        HandshakeListener listener = HandshakeLog.listener(log);
        listener.happened(new HandshakeEvent.Load(true));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();

        log.setLevel(Level.VERBOSE);
        listener.happened(new HandshakeEvent.Load(true));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("DEBUG: (wg0) ")
                .contains("Under load");
    }
}
