// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.States;
import io.wgj.cli.wg.EndpointResolver;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every name is 192.0.2.9:53 to the resolver; the peer is at 192.0.2.1:53.
class EndpointLookupsTest {
    private static final PublicKey KEY = PublicKey.parseBase64(States.K1).orElseThrow();

    private final MemoryHost host = new MemoryHost();

    private static TunnelFile file(String endpoints) {
        StringBuilder text = new StringBuilder("[Interface]\n");
        for (String endpoint : endpoints.split(" ", -1)) {
            text.append("[Peer]\nPublicKey = ")
                    .append(KEY)
                    .append("\nEndpoint = ")
                    .append(endpoint)
                    .append('\n');
        }
        return QuickConfigParser.parse(QuickFile.of("wg0.conf", text.toString()))
                .file()
                .orElseThrow();
    }

    private DeviceState device(long handshake) {
        PeerState peer = new PeerState(KEY)
                .withEndpoint(new Endpoint.Numeric(IpAddress.parse("192.0.2.1").orElseThrow(), 53))
                .withLatestHandshake(new HandshakeTime(handshake, 0));
        return new DeviceState(new DeviceName("wg0"), Optional.empty(), Optional.empty(), 5, 0, List.of(peer));
    }

    private EndpointLookups lookups(String now, String before, long handshake, EndpointLookups.Mode mode) {
        Set<Long> known =
                new HashSet<>(EndpointFingerprints.of(file(before).peers()).values());
        return new EndpointLookups(
                new Invocation(InvokedAs.WGJ_QUICK, "wgj-quick", List.of("reload"), host),
                file(now),
                device(handshake),
                Optional.empty(),
                known,
                mode);
    }

    private DeviceUpdate resolve(EndpointLookups lookups) throws Exception {
        return lookups.config().replacing(EndpointResolver.impatient(host));
    }

    /// A handshake so many seconds ago, or none; whether the name is looked up and sent.
    @ParameterizedTest
    @CsvSource({
        "far.example:53, far.example:53, 179, USUAL, false",
        "far.example:53, far.example:53, -5, USUAL, false",
        "far.example:53, far.example:53, 180, USUAL, true",
        "far.example:53, far.example:53, , USUAL, true",
        "far.example:53, far.example:53, 10, ALL, true",
        "far.example:53, near.example:53, 10, USUAL, true",
        "far.example:53, far.example:53, , NONE, false",
        "192.0.2.7:5, 192.0.2.7:5, , ALL, false",
        "192.0.2.7:5, 192.0.2.8:5, 10, USUAL, true",
        "far.example:53 192.0.2.7:5, 192.0.2.7:5, , USUAL, false",
    })
    void looksUpWhatMayHaveMoved(String now, String before, Long age, EndpointLookups.Mode mode, boolean sent)
            throws Exception {
        EndpointLookups lookups = lookups(now, before, age == null ? 0 : host.now - age, mode);
        resolve(lookups);
        assertThat(lookups.sent().contains(KEY)).isEqualTo(sent);
        assertThat(host.lookups).hasSize(sent && now.startsWith("far") ? 1 : 0);
    }

    @Test
    void tellsWhatHasMovedAndInAPlanWhatHasNot() throws Exception {
        EndpointLookups lookups = lookups("far.example:53", "far.example:53", 0, EndpointLookups.Mode.USUAL);
        assertThat(lookups.notes(resolve(lookups), false))
                .containsExactly("far.example:53 of peer " + KEY
                        + " is looked up again, since it has had no handshake yet: 192.0.2.9:53");
        EndpointLookups all = lookups("far.example:53", "far.example:53", host.now, EndpointLookups.Mode.ALL);
        assertThat(all.notes(resolve(all), true))
                .containsExactly("far.example:53 of peer " + KEY
                        + " is looked up again, since --resolve asks for it: 192.0.2.9:53");
        EndpointLookups none = lookups("far.example:53", "far.example:53", host.now - 1000, EndpointLookups.Mode.NONE);
        assertThat(none.notes(resolve(none), true))
                .containsExactly(
                        "far.example:53 of peer " + KEY
                                + " is looked up again, since its last handshake is more than 180 s ago; not now, with --no-dns");
        assertThat(none.unresolved()).containsEntry(KEY.toBase64(), "far.example:53");
    }

    /// The rest of the file is applied all the same.
    @Test
    void aNameThatCannotBeLookedUpAgainKeepsItsEndpoint() throws Exception {
        host.lookupFailure = new LookupException("Temporary failure in name resolution", false);
        EndpointLookups lookups = lookups("far.example:53", "far.example:53", 0, EndpointLookups.Mode.USUAL);
        assertThat(lookups.notes(resolve(lookups), false))
                .singleElement()
                .asString()
                .endsWith("Temporary failure in name resolution; the peer keeps its endpoint");
        assertThat(lookups.sent()).isEmpty();
        assertThat(host.sleeps).isEmpty();
    }

    @Test
    void leavesThePeerOutThatHasTheInterfacesOwnKey() {
        TunnelFile config = new EndpointLookups(
                        new Invocation(InvokedAs.WGJ_QUICK, "wgj-quick", List.of("reload"), host),
                        file("far.example:53"),
                        device(0),
                        Optional.of(KEY),
                        Set.of(),
                        EndpointLookups.Mode.USUAL)
                .config();
        assertThat(config.peers()).isEmpty();
        assertThat(host.lookups).isEmpty();
    }
}
