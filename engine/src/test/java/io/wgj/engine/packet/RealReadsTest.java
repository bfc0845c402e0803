// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Linux 6.18 handed over on a TUN with `IFF_VNET_HDR` and offloads 0x6f: 25 bytes sent by one
/// `sendmsg` with `UDP_SEGMENT` 10, from 10.9.0.1 and fd09::1, and the first packet of a `connect`.
class RealReadsTest {
    private static final String UDP4 =
            "01051c000a001400060045000035681040004011be930a0900010a0900020fa0138800211447000102030405060708090a0b0c0d0e0f"
                    + "101112131415161718";
    private static final String UDP6 =
            "010530000a0028000600600a456700211140fd090000000000000000000000000001fd0900000000000000000000000000020fa01388"
                    + "0021fa48000102030405060708090a0b0c0d0e0f101112131415161718";
    private static final String SYN =
            "010000000000140010004500003c26834000400600250a0900010a090002edb20050ccae22d200000000a002fd5c1443000002040564"
                    + "0402080a18b76cd4000000000103030a";

    @ParameterizedTest
    @ValueSource(strings = {UDP4, UDP6})
    void aTrainOfDatagramsIsCutAndJoinsAgainToTheSameBytes(String hex) {
        byte[] read = HexFormat.of().parseHex(hex);
        List<byte[]> segments = SegmenterTest.cut(new Segmenter(true), read);
        assertThat(segments).hasSize(3).allMatch(TestPacket::isSound);
        int headers = read[10] >>> 4 == 6 ? 48 : 28;
        assertThat(segments)
                .extracting(segment -> segment.length)
                .containsExactly(headers + 10, headers + 10, headers + 5);
        assertThat(Arrays.copyOfRange(segments.get(1), headers, headers + 10))
                .containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        List<byte[]> writes = new ArrayList<>();
        Merger<RuntimeException> merger = new Merger<>(
                (from, offset, length) -> writes.add(Arrays.copyOfRange(from, offset, offset + length)),
                new MergeRules(true, true, true, true),
                _ -> {});
        segments.forEach(segment -> MergerTest.deliver(merger, segment));
        merger.flush();
        assertThat(writes).containsExactly(read);
    }

    @Test
    void theFirstPacketOfAConnectionGetsItsChecksum() {
        byte[] read = HexFormat.of().parseHex(SYN);
        byte[] packet = SegmenterTest.cut(new Segmenter(true), read).getFirst();
        assertThat(TestPacket.isSound(packet)).isTrue();
        packet[36] = read[46];
        packet[37] = read[47];
        assertThat(packet).isEqualTo(Arrays.copyOfRange(read, 10, read.length));
    }
}
