// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Latin1;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyMemoryTest {
    private static final DeviceName NAME = new DeviceName("m0");
    private static final String OK = "errno=0\n\n";

    private final ReplyMemory memory = new ReplyMemory();
    private int zone = 7;
    private final ScopeIndexes indexes = _ -> zone;

    private static String key(int peer) {
        return "%064x".formatted(peer + 1);
    }

    private static String peer(int peer, long bytes) {
        return "public_key=" + key(peer) + "\nendpoint=192.0.2.1:" + (peer + 1) + "\nlast_handshake_time_sec=1\n"
                + "last_handshake_time_nsec=2\ntx_bytes=" + bytes + "\nrx_bytes=" + bytes + "\nallowed_ip=10.0.0."
                + peer + "/32\nprotocol_version=1\n";
    }

    private static String device(String... peers) {
        return "private_key=" + key(99) + "\nlisten_port=51820\n" + String.join("", peers) + OK;
    }

    private DeviceState read(String reply) throws DeviceException {
        return memory.read(NAME, Latin1.bytes(reply), indexes);
    }

    @Test
    void theSameReplyIsTheSameState() throws DeviceException {
        DeviceState first = read(device(peer(1, 5), peer(2, 6)));
        assertThat(read(device(peer(1, 5), peer(2, 6)))).isSameAs(first);
    }

    @Test
    void aPeerWhoseLinesAreTheSameIsTheSameObject() throws DeviceException {
        DeviceState first = read(device(peer(1, 5), peer(2, 6), peer(3, 7)));
        DeviceState second = read(device(peer(1, 5), peer(2, 60), peer(3, 7)));
        assertThat(second.peers().get(0)).isSameAs(first.peers().get(0));
        assertThat(second.peers().get(1).rxBytes()).isEqualTo(60);
    }

    @Test
    void findsPeersInAnotherOrder() throws DeviceException {
        DeviceState first = read(device(peer(1, 5), peer(2, 6), peer(3, 7), peer(4, 8)));
        DeviceState second = read(device(peer(3, 7), peer(1, 5), peer(4, 8), peer(2, 6)));
        assertThat(second.peers().get(0)).isSameAs(first.peers().get(2));
        assertThat(second.peers().get(1)).isSameAs(first.peers().get(0));
    }

    /// A peer whose counter only became longer or shorter must not be taken for the one before.
    @Test
    void aLineMoreOrLessIsAnotherPeer() throws DeviceException {
        read(device(peer(1, 5), peer(2, 6), peer(3, 7)));
        String longer = peer(1, 5) + "allowed_ip=10.9.0.0/24\n";
        assertThat(read(device(longer, peer(2, 6), peer(3, 7))).peers().get(0).allowedIps())
                .hasSize(2);
        assertThat(read(device(peer(1, 5), peer(2, 6), peer(3, 7)))
                        .peers()
                        .get(0)
                        .allowedIps())
                .hasSize(1);
    }

    /// The link of a zone's name may be another one, though the text is the same.
    @Test
    void aZoneIsLookedUpEachTime() throws DeviceException {
        String zoned = peer(1, 5).replace("192.0.2.1:2", "[fe80::1%eth0]:2");
        DeviceState first = read(device(zoned, peer(2, 6), peer(3, 7)));
        assertThat(first.peers().get(0).endpoint().orElseThrow().scopeId()).isEqualTo(7);
        zone = 8;
        DeviceState second = read(device(zoned, peer(2, 6), peer(3, 7)));
        assertThat(second.peers().get(0).endpoint().orElseThrow().scopeId()).isEqualTo(8);
        assertThat(second.peers().get(1)).isSameAs(first.peers().get(1));
    }

    @Test
    void anErrorAmongThePeersIsAnErrorEachTime() throws DeviceException {
        String broken = device(peer(1, 5) + "errno=5\n", peer(2, 6), peer(3, 7)).replace(OK, "\n");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> read(broken)).isInstanceOf(DeviceException.class);
        }
        String late = device(peer(1, 5) + "errno=0\n", peer(2, 6), peer(3, 7)).replace(OK, "\n");
        read(late);
        assertThat(read(late.replace("rx_bytes=6", "rx_bytes=66"))
                        .peers()
                        .get(1)
                        .rxBytes())
                .isEqualTo(66);
        String noneNow = late.replace("errno=0\n", "");
        assertThatThrownBy(() -> read(noneNow)).hasMessageContaining("no errno");
    }

    /// Whatever devices answer, in whatever order: the memory changes nothing of what is read.
    @Test
    void saysWhatTheParserSays() {
        for (int seed = 0; seed < 300; seed++) {
            ReplyMemory other = new ReplyMemory();
            Random random = new Random(seed);
            List<String> peers = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                peers.add(peer(i, random.nextInt(3)));
            }
            for (int step = 0; step < 20; step++) {
                change(peers, random);
                String reply = damaged(device(peers.toArray(String[]::new)), random);
                assertThat(outcome(() -> other.read(NAME, Latin1.bytes(reply), indexes)))
                        .as("seed %d, step %d: %s", seed, step, reply)
                        .isEqualTo(outcome(() -> UapiText.parseGetReply(NAME, reply, indexes)));
            }
        }
    }

    private static void change(List<String> peers, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> peers.add(random.nextInt(peers.size() + 1), peer(20 + random.nextInt(200), 1));
            case 1 -> Collections.shuffle(peers, random);
            case 2, 3 -> {
                if (!peers.isEmpty()) {
                    int at = random.nextInt(peers.size());
                    peers.set(at, peers.get(at).replaceFirst("rx_bytes=\\d+", "rx_bytes=" + random.nextInt(2000)));
                }
            }
            case 4 -> {
                if (!peers.isEmpty()) {
                    peers.remove(random.nextInt(peers.size()));
                }
            }
            default -> {}
        }
    }

    /// Mostly as it is.
    private static String damaged(String reply, Random random) {
        int at = random.nextInt(reply.length());
        return switch (random.nextInt(12)) {
            case 0 -> reply.substring(0, at);
            case 1 -> reply.substring(0, at) + "\n\n" + reply.substring(at);
            case 2 -> reply.substring(0, at) + "errno=1\n" + reply.substring(at);
            case 3 -> reply.substring(0, at) + "public_key=" + reply.substring(at);
            case 4 -> reply + "public_key=" + key(1) + "\n";
            default -> reply;
        };
    }

    /// Reads a device.
    @FunctionalInterface
    private interface Read {
        DeviceState run() throws DeviceException;
    }

    private static Object outcome(Read read) {
        try {
            return read.run();
        } catch (DeviceException failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
