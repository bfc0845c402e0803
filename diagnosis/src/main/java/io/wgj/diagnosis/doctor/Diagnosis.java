// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.util.Optional;

/// Decides what is wrong from [Facts]: the first row of the table that fits.
public final class Diagnosis {
    private Diagnosis() {}

    /// The verdict on these facts.
    public static Verdict of(Facts facts) {
        Optional<Verdict> verdict = SetupRows.of(facts);
        if (verdict.isEmpty() && works(facts)) {
            return InsideRows.of(facts);
        }
        if (verdict.isEmpty()) {
            verdict = SendingRows.of(facts);
        }
        if (verdict.isEmpty()) {
            verdict = AnswerRows.of(facts);
        }
        return MovedRow.of(facts, verdict.isPresent() ? verdict.get() : SilenceRows.of(facts));
    }

    /// Whether the two ends have keys in common: a handshake was completed, or data arrives.
    private static boolean works(Facts facts) {
        if (facts.peer().isEmpty()) {
            return false;
        }
        PeerFacts peer = facts.peer().get();
        boolean dataComes =
                facts.wire().isPresent() ? facts.count(WireMessage.DATA_IN) > 0 && peer.rx() > 0 : peer.rx() > 0;
        return peer.handshakeSeen()
                || facts.inside().answered() > 0
                || facts.inside().arrived() > 0
                || peer.handshake().isPresent() && dataComes
                || facts.passive() && isFresh(facts, peer);
    }

    /// Nothing was sent to a peer whose session is young.
    private static boolean isFresh(Facts facts, PeerFacts peer) {
        return !facts.isAsked()
                && peer.handshake().isPresent()
                && peer.handshake()
                        .get()
                        .plusSeconds(SESSION_SECONDS)
                        .isAfter(facts.clock().now());
    }

    /// A session is used no longer than this.
    private static final int SESSION_SECONDS = 180;
}
