// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.net.ScopeNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderersTest {
    private static final long NOW = 1_700_000_000;
    private static final ScopeNames SCOPES = index -> index == 1 ? "lo" : "";
    private static final DeviceState FULL = States.full("m0", NOW);
    private static final String K1 = States.K1;
    private static final String K2 = States.K2;
    private static final String K3 = States.K3;

    private static final String FULL_PRETTY = """
            interface: m0
              public key: +Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=
              private key: (hidden)
              listening port: 51820
              fwmark: 0xca6c

            peer: yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
              endpoint: [fe80::1%lo]:5
              allowed ips: (none)
              latest handshake: 1 minute ago
              transfer: 0 B received, 148 B sent

            peer: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
              preshared key: (hidden)
              endpoint: 192.0.2.1:51820
              allowed ips: 10.0.0.0/8, fd00::/64
              latest handshake: 1 minute, 5 seconds ago
              transfer: 1.12 KiB received, 1024.00 KiB sent
              persistent keepalive: every 25 seconds

            peer: TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
              allowed ips: (none)
            """;

    @Test
    @Case({"J01", "J02", "J03", "J04"})
    void blocksForPeopleSortPeersByHandshake() {
        assertThat(pretty(FULL, false, false)).isEqualTo(FULL_PRETTY);
    }

    @Test
    @Case("J05")
    void keysAreShownWhenAskedFor() {
        assertThat(pretty(FULL, false, true))
                .contains("  private key: " + K1 + "\n", "  preshared key: " + K2 + "\n")
                .doesNotContain("(hidden)");
    }

    @Test
    @Case("J06")
    void anEmptyDeviceIsOneLine() {
        assertThat(pretty(States.empty("m0"), false, false)).isEqualTo("interface: m0\n");
    }

    @Test
    @Case("J09")
    void aHandshakeWithoutSecondsIsNone() {
        DeviceState device = States.withPeers("m0", States.withTraffic(K1, new HandshakeTime(0, 1), 0, 0));
        assertThat(pretty(device, false, false)).doesNotContain("handshake");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 second",
                "60 | 1 minute",
                "61 | 1 minute, 1 second",
                "3600 | 1 hour",
                "65535 | 18 hours, 12 minutes, 15 seconds"
            })
    @Case("J10")
    void keepaliveIsADuration(int seconds, String text) {
        DeviceState device = States.withPeers("m0", States.withTraffic(K1, HandshakeTime.NEVER, 0, seconds));
        assertThat(pretty(device, false, false)).endsWith("  persistent keepalive: every " + text + "\n");
    }

    @Test
    @Case("J13")
    void handshakesOfOneSecondSortByNanosecondsAndKeepTheirOrder() {
        DeviceState device = States.withPeers(
                "m0",
                States.withTraffic(K1, new HandshakeTime(NOW, 1), 0, 0),
                States.withTraffic(K2, new HandshakeTime(NOW, 2), 0, 0),
                States.withTraffic(K3, new HandshakeTime(NOW, 1), 0, 0));
        String text = pretty(device, false, false);
        assertThat(text.indexOf(K2)).isLessThan(text.indexOf(K1));
        assertThat(text.indexOf(K1)).isLessThan(text.indexOf(K3));
    }

    @Test
    @Case({"J14", "J15", "J16", "J17"})
    void coloursAreTheSameBytes() {
        String text = pretty(FULL, true, false).replace("\u001b[", "<");
        assertThat(text)
                .startsWith("<0m<32m<1minterface<0m: <32mm0<0m\n  <1mpublic key<0m: ")
                .contains("  <1mallowed ips<0m: 10.0.0.0<36m/<0m8, fd00::<36m/<0m64\n")
                .contains("  <1mlatest handshake<0m: 1 <36mminute<0m, 5 <36mseconds<0m ago\n")
                .contains("  <1mtransfer<0m: 1.12 <36mKiB<0m received, 1024.00 <36mKiB<0m sent\n")
                .contains("  <1mpersistent keepalive<0m: every 25 <36mseconds<0m\n")
                .contains("\n\n<33m<1mpeer<0m: <33m" + K3 + "<0m\n");
    }

    @Test
    void withoutItsSequencesColouredTextIsThePlainText() {
        assertThat(pretty(FULL, true, false).replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(FULL_PRETTY);
    }

    @Test
    void aClockThatWentBackIsRed() {
        DeviceState device = States.withPeers("m0", States.withTraffic(K1, new HandshakeTime(NOW + 1, 0), 0, 0));
        assertThat(pretty(device, true, false).replace("\u001b[", "<"))
                .contains("(<31mSystem clock wound backward; connection problems may ensue.<0m)\n");
    }

    @Test
    @Case({"K01", "K04", "K05", "K06", "K07", "K09", "K10"})
    void fieldsAreTabSeparatedInTheDevicesOrder() {
        assertThat(field("public-key", FULL)).isEqualTo(States.PUB_OF_K1 + "\n");
        assertThat(field("private-key", FULL)).isEqualTo(K1 + "\n");
        assertThat(field("listen-port", FULL)).isEqualTo("51820\n");
        assertThat(field("fwmark", FULL)).isEqualTo("0xca6c\n");
        assertThat(field("peers", FULL)).isEqualTo(perPeer("", "", ""));
        assertThat(field("preshared-keys", FULL)).isEqualTo(perPeer("\t" + K2, "\t(none)", "\t(none)"));
        assertThat(field("endpoints", FULL)).isEqualTo(perPeer("\t192.0.2.1:51820", "\t(none)", "\t[fe80::1%lo]:5"));
        assertThat(field("allowed-ips", FULL)).isEqualTo(perPeer("\t10.0.0.0/8 fd00::/64", "\t(none)", "\t(none)"));
        assertThat(field("transfer", FULL)).isEqualTo(perPeer("\t1152\t1048575", "\t0\t0", "\t0\t148"));
        assertThat(field("persistent-keepalive", FULL)).isEqualTo(perPeer("\t25", "\toff", "\toff"));
    }

    @Test
    @Case("K08")
    void latestHandshakesAreSecondsOrZero() {
        assertThat(field("latest-handshakes", FULL)).isEqualTo(perPeer("\t" + (NOW - 65), "\t0", "\t" + (NOW - 60)));
    }

    @Test
    @Case({"K11", "K12", "K13"})
    void aDumpHasEveryColumn() {
        assertThat(field("dump", FULL))
                .isEqualTo(K1 + "\t" + States.PUB_OF_K1 + "\t51820\t0xca6c\n"
                        + perPeer(
                                "\t" + K2 + "\t192.0.2.1:51820\t10.0.0.0/8,fd00::/64\t" + (NOW - 65)
                                        + "\t1152\t1048575\t25",
                                "\t(none)\t(none)\t(none)\t0\t0\t0\toff",
                                "\t(none)\t[fe80::1%lo]:5\t(none)\t" + (NOW - 60) + "\t0\t148\toff"));
    }

    @Test
    @Case({"K03", "K15"})
    void anEmptyDeviceHasPlaceholders() {
        assertThat(field("dump", States.empty("m0"))).isEqualTo("(none)\t(none)\t0\toff\n");
        assertThat(field("fwmark", States.empty("m0"))).isEqualTo("off\n");
        assertThat(field("public-key", States.empty("m0"))).isEqualTo("(none)\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peers",
                "preshared-keys",
                "endpoints",
                "allowed-ips",
                "latest-handshakes",
                "transfer",
                "persistent-keepalive"
            })
    @Case("K16")
    void withoutPeersAPeerFieldIsNothing(String field) {
        assertThat(field(field, States.empty("m0"))).isEmpty();
    }

    @Test
    void everyLineOfAllDevicesStartsWithTheName() {
        for (String field : new String[] {"dump", "endpoints", "listen-port"}) {
            StringBuilder out = new StringBuilder();
            assertThat(new FieldRenderer(true, SCOPES).render(field, FULL, out)).isTrue();
            assertThat(out.toString().lines()).isNotEmpty().allMatch(line -> line.startsWith("m0\t"));
            assertThat(out.toString().replaceAll("(?m)^m0\t", "")).isEqualTo(field(field, FULL));
        }
    }

    @Test
    void countersAreUnsigned() {
        DeviceState device = States.withPeers("m0", States.withTraffic(K1, HandshakeTime.NEVER, -1, 0));
        assertThat(field("transfer", device)).isEqualTo(K1 + "\t18446744073709551615\t0\n");
    }

    @Test
    @Case("M01")
    void showconfWritesWhatSetconfReads() {
        assertThat(conf(FULL)).isEqualTo("""
                [Interface]
                ListenPort = 51820
                FwMark = 0xca6c
                PrivateKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=

                [Peer]
                PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
                PresharedKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
                AllowedIPs = 10.0.0.0/8, fd00::/64
                Endpoint = 192.0.2.1:51820
                PersistentKeepalive = 25

                [Peer]
                PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=

                [Peer]
                PublicKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
                Endpoint = [fe80::1%lo]:5
                """);
    }

    @Test
    @Case({"M02", "M03"})
    void showconfOfLittleIsLittle() {
        assertThat(conf(States.empty("m0"))).isEqualTo("[Interface]\n\n");
        assertThat(conf(States.withPeers("m0", States.bare(K1))))
                .isEqualTo("[Interface]\n\n[Peer]\nPublicKey = " + K1 + "\n");
    }

    private static String perPeer(String first, String second, String third) {
        return K1 + first + "\n" + K2 + second + "\n" + K3 + third + "\n";
    }

    private static String pretty(DeviceState device, boolean colour, boolean showKeys) {
        StringBuilder out = new StringBuilder();
        new PrettyRenderer(colour, showKeys, NOW, SCOPES).render(device, out);
        return out.toString();
    }

    private static String field(String field, DeviceState device) {
        StringBuilder out = new StringBuilder();
        assertThat(new FieldRenderer(false, SCOPES).render(field, device, out)).isTrue();
        return out.toString();
    }

    private static String conf(DeviceState device) {
        StringBuilder out = new StringBuilder();
        new ConfRenderer(SCOPES).render(device, out);
        return out.toString();
    }
}
