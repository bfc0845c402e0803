// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import static io.wgj.diagnosis.doctor.FactsDraft.BEGAN;
import static io.wgj.diagnosis.doctor.FactsDraft.address;
import static io.wgj.diagnosis.doctor.FactsDraft.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Each row of the table, and rows that are close to each other. The draft begins with two calls that are not
/// answered.
class DiagnosisTest {
    private final FactsDraft draft = new FactsDraft();

    private void expect(Cause cause) {
        Verdict verdict = draft.verdict();
        assertThat(verdict.cause()).as("%s", verdict).isEqualTo(cause);
        assertThat(verdict.sentence()).endsWith(".");
    }

    private void expect(Cause cause, boolean certain) {
        expect(cause);
        assertThat(draft.verdict().isCertain()).isEqualTo(certain);
    }

    private void sentNothing() {
        draft.tx = 0;
        draft.wire.clear();
    }

    private void works() {
        draft.handshakeSeen = true;
        draft.handshake = Optional.of(BEGAN.plusSeconds(1));
        draft.wire(WireMessage.RESPONSE_IN, 1);
        draft.rx = 92;
    }

    @Test
    void silenceHasItsCausesAndIsNeverCertain() {
        expect(Cause.SILENCE, false);
        assertThat(draft.verdict().undecided()).hasSize(5);
    }

    @Test
    void aHostThatIsAliveIsNoLongerAmongTheCausesOfSilence() {
        draft.beside = new BesideFacts(51821, true);
        expect(Cause.SILENCE);
        assertThat(draft.verdict().undecided()).hasSize(4).noneMatch(cause -> cause.contains("is off"));
    }

    @Test
    void anAnsweredEchoIsHealthyAtOnce() {
        works();
        draft.watched = Duration.ofMillis(300);
        draft.answered = 1;
        expect(Cause.HEALTHY, true);
    }

    @Test
    void anOldHandshakeWithoutDataIsNotHealthy() {
        draft.handshake = Optional.of(BEGAN.minusSeconds(60));
        draft.wire.clear();
        draft.wire(WireMessage.DATA_OUT, 2);
        expect(Cause.SILENCE);
    }

    @Test
    void aYoungSessionThatNobodyUsesIsHealthyToAPassiveDoctor() {
        sentNothing();
        draft.passive = true;
        draft.asked = 0;
        draft.handshake = Optional.of(BEGAN.minusSeconds(60));
        expect(Cause.HEALTHY);
        draft.handshake = Optional.of(BEGAN.minusSeconds(400));
        expect(Cause.NO_TRAFFIC);
    }

    @Test
    void anInterfaceThatIsDownIsToldBeforeItsMissingKey() {
        draft.up = false;
        draft.ownKey = Optional.empty();
        expect(Cause.INTERFACE_DOWN, true);
        draft.up = true;
        expect(Cause.NO_PRIVATE_KEY, true);
    }

    @Test
    void aMissingPeerIsTheInterfaceItselfOnlyWithItsKey() {
        draft.hasPeer = false;
        draft.wanted = Optional.of(FactsDraft.OWN.toBase64());
        expect(Cause.PEER_IS_SELF, true);
        draft.wanted = Optional.of(FactsDraft.OTHER.toBase64());
        expect(Cause.NO_SUCH_PEER, true);
        draft.wanted = Optional.empty();
        expect(Cause.NO_SUCH_PEER, true);
    }

    @Test
    void aPeerWithoutEndpointCannotBeCalled() {
        sentNothing();
        draft.endpoint = Optional.empty();
        draft.way = null;
        draft.txErrors = 2;
        expect(Cause.NO_ENDPOINT, true);
    }

    @Test
    void packetsThatNoPeerTakesAreToldByAddressOrByTheKernelsErrors() {
        sentNothing();
        draft.asked = 0;
        draft.unowned.put(address("10.9.0.7"), 3);
        expect(Cause.NO_ALLOWED_IP, true);
        assertThat(draft.verdict().sentence()).contains("10.9.0.7");
        draft.unowned.clear();
        draft.txErrors = 3;
        expect(Cause.NO_ALLOWED_IP, false);
        draft.backend = Backend.ENGINE;
        expect(Cause.NO_TRAFFIC);
    }

