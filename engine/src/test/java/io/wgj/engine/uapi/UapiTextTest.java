// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wgj.config.cases.Case;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UapiTextTest {
    private static final DeviceName NAME = new DeviceName("m0");
    private static final String K1 = "c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038";
    private static final String K2 = "4eb32f4a83f88d842563a448cc181bb2c42a637bf12363e2fb2ef594e5965d7d";
    private static final String ZEROS = "0000000000000000000000000000000000000000000000000000000000000000";
    private static final String OK = "errno=0\n\n";
    private static final String PEER = "public_key=" + K1 + "\n";

    private final ScopeIndexes indexes = name -> name.equals("lo") ? 1 : 0;
    private final ScopeNames names = index -> index == 1 ? "lo" : "";

    @Test
    void writesDeviceLinesThenPeersInTheOrderOfTheOriginal() {
        PeerUpdate.Put first = new PeerUpdate.Put(
                publicKey(K1),
                PeerSettings.NONE
                        .withPresharedKey(PresharedKey.parseHex(K2).orElseThrow())
                        .withEndpoint(new Endpoint.Numeric(address("fe80::1"), 5, 1))
                        .withPersistentKeepalive(25)
                        .withAllowedIps(
                                true,
                                List.of(
                                        AllowedIpUpdate.add(new IpPrefix(address("10.0.0.1"), 24)),
                                        new AllowedIpUpdate(new IpPrefix(address("fd00::"), 64), true))));
        DeviceUpdate update = new DeviceUpdate(
                Change.set(PrivateKey.parseHex(K1).orElseThrow()),
                Change.set(51820),
                Change.set(0xffff_ffff),
                true,
                List.of(first, new PeerUpdate.Remove(publicKey(K2))));

        assertThat(UapiText.formatSet(update, names)).isEqualTo("""
                set=1
                private_key=%1$s
                listen_port=51820
                fwmark=4294967295
                replace_peers=true
                public_key=%1$s
                preshared_key=%2$s
                endpoint=[fe80::1%%lo]:5
                persistent_keepalive_interval=25
                replace_allowed_ips=true
                allowed_ip=10.0.0.1/24
                allowed_ip=-fd00::/64
                public_key=%2$s
                remove=true

                """.formatted(K1, K2));
    }

    @Test
    void writesZerosForWhatIsToBeErased() {
        PeerUpdate.Put peer = PeerUpdate.Put.existing(
                publicKey(K1),
                PeerSettings.NONE.withPresharedKey(Change.clear()).withPersistentKeepalive(Change.clear()));
        DeviceUpdate update = new DeviceUpdate(Change.clear(), Change.clear(), Change.clear(), false, List.of(peer));

        assertThat(UapiText.formatSet(update, names)).isEqualTo("""
                set=1
                private_key=%1$s
                listen_port=0
                fwmark=0
                public_key=%2$s
                update_only=true
                preshared_key=%1$s
                persistent_keepalive_interval=0

                """.formatted(ZEROS, K1));
    }

    @Test
    void writesNothingForAnUpdateThatMentionsNothing() {
        assertThat(UapiText.formatSet(DeviceUpdate.ofPeers(List.of()), names)).isEqualTo("set=1\n\n");
    }

    @Test
    void readsADeviceWithEverything() throws DeviceException {
        String reply = "private_key=" + K1 + "\nlisten_port=51820\nfwmark=4294967295\npublic_key=" + K2
                + "\npreshared_key=" + K1 + "\nprotocol_version=2\nendpoint=192.0.2.1:5\nlast_handshake_time_sec=7"
                + "\nlast_handshake_time_nsec=8\ntx_bytes=9\nrx_bytes=18446744073709551615"
                + "\npersistent_keepalive_interval=65535\nallowed_ip=10.0.0.0/8\nallowed_ip=fd00::/64\n" + OK;
        PrivateKey key = PrivateKey.parseHex(K1).orElseThrow();

        assertThat(parse(reply))
                .isEqualTo(new DeviceState(
                        NAME,
                        Optional.of(key),
                        Optional.of(key.publicKey()),
                        51820,
                        -1,
                        List.of(new PeerState(publicKey(K2))
                                .withPresharedKey(PresharedKey.parseHex(K1).orElseThrow())
                                .withEndpoint(new Endpoint.Numeric(address("192.0.2.1"), 5))
                                .withAllowedIps(List.of(
                                        new IpPrefix(address("10.0.0.0"), 8), new IpPrefix(address("fd00::"), 64)))
                                .withLatestHandshake(new HandshakeTime(7, 8))
                                .withTraffic(-1, 9)
                                .withPersistentKeepalive(65535)
                                .withProtocolVersion(2))));
    }

    @Test
    void readsAnEmptyDevice() throws DeviceException {
        assertThat(parse(OK)).isEqualTo(new DeviceState(NAME, Optional.empty(), Optional.empty(), 0, 0, List.of()));
    }

    @Test
    void takesAPrivateKeyOfZerosForAKeyAndAPresharedOneForNone() throws DeviceException {
        DeviceState state = parse("private_key=" + ZEROS + "\n" + PEER + "preshared_key=" + ZEROS + "\n" + OK);

        assertThat(state.privateKey()).isPresent();
        assertThat(state.publicKey()).contains(state.privateKey().orElseThrow().publicKey());
        assertThat(state.peers().getFirst().presharedKey()).isEmpty();
    }

    @ParameterizedTest
    @Case("L05")
    @ValueSource(
            strings = {
                "unknown=1\nlisten_port=7\n",
                "=5\nlisten_port=7\n",
                "listen_port=6\nlisten_port=007\n",
                "preshared_key=before any peer\nlisten_port=7\n",
                "listen_port=7\n" + PEER + "listen_port=behind a peer\nprivate_key=x\nprotocol_version=x\n",
                "errno=5\nlisten_port=7\n"
            })
    void skipsWhatItDoesNotKnowAndLetsTheLastWordCount(String lines) throws DeviceException {
        assertThat(parse(lines + OK + "text behind the empty line").listenPort())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @Case("L03")
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n" + OK,
                "garbage\n" + OK,
                "errno=0\n",
                "errno=0",
                "listen_port=7\n\n",
                "errno=\n\n",
                "errno=+5\n\n",
                "errno=-5\n\n",
                "errno=2147483648\n\n",
                "errno=5\nlisten_port=x\n\n",
                "listen_port=7\0x\n" + OK,
                "listen\0_port=7\n" + OK
            })
    void refusesWhatIsNoReply(String reply) {
        assertMalformed(reply);
    }

    @ParameterizedTest
    @Case("L04")
    @ValueSource(
            strings = {
                "listen_port=65536",
                "listen_port=99999",
                "listen_port=",
                "listen_port=+7",
                "listen_port= 7",
                "listen_port=7\r",
                "listen_port=5=6",
                "fwmark=4294967296",
                "fwmark=0x10",
                "private_key=00",
                "public_key=x",
                PEER + "preshared_key=" + "0" + ZEROS,
                PEER + "persistent_keepalive_interval=65536",
                PEER + "persistent_keepalive_interval=off",
                PEER + "last_handshake_time_sec=9223372036854775808",
                PEER + "last_handshake_time_sec=-1",
                PEER + "last_handshake_time_nsec=9223372036854775808",
                PEER + "endpoint=",
                PEER + "endpoint=1.2.3.4",
                PEER + "endpoint=1.2.3.4:",
                PEER + "endpoint=localhost:5",
                PEER + "endpoint=1.2.3.4:70000",
                PEER + "endpoint=1.2.3.4%lo:5",
                PEER + "endpoint=[::1]",
                PEER + "endpoint=[::1]x5",
                PEER + "endpoint=[::1:5",
                PEER + "endpoint=[fe80::1%]:5",
                PEER + "allowed_ip=",
                PEER + "allowed_ip=10.0.0.0",
                PEER + "allowed_ip=10.0.0.0/",
                PEER + "allowed_ip=10.0.0.0/33",
                PEER + "allowed_ip=10.0.0.0/8/8",
                PEER + "allowed_ip=10/8",
                PEER + "allowed_ip=::/129",
                PEER + "allowed_ip=-10.0.0.0/8"
            })
    void refusesValuesThatTheOriginalRefuses(String line) {
        assertMalformed(line + "\n" + OK);
    }

    @Test
    void capsCountersThatNoCounterCanHold() throws DeviceException {
        DeviceState state = parse(PEER + "rx_bytes=18446744073709551616\ntx_bytes=99999999999999999999999\n" + OK);

        assertThat(state.peers().getFirst().rxBytes()).isEqualTo(-1);
        assertThat(state.peers().getFirst().txBytes()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:5, 1.2.3.4:5",
        "[::1]:5, [::1]:5",
        "::1:5, [::1]:5",
        "[1.2.3.4]:5, 1.2.3.4:5",
        "[::ffff:1.2.3.4]:65535, [::ffff:1.2.3.4]:65535",
        "[fe80::1%lo]:5, [fe80::1%lo]:5",
        "[fe80::1%1]:5, [fe80::1%lo]:5",
        "[fe80::1%99]:5, [fe80::1%99]:5",
        "[fe80::1%nosuch]:5, [fe80::1]:5",
        "[2001:db8::1%1]:5, [2001:db8::1%1]:5"
    })
    void readsEndpoints(String written, String shown) throws DeviceException {
        DeviceState state = parse(PEER + "endpoint=" + written + "\n" + OK);

        assertThat(state.peers().getFirst().endpoint())
                .map(endpoint -> endpoint.text(names))
                .contains(shown);
    }

    @ParameterizedTest
    @Case("L02")
    @CsvSource({"5, IO", "1, NOT_PERMITTED", "19, NOT_FOUND", "22, INVALID", "95, NOT_SUPPORTED", "98, BUSY"})
    void reportsTheErrorOfAGetReply(int errno, Reason reason) {
        DeviceException failure = catchThrowableOfType(DeviceException.class, () -> parse("errno=" + errno + "\n\n"));

        assertThat(failure.errno()).isEqualTo(errno);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {OK, "foo=bar\nerrno=0\n\n", "errno=-22\nerrno=0\n\n", "errno=-0\n\n"})
    void takesTheseSetRepliesForSuccess(String reply) throws DeviceException {
        UapiText.parseSetReply(reply);
    }

    @ParameterizedTest
    @CsvSource({
        "errno=-22, 22",
        "errno=22, -22",
        "errno=-98, 98",
        "errno=-2147483648, -2147483648",
        "errno=x, 71",
        "errno=, 71",
        "errno=-, 71",
        "errno=--5, 71",
        "errno=+5, 71",
        "errno=5x, 71",
        "errno=99999999999, 71",
        "foo=bar, 71",
        "garbage, 71",
        "'', 71"
    })
    void reportsTheErrorOfASetReply(String line, int errno) {
        DeviceException failure =
                catchThrowableOfType(DeviceException.class, () -> UapiText.parseSetReply(line + "\n\n"));

        assertThat(failure.errno()).isEqualTo(errno);
    }

    @Test
    void lettersAndNoiseNeverEscapeTheDeclaredException() {
        Random random = new Random(1);
        String valid = "private_key=" + K1 + "\nlisten_port=1\n" + PEER + "endpoint=[fe80::1%lo]:5\nallowed_ip=::/0\n"
                + "rx_bytes=5\n" + OK;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(valid);
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), "\n=[]%:/.0a-\0".charAt(random.nextInt(12)));
            }
            try {
                assertThat(parse(text.toString())).isNotNull();
            } catch (DeviceException refused) {
                assertThat(refused.errno()).isPositive();
            }
        }
    }

    private DeviceState parse(String reply) throws DeviceException {
        return UapiText.parseGetReply(NAME, reply, indexes);
    }

    private void assertMalformed(String reply) {
        assertThatThrownBy(() -> parse(reply)).isInstanceOfSatisfying(DeviceException.class, failure -> {
            assertThat(failure.errno()).isEqualTo(71);
            assertThat(failure.reason()).isEqualTo(Reason.IO);
            assertThat(failure.detail()).isPresent();
        });
    }

    private static PublicKey publicKey(String hex) {
        return PublicKey.parseHex(hex).orElseThrow();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
