// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpFamily;
import io.wgj.engine.noise.Messages;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What strangers send to our engine: each datagram is dropped and counted, the tunnel lives, the log stays
/// short.
@Tag("namespace")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTest {
    private static final String VICTIM = "192.0.2.2";

    private Ends ends;

    @BeforeAll
    void start() throws Exception {
        ends = new Ends(Software.OURS);
    }

    @AfterAll
    void stop() {
        ends.close();
    }

    /// Sends all from one stranger on the other host.
    private void send(List<byte[]> datagrams) throws Exception {
        ends.a.host().on(() -> {
            try (DatagramSocket stranger = new DatagramSocket()) {
                InetAddress victim = InetAddress.getByName(VICTIM);
                for (byte[] datagram : datagrams) {
                    stranger.send(new DatagramPacket(datagram, datagram.length, victim, Ends.PORT_B));
                }
                return null;
            }
        });
    }

    /// Datagrams that crossed the tunnel: an initiation and data.
    private List<byte[]> eavesdrop() throws Exception {
        ends.meet(ends.a);
        try (Relay relay = new Relay(ends.a.host(), 7_000, 7_001, VICTIM, Ends.PORT_B)) {
            ends.a.set("peer " + ends.b.publicKey() + " endpoint 127.0.0.1:7000");
            for (int i = 0; i < 20; i++) {
                ends.mustReach(ends.a);
            }
            return relay.copies();
        }
    }

    @Test
    void whatWasSentOnceIsRefusedTheSecondTime() throws Exception {
        List<byte[]> heard = eavesdrop();
        long data = heard.stream()
                .filter(datagram -> Messages.type(datagram, 0, datagram.length) == Messages.DATA)
                .count();
        long replays = ends.b.stat("drop rx replay");
        long handshakes = ends.b.stat("drop handshake replay");
        long received = ends.b.transfer()[0];
        String endpoint = ends.b.show("endpoints");

        send(heard);

        await("drop rx replay", replays + data);
        await("drop handshake replay", handshakes + heard.size() - data);
        assertThat(data).isGreaterThanOrEqualTo(40);
        assertThat(heard.size() - data).isEqualTo(1);
        assertThat(ends.b.show("endpoints")).isEqualTo(endpoint).endsWith(":7001");
        assertThat(ends.b.transfer()[0]).isEqualTo(received);
        ends.setEndpoint(ends.a, IpFamily.V4);
        ends.mustReach(ends.a);
    }

    @Test
    void nonsenseIsCountedAndNotSpokenOf() throws Exception {
        List<byte[]> heard = eavesdrop();
        ends.setEndpoint(ends.a, IpFamily.V4);
        ends.mustReach(ends.a);
        Random random = new Random(1);
        List<byte[]> nonsense = new ArrayList<>();
        nonsense.add(new byte[0]);
        for (int type = 0; type < 6; type++) {
            byte[] longest = new byte[65_507];
            random.nextBytes(longest);
            Arrays.fill(longest, 0, 4, (byte) 0);
            longest[0] = (byte) type;
            nonsense.add(longest);
            for (int length : new int[] {1, 3, 4, 31, 32, 33, 63, 64, 65, 91, 92, 93, 147, 148, 149, 1_500}) {
                nonsense.add(Arrays.copyOf(longest, length));
            }
        }
        for (byte[] datagram : heard) {
            nonsense.add(Arrays.copyOf(datagram, random.nextInt(datagram.length)));
            byte[] forged = datagram.clone();
            forged[8 + random.nextInt(forged.length - 8)] ^= (byte) (1 << random.nextInt(8));
            nonsense.add(forged);
        }
        for (int i = 0; i < 1_000; i++) {
            byte[] noise = new byte[random.nextInt(1_600)];
            random.nextBytes(noise);
            nonsense.add(noise);
        }
        long before = drops();
        int said = ends.b.log().length();

        send(nonsense);

        for (int i = 0; i < 100 && drops() < before + nonsense.size(); i++) {
            Thread.sleep(20);
        }
        assertThat(drops()).isEqualTo(before + nonsense.size());
        assertThat(ends.b.log().substring(said).lines().count()).isLessThan(5);
        assertThat(ends.b.stat("rx failures")).isZero();
        ends.mustReach(ends.a);
        ends.mustReach(ends.b);
    }

    @Test
    @Tag("long")
    void underAFloodOfInitiationsCookiesLetTheRightOnesThrough() throws Exception {
        PrivateKey key = PrivateKey.of(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
        });
        ends.b.set("peer " + key.publicKey().toBase64() + " allowed-ips 10.99.0.9/32");
        int said = ends.b.log().length();

        try {
            // On a busy machine a stranger may be too slow to be a flood.
            int floods = 1;
            Flood.Result result = flood(key);
            while (floods < 5 && (result.cookies() == 0 || result.responses() == 0)) {
                result = flood(key);
                floods++;
            }

            assertThat(result.cookies()).as("cookie replies").isPositive();
            assertThat(result.responses())
                    .as("responses to messages with a cookie")
                    .isPositive();
            assertThat(ends.b.stat("drop handshake cookie demanded")).isPositive();
            // Of each flood one line may tell that the stranger's port is closed by now.
            String log = ends.b.log().substring(said);
            assertThat(log.lines().count()).as(log).isLessThanOrEqualTo(5L * floods);
        } finally {
            ends.b.set("peer " + key.publicKey().toBase64() + " remove");
        }
        ends.meet(ends.a);
        ends.mustReach(ends.a);
    }

    private Flood.Result flood(PrivateKey key) throws Exception {
        return ends.a.host().on(() -> {
            try (Flood flood = new Flood(ends.a.host(), VICTIM, Ends.PORT_B, ends.b.publicKeyBytes())) {
                return flood.knock(key, 2_000);
            }
        });
    }

    private long drops() {
        return ends.b.stats().stream()
                .filter(stat -> stat.name().startsWith("drop_"))
                .mapToLong(stat -> Long.parseLong(stat.value()))
                .sum();
    }

    private void await(String counter, long value) throws Exception {
        for (int i = 0; i < 20 && ends.b.stat(counter) < value; i++) {
            Thread.sleep(20);
        }
        assertThat(ends.b.stat(counter)).as(counter).isEqualTo(value);
    }
}