    @Test
    void aPeerWithoutAllowedIpsTakesNothing() {
        sentNothing();
        draft.asked = 0;
        draft.allowedIps = List.of();
        expect(Cause.NO_ALLOWED_IP, true);
    }

    @Test
    void aMissingRouteIsToldEvenIfNobodyAsks() {
        sentNothing();
        draft.asked = 0;
        draft.way = way(WayFacts.Kind.REFUSED);
        expect(Cause.NO_ROUTE, true);
        assertThat(draft.verdict().sentence()).contains("Network is unreachable");
    }

    @Test
    void aLoopAndThisHostAsEndpointAreRoutes() {
        draft.wire.clear();
        draft.way = way(WayFacts.Kind.TUNNEL);
        expect(Cause.LOOP, true);
        draft.way = way(WayFacts.Kind.SELF);
        expect(Cause.ENDPOINT_IS_SELF, true);
    }

    @Test
    void aRelayOnThisHostIsNotTheInterfaceItself() {
        draft.way = way(WayFacts.Kind.SELF);
        draft.endpoint = Optional.of(new io.wgj.config.net.Endpoint.Numeric(address("127.0.0.1"), 4000));
        expect(Cause.SILENCE);
        draft.icmp(3, 3, "127.0.0.1", true);
        expect(Cause.PORT_CLOSED);
    }

    private static WayFacts way(WayFacts.Kind kind) {
        boolean refused = kind == WayFacts.Kind.REFUSED;
        return new WayFacts(
                kind,
                refused ? Optional.empty() : Optional.of("lo"),
                Optional.empty(),
                "",
                refused ? Optional.of("Network is unreachable") : Optional.empty(),
                0,
                WayFacts.Neighbour.UNKNOWN);
    }

    @Test
    void theOwnFirewallNeedsMoreThanAnEmptyWire() {
        draft.wire.clear();
        expect(Cause.SILENCE);
        draft.txDrops = 2;
        expect(Cause.OWN_FIREWALL_OUT, false);
        draft.wire(WireMessage.INITIATION_OUT, 2);
        expect(Cause.SILENCE);
    }

    @Test
    void aCountedRuleMakesTheOwnFirewallCertain() {
        draft.wire.clear();
        draft.firewall = new FirewallFacts(
                List.of(), List.of(new FirewallFacts.RuleCount("inet filter", "out", 7, 2)), false, true);
        expect(Cause.OWN_FIREWALL_OUT, true);
        assertThat(draft.verdict().remedies()).contains("nft -a list chain inet filter out");
        draft.nextHopIs(WayFacts.Neighbour.FAILED);
        expect(Cause.NEIGHBOUR_DEAD);
    }

    @Test
    void anEngineThatMayNotSendNamesTheFirewall() {
        sentNothing();
        draft.backend = Backend.ENGINE;
        draft.drops = new HashMap<>();
        draft.sendError = OptionalInt.of(1);
        expect(Cause.OWN_FIREWALL_OUT, true);
        draft.sendError = OptionalInt.empty();
        draft.counters = new CounterFacts(0, 0, 2, 0);
        expect(Cause.OWN_FIREWALL_OUT, false);
    }

    @Test
    void aDeadNeighbourIsToldAtOnceWhenTheKernelGaveUp() {
        draft.wire.clear();
        draft.watched = Duration.ofSeconds(3);
        draft.nextHopIs(WayFacts.Neighbour.INCOMPLETE);
        expect(Cause.SILENCE);
        draft.icmp(3, 1, "10.0.0.1", true);
        expect(Cause.NEIGHBOUR_DEAD, true);
        draft.icmp.clear();
        draft.nextHopIs(WayFacts.Neighbour.FAILED);
        expect(Cause.NEIGHBOUR_DEAD, true);
    }

