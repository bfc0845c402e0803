// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// With each [io.wgj.engine.io.EngineFeature] off, on a kernel that lacks something, and with each of the
/// ciphers, the engine may be slower but stays correct: content arrives unchanged, and the kernels at both
/// ends find every checksum valid. The statistics show what is not in use, and the log says once what the
/// system lacks. The other end has everything.
@Timeout(60)
@EnumSource(
        value = Software.class,
        names = {"OURS", "SIDS"})
class DisabledFeaturesTest extends TwoEndsSuite {
    private static final int BYTES = 4 << 20;

    /// @param variables of the engine's environment, separated by blanks
    /// @param stats that the engine then has, `name=value`, separated by semicolons
    /// @param quietly a part of the verbose log
    /// @param aloud a part of the only error line; empty for none
    record Fallback(String variables, String stats, String quietly, String aloud) {
        @Override
        public String toString() {
            return variables;
        }
    }

    private static Fallback off(String name, String stats) {
        String variable = "WGJ_ENGINE_" + name;
        return new Fallback(variable + "=0", "switched_off=" + name + ";" + stats, "Switched off: " + variable, "");
    }

    private static Fallback ciphers(String name) {
        return new Fallback(
                "WGJ_ENGINE_CRYPTO=" + name,
                "aead=" + name + ";ciphers_because=WGJ_ENGINE_CRYPTO says so",
                "encrypting with " + name,
                "");
    }

    static Stream<Fallback> fallbacks() {
        return Stream.of(
                off("TUN_OFFLOADS", "tun_vnet_header=no;tun_merge_tcp=no;tun_merge_udp=no"),
                off("TUN_USO", "tun_vnet_header=yes;tun_joins_udp=no;tun_merge_tcp=yes;tun_merge_udp=no"),
                off("TUN_MERGE_TCP", "tun_merge_tcp=no;tun_merged_tcp=0;tun_merge_udp=yes"),
                off("TUN_MERGE_UDP", "tun_merge_udp=no;tun_merged_udp=0;tun_merge_tcp=yes"),
                off("VERIFY_MERGED", "tun_merge_tcp=yes"),
                off("UDP_SEND_TRAINS", "udp_send_trains_ipv4=no;udp_send_trains_ipv6=no;udp_refused_trains=0"),
                off("UDP_RECEIVE_TRAINS", "udp_receive_trains=no;rx_trains_of_2=0;rx_trains_of_32=0"),
                off("EQUAL_LAST_SEGMENT", "udp_send_trains_ipv4=yes"),
                ciphers("jdk"),
                ciphers("openssl"),
                ciphers("jce"),
                // Which ciphers it takes then depends on the processor.
                new Fallback("WGJ_ENGINE_CRYPTO=rot13", "listening=yes", "", "WGJ_ENGINE_CRYPTO=rot13 is not possible"),
                // What the engine asks for its kernel's age.
                new Fallback(
                        "WGJ_JAVA_OPTS=-Dos.version=5.4.0-rc1",
                        "udp_receive_trains=no;udp_send_trains_ipv4=yes",
                        "",
                        "UDP_GRO"));
    }

    @ParameterizedTest
    @MethodSource("fallbacks")
    @Tag("long")
    void contentAndChecksumsStayRight(Fallback fallback) throws Exception {
        String[] variables = fallback.variables.split(" ", -1);
        int said = ends.a.log().length();
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            ends.a.env(parts[0], parts[1]);
        }
        try {
            ends.a.restart();
            ends.configure(ends.a, 1420);
            ends.exchange(BYTES);

            Map<String, String> stats = ends.a.statsByName();
            for (String stat : fallback.stats.split(";", -1)) {
                String[] parts = stat.split("=", 2);
                assertThat(stats).containsEntry(parts[0], parts[1]);
            }
            assertThat(ends.a.log().substring(said)).contains(fallback.quietly);
            assertThat(ends.a.complaints(said))
                    .hasSize(fallback.aloud.isEmpty() ? 0 : 1)
                    .allMatch(line -> line.contains(fallback.aloud));
        } finally {
            for (String variable : variables) {
                ends.a.env(variable.substring(0, variable.indexOf('=')), "");
            }
        }
    }

    /// Every train that is not sent whole is counted.
    @Test
    void splitTrainsAreCounted() throws Exception {
        ends.a.env("WGJ_ENGINE_UDP_SEND_TRAINS", "0");
        try {
            ends.a.restart();
            ends.configure(ends.a, 1420);
            ends.exchange(BYTES);

            Map<String, String> stats = ends.a.statsByName();
            long trains = 0;
            for (int size = 2; size <= 64; size *= 2) {
                trains += Long.parseLong(stats.get("tx_trains_of_" + size));
            }
            assertThat(trains).isPositive();
            assertThat(stats).containsEntry("udp_split_trains", Long.toString(trains));
        } finally {
            ends.a.env("WGJ_ENGINE_UDP_SEND_TRAINS", "");
        }
    }

    @Test
    void withEverythingOnPacketsTravelTogether() throws Exception {
        int said = ends.a.log().length();
        ends.a.restart();
        ends.configure(ends.a, 1420);
        ends.exchange(BYTES);

        Map<String, String> stats = ends.a.statsByName();
        assertThat(stats)
                .doesNotContainKey("switched_off")
                .containsEntry("tun_merge_tcp", "yes")
                .containsEntry("udp_send_trains_ipv4", "yes")
                .containsEntry("udp_receive_trains", "yes")
                .containsEntry("udp_refused_trains", "0")
                .containsEntry("tun_refused_tcp", "0")
                .containsEntry("tun_refused_udp", "0");
        assertThat(Long.parseLong(stats.get("tun_merged_tcp"))).isPositive();
        assertThat(ends.a.complaints(said)).isEmpty();
    }
}
