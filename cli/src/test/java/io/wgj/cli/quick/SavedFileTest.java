// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedFileTest {
    private static final String OLD = """
            # a comment
            [Interface]
            Address = 10.0.0.9/24
            DNS = 1.1.1.1, example.com
            PreDown = echo down %i
            PostUp = echo up # kept
            PreUp =
            MTU = 1300
            Table = auto
            PostUp = second
            SaveConfig = TRUE
            PrivateKey = old

            [Peer]
            PublicKey = gone
            """;

    private final List<IpPrefix> addresses = List.of(
            new IpPrefix(IpAddress.ofV4(0x0a090001), 24),
            new IpPrefix(IpAddress.parse("fe80::1").orElseThrow(), 64));

    @Test
    @Case("R01")
    void keysStandInTheOriginalsOrder() {
        SavedFile saved = new SavedFile(QuickFile.of("f", OLD), addresses, 1290, List.of("1.1.1.1"), 0, 0);
        assertThat(text(saved, device(0, Optional.empty()))).isEqualTo("""
                        [Interface]
                        Address = 10.9.0.1/24
                        Address = fe80::1/64
                        DNS = 1.1.1.1
                        MTU = 1290
                        Table = auto
                        SaveConfig = true
                        PreUp =\s
                        PostUp = echo up # kept
                        PostUp = second
                        PreDown = echo down %i
                        ListenPort = 51820
                        PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=

                        [Peer]
                        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
                        AllowedIPs = 10.0.0.0/8
                        Endpoint = 192.0.2.1:5

                        [Peer]
                        PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
                        """);
    }

    @Test
    @Case({"R03", "R05", "R06", "R07"})
    void whatTheOldFileDidNotSayIsNotSaid() {
        SavedFile saved =
                new SavedFile(QuickFile.of("f", "[Interface]\nMTU =\n"), List.of(), 1420, List.of(), 51820, 0);
        // wg-quick writes the mark that it chose: without a key of ours so do we.
        assertThat(text(
                        saved,
                        new DeviceState(
                                new DeviceName("wg0"), Optional.empty(), Optional.empty(), 0, 51820, List.of())))
                .isEqualTo("[Interface]\nFwMark = 0xca6c\n");
    }

    @Test
    void keysOfOursStayAsTheyAreWritten() {
        String old = "[Interface]\nprivatekeyfile = own.key # mine\nRoute = default dev ppp0 table 11\nPostUp = x\n"
                + "[Peer]\nProbe = 10.0.0.1\nPublicKey = " + States.K2 + " # second\nPresharedKeyFile=psk\n"
                + "[Peer]\nPublicKey = " + States.K3 + "\nProbe = 10.0.0.2\n";
        SavedFile saved = new SavedFile(QuickFile.of("f", old), List.of(), 1420, List.of(), 51820, 0);
        assertThat(text(saved, device(51820, PresharedKey.parseBase64(States.K1))))
                .isEqualTo("""
                        [Interface]
                        PostUp = x
                        privatekeyfile = own.key # mine
                        Route = default dev ppp0 table 11
                        ListenPort = 51820

                        [Peer]
                        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
                        AllowedIPs = 10.0.0.0/8
                        Endpoint = 192.0.2.1:5

                        [Peer]
                        PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
                        Probe = 10.0.0.1
                        PresharedKeyFile=psk
                        """);
    }

    /// Of a device with the mark 5 and the port 51820.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Rule = fwmark 5 table 7                             | 0 | 0     | ListenPort = 51820; FwMark = 0x5
            Rule = fwmark 5 table 7                             | 6 | 51821 | ListenPort = 51820; FwMark = 0x5
            Rule = fwmark 5 table 7                             | 5 | 51820 | ''
            Rule = fwmark 5 table 7;fwmark=5;listenport = 51820 | 5 | 51820 | ListenPort = 51820; FwMark = 0x5
            MTU = 1400                                          | 5 | 51820 | ListenPort = 51820; FwMark = 0x5
            """)
    void ofAFileWithKeysOfOursNumbersThatWereChosenForItAreLeftOut(String lines, int mark, int port, String expected) {
        QuickFile old = QuickFile.of("f", "[Interface]\n" + lines.replace(";", "\n") + "\n");
        String text = text(new SavedFile(old, List.of(), 1420, List.of(), mark, port), device(5, Optional.empty()));
        assertThat(text.lines().filter(line -> line.startsWith("ListenPort") || line.startsWith("FwMark")))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split("; ", -1)));
    }

    private static String text(SavedFile saved, DeviceState device) {
        return saved.text(device, index -> "");
    }

    private static DeviceState device(int mark, Optional<PresharedKey> presharedKey) {
        PrivateKey key = PrivateKey.parseBase64(States.PRIV).orElseThrow();
        PeerState first = new PeerState(PublicKey.parseBase64(States.K1).orElseThrow())
                .withEndpoint(new Endpoint.Numeric(IpAddress.ofV4(0xc0000201), 5))
                .withAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(0x0a000000), 8)));
        PeerState bare = States.bare(States.K2);
        PeerState second = presharedKey.isPresent() ? bare.withPresharedKey(presharedKey.get()) : bare;
        return new DeviceState(
                new DeviceName("wg0"),
                Optional.of(key),
                Optional.of(key.publicKey()),
                51820,
                mark,
                List.of(first, second));
    }
}