    @Test
    void icmpErrorsTellClosedPortsFromRefusals() {
        draft.icmp(3, 13, "10.0.0.2", false);
        expect(Cause.REFUSED, true);
        assertThat(draft.verdict().sentence()).contains("The far end's host 10.0.0.2");
        draft.icmp(3, 3, "10.0.0.2", false);
        expect(Cause.PORT_CLOSED, true);
        draft.icmp.clear();
        draft.icmp(3, 1, "192.0.2.254", false);
        expect(Cause.REFUSED);
        assertThat(draft.verdict().sentence()).contains("The router 192.0.2.254");
    }

    @Test
    void icmpv6HasItsOwnNumbers() {
        draft.endpoint = Optional.of(new io.wgj.config.net.Endpoint.Numeric(address("2001:db8::2"), 51820));
        draft.icmp(1, 1, "2001:db8::1", false);
        expect(Cause.REFUSED);
        draft.icmp(1, 4, "2001:db8::2", false);
        expect(Cause.PORT_CLOSED);
    }

    @Test
    void answersThatAreDroppedAreToldApartByTheCounters() {
        draft.wire(WireMessage.RESPONSE_IN, 2);
        draft.firewall = new FirewallFacts(List.of(), List.of(), true, false);
        draft.counters = new CounterFacts(2, 0, 0, 0);
        expect(Cause.RP_FILTER, true);
        draft.counters = CounterFacts.NONE;
        expect(Cause.OWN_FIREWALL_IN, false);
        draft.firewall = new FirewallFacts(
                List.of(new FirewallFacts.RuleCount("inet filter", "in", 4, 2)), List.of(), true, false);
        expect(Cause.OWN_FIREWALL_IN, true);
        draft.firewall = new FirewallFacts(List.of(), List.of(), true, false);
        draft.counters = new CounterFacts(0, 0, 0, 2);
        expect(Cause.PRESHARED_KEYS_DIFFER);
    }

    @Test
    void otherDatagramsMakeItUndecidedWhetherTheFirewallTookTheAnswers() {
        draft.wire(WireMessage.RESPONSE_IN, 2);
        draft.counters = new CounterFacts(0, 0, 0, 300);
        draft.firewall = new FirewallFacts(List.of(), List.of(), true, false);
        expect(Cause.ANSWERS_LOST, false);
        assertThat(draft.verdict().undecided()).hasSize(2);
        draft.firewall = FirewallFacts.OPEN;
        expect(Cause.PRESHARED_KEYS_DIFFER);
        draft.firewall = null;
        draft.drops = new HashMap<>(Map.of("handshake_bad_authenticator", 2L));
        expect(Cause.PRESHARED_KEYS_DIFFER, true);
    }

    @Test
    void cookiesMeanLoad() {
        draft.wire(WireMessage.COOKIE_IN, 1);
        expect(Cause.FAR_UNDER_LOAD);
    }

    @Test
    void aClockThatIsBehindExplainsSilence() {
        Instant later = BEGAN.plusSeconds(3_700);
        draft.known = Optional.of(new ClockFacts.Known(later, "the time of this build"));
        expect(Cause.CLOCK_BEHIND, false);
        assertThat(draft.verdict().sentence()).contains("1 h 1 min");
        draft.known = Optional.empty();
        draft.far = us(draft.far(0, 0), later);
        expect(Cause.CLOCK_BEHIND, true);
        draft.far = us(draft.far(0, 0), BEGAN.plusSeconds(12));
        expect(Cause.FAR_FIREWALL);
    }

    private static FarFacts us(FarFacts far, Instant handshake) {
        FarFacts.Us us = far.us().orElseThrow();
        return new FarFacts(
                far.source(),
                far.key(),
                far.listenPort(),
                far.up(),
                far.addresses(),
                Optional.of(new FarFacts.Us(us.allowedIps(), Optional.of(handshake), us.rx(), us.tx())),
                far.live());
    }

    @Test
    void theFarEndsKeysAreComparedBeforeItsCounters() {
        FarFacts far = draft.far(0, 0);
        draft.far =
                new FarFacts(far.source(), Optional.of(FactsDraft.OTHER), 51820, far.up(), List.of(), far.us(), true);
        expect(Cause.WRONG_PUBLIC_KEY, true);
        draft.far = new FarFacts(far.source(), far.key(), 51820, far.up(), List.of(), Optional.empty(), true);
        expect(Cause.KEY_UNKNOWN_THERE, true);
        draft.far = far;
        expect(Cause.FAR_FIREWALL, true);
        draft.far = draft.far(296, 184);
        expect(Cause.FAR_FIREWALL, true);
        assertThat(draft.verdict().sentence()).contains("its answers get lost");
    }

    @Test
    void anOldDumpOfTheFarEndProvesNoGrowth() {
        FarFacts far = draft.far(5_000, 7_000);
        draft.far = new FarFacts(far.source(), far.key(), 51820, Optional.empty(), List.of(), far.us(), false);
        expect(Cause.SILENCE);
    }

    @Test
    void aWorkingHandshakeWithoutAnswersInsideIsNotHealthy() {
        works();
        expect(Cause.NOTHING_INSIDE, false);
        draft.shouldAnswer = false;
        expect(Cause.HEALTHY);
    }

    @Test
    void theFarEndsAllowedIpsExplainNothingInside() {
        works();
        draft.far = draft.far(500, 500);
        expect(Cause.NOTHING_INSIDE);
        FarFacts.Us narrow = new FarFacts.Us(List.of(prefix("10.9.0.5", 32)), Optional.empty(), 500, 500);
        draft.far = new FarFacts(
                "FILE", Optional.of(FactsDraft.PEER), 0, Optional.empty(), List.of(), Optional.of(narrow), false);
        expect(Cause.FAR_ALLOWED_IPS, true);
    }

    @Test
    void whatThisEndDropsInsideIsCounted() {
        works();
        draft.rxErrors = 2;
        expect(Cause.NEAR_ALLOWED_IPS, true);
        draft.backend = Backend.ENGINE;
        draft.drops = new HashMap<>();
        expect(Cause.NOTHING_INSIDE);
        draft.drops.put("rx_disallowed_inner_source", 2L);
        expect(Cause.NEAR_ALLOWED_IPS, true);
    }

    @Test
    void theReversePathFilterAndTheFirewallAlsoDropWhatComesOutOfTheTunnel() {
        works();
        draft.arrived = 2;
        draft.firewall = new FirewallFacts(
                List.of(new FirewallFacts.RuleCount("inet filter", "in", 4, 2)), List.of(), true, false);
        expect(Cause.HEALTHY);
        draft.replies = 2;
        expect(Cause.OWN_FIREWALL_IN, true);
        draft.counters = new CounterFacts(2, 0, 0, 0);
        expect(Cause.INNER_RP_FILTER, true);
        draft.answered = 1;
        expect(Cause.HEALTHY);
    }

    @Test
    void whatWasReadEarlierThanItWasSeenProvesNothing() {
        draft.watched = Duration.ofMillis(1_500);
        draft.far = draft.far(148, 92);
        expect(Cause.SILENCE, false);
        draft.wire(WireMessage.RESPONSE_IN, 1);
        draft.counters = new CounterFacts(1, 0, 0, 0);
        expect(Cause.SILENCE, false);
        draft.watched = Duration.ofMillis(2_100);
        expect(Cause.RP_FILTER, true);
    }

    @Test
    void anOldEntryOfADeadNeighbourProvesNothing() {
        draft.watched = Duration.ofMillis(300);
        draft.wire.clear();
        draft.nextHopIs(WayFacts.Neighbour.FAILED);
        expect(Cause.SILENCE, false);
        draft.watched = Duration.ofSeconds(3);
        expect(Cause.NEIGHBOUR_DEAD, true);
    }

    @Test
    void packetsForOthersNeedForwarding() {
        works();
        draft.arrived = 2;
        draft.foreign.put(address("192.168.7.5"), 2);
        expect(Cause.FORWARDING_OFF, true);
        draft.forwards = true;
        expect(Cause.HEALTHY);
    }

    @Test
    void largePacketsThatAreLostMeanTheMtu() {
        works();
        draft.answered = 1;
        draft.large = Optional.of(false);
        expect(Cause.MTU_TOO_LARGE, false);
        draft.least = Optional.of(false);
        expect(Cause.MTU_TOO_LARGE, false);
        assertThat(draft.verdict().undecided()).anyMatch(text -> text.contains("answers no large echo"));
        draft.least = Optional.of(true);
        expect(Cause.MTU_TOO_LARGE, true);
        assertThat(draft.verdict().undecided()).isEmpty();
        draft.large = Optional.of(true);
        expect(Cause.HEALTHY, true);
    }

    @Test
    void aNameThatStandsForAnotherAddressIsToldBeforeWhatIsWrongAtTheOldOne() {
        draft.name = new NameFacts("far.example:51820", "wg0.conf", List.of(address("10.0.0.2")));
        expect(Cause.SILENCE);
        draft.name = new NameFacts("far.example:51820", "wg0.conf", List.of(address("10.0.0.9"), address("fd00::9")));
        expect(Cause.ENDPOINT_MOVED, false);
        assertThat(draft.verdict().evidence())
                .anyMatch(one -> one.text().contains("far.example:51820 in wg0.conf stands for 10.0.0.9, fd00::9"));
        draft.icmp(3, 3, "10.0.0.2", false);
        expect(Cause.ENDPOINT_MOVED);
        // A peer that roams has another address than its name, and works.
        works();
        draft.answered = 1;
        expect(Cause.HEALTHY);
    }

    /// Handshake times are by the far end's clock: one that is ahead does not make this one late.
    @Test
    void aFarClockThatIsAheadIsTakenIntoAccount() {
        FarFacts far = draft.far(148, 0);
        Instant now = FactsDraft.BEGAN.plus(draft.watched);
        FarFacts.Us us = new FarFacts.Us(List.of(), Optional.of(now.plusSeconds(3500)), 148, 0);
        draft.far = new FarFacts(
                far.source(),
                far.key(),
                51820,
                far.up(),
                List.of(),
                Optional.of(us),
                Optional.of(now.plusSeconds(3600)),
                false);
        assertThat(draft.verdict().cause()).isNotEqualTo(Cause.CLOCK_BEHIND);
        draft.far = new FarFacts(far.source(), far.key(), 51820, far.up(), List.of(), Optional.of(us), false);
        expect(Cause.CLOCK_BEHIND, true);
    }

    @Test
    void aFarEndThatListensOnAnotherPortIsTold() {
        FarFacts far = draft.far(0, 0);
        draft.far = new FarFacts(far.source(), far.key(), 51999, far.up(), List.of(), far.us(), true);
        assertThat(draft.verdict().evidence())
                .anyMatch(one -> one.text().contains("it listens on port 51999, and packets go to port 51820"));
    }

    @Test
    void anAddressOnTwoInterfacesIsToldWhenNothingAnswers() {
        works();
        draft.conflicts.add("10.9.0.1 is on eth0 too");
        expect(Cause.ADDRESS_CONFLICT, false);
        draft.answered = 1;
        expect(Cause.HEALTHY);
    }

    @Test
    void aClockThatIsSetDuringTheObservationIsTold() {
        draft.stepped = Duration.ofSeconds(-30);
        assertThat(draft.verdict().evidence()).anyMatch(one -> one.text().contains("the clock was set by 30 s"));
    }

    @Test
    void withoutAPacketSocketTheCountersSpeak() {
        draft.wireSeen = false;
        expect(Cause.SILENCE);
        draft.txDrops = 2;
        expect(Cause.OWN_FIREWALL_OUT, false);
    }

    @Test
    void aShortObservationSaysThatItIsShort() {
        draft.watched = Duration.ofSeconds(3);
        assertThat(draft.verdict().evidence()).anyMatch(one -> one.text().contains("watch for 11 s"));
    }
}
