// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.QuickFile;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedLayoutTest {
    /// The layout has what people do: indentation, a value without blanks, lists over several lines, comments of
    /// all kinds, keys in an order of their own.
    private static final String OLD = """
            # The office's server. Ask Kim before you change it.

            [Interface]   # wg0
              Address=10.9.0.1/24,fd09::1/64 # both families
            PostUp = echo "# up" # part of the command
            PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
            listenport = 51820
            DNS = 10.9.0.53, corp.example
            MTU = 1400
            # MTU = 1420
            SaveConfig = true

            # laptop
            [Peer]
            AllowedIPs = 10.9.0.2 ,10.8.0.0/16   # and its network
            PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
            allowedIPs = fd09::2/128
            Endpoint = laptop.example:51820

            # A paragraph about nothing in particular.

            # the phone
            # of Kim
            [Peer]
            PublicKey=TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
            Name = phone
            AllowedIPs = 10.9.0.3/32
            PersistentKeepalive = 25 # NAT
            Endpoint = 192.0.2.3:51820
            Probe = 10.9.0.3
            """;

    private final List<PeerState> peers = new ArrayList<>();
    private final List<IpPrefix> addresses = new ArrayList<>(prefixes("10.9.0.1/24 fd09::1/64"));
    private List<String> nameServers = List.of("10.9.0.53");
    private int mtu = 1400;
    private int port = 51820;
    private int mark;
    private String privateKey = States.PRIV;
    private int chosenMark;
    private int chosenPort;

    SavedLayoutTest() {
        peers.add(new PeerState(PublicKey.parseBase64(States.K1).orElseThrow())
                .withAllowedIps(prefixes("10.8.0.0/16 10.9.0.2/32 fd09::2/128"))
                .withEndpoint(endpoint(0x0a000001, 51820)));
        peers.add(new PeerState(PublicKey.parseBase64(States.K2).orElseThrow())
                .withAllowedIps(prefixes("10.9.0.3/32"))
                .withEndpoint(endpoint(0xc0000203, 51820))
                .withPersistentKeepalive(25));
    }

    private static List<IpPrefix> prefixes(String text) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            String[] parts = word.split("/", -1);
            prefixes.add(new IpPrefix(IpAddress.parse(parts[0]).orElseThrow(), Integer.parseInt(parts[1])));
        }
        return prefixes;
    }

    private static Endpoint.Numeric endpoint(int address, int port) {
        return new Endpoint.Numeric(IpAddress.ofV4(address), port);
    }

    private PeerState phone() {
        return peers.get(1);
    }

    private String saved(String old) {
        SavedFile file = new SavedFile(QuickFile.of("f", old), addresses, mtu, nameServers, chosenMark, chosenPort);
        Optional<PrivateKey> key = PrivateKey.parseBase64(privateKey);
        return new SavedLayout(file, ScopeNames.NONE)
                .text(new DeviceState(new DeviceName("wg0"), key, key.map(PrivateKey::publicKey), port, mark, peers));
    }

    @Test
    void aFileThatSaysWhatTheInterfaceIsStaysByteForByte() {
        assertThat(saved(OLD)).isEqualTo(OLD);
        assertThat(saved(OLD.strip())).isEqualTo(OLD.strip());
        assertThat(saved(OLD.replace("\n", "\r\n"))).isEqualTo(OLD.replace("\n", "\r\n"));
    }

    /// Changes every value of the interface and of both peers.
    private void changeAll() {
        port = 51821;
        mtu = 1380;
        mark = 5;
        privateKey = States.K2;
        addresses.set(1, prefixes("fd09::5/64").getFirst());
        nameServers = List.of("10.9.0.53", "10.9.0.54");
        peers.set(0, peers.get(0).withAllowedIps(prefixes("10.9.0.2/32 fd09::2/128 fd08::/64")));
        peers.set(
                1,
                phone().withPersistentKeepalive(0)
                        .withEndpoint(endpoint(0xc0000204, 7))
                        .withPresharedKey(PresharedKey.parseBase64(States.K3).orElseThrow()));
    }

    @Test
    void onlyChangedValuesChange() {
        changeAll();
        assertThat(saved(OLD))
                .isEqualTo(OLD.replace("listenport = 51820", "listenport = 51821")
                        .replace("\nMTU = 1400", "\nMTU = 1380")
                        .replace("SaveConfig = true\n", "SaveConfig = true\nFwMark = 0x5\n")
                        .replace(States.PRIV, States.K2)
                        .replace("10.9.0.1/24,fd09::1/64 #", "10.9.0.1/24, fd09::5/64 #")
                        .replace("10.9.0.53, corp.example", "10.9.0.53, corp.example, 10.9.0.54")
                        .replace("10.9.0.2 ,10.8.0.0/16   #", "10.9.0.2   #")
                        .replace("fd09::2/128\n", "fd09::2/128, fd08::/64\n")
                        .replace("= 25 # NAT", "= off # NAT")
                        .replace("192.0.2.3:51820", "192.0.2.4:7")
                        .replace("Probe = 10.9.0.3\n", "Probe = 10.9.0.3\nPresharedKey = " + States.K3 + "\n"));
    }

    @Test
    void aSecondSaveChangesNothing() {
        changeAll();
        String once = saved(OLD);
        assertThat(saved(once)).isEqualTo(once);
    }

    @Test
    void aPeerThatIsGoneTakesItsOwnCommentsAlong() {
        peers.remove(0);
        String without = OLD.replaceFirst("(?s)# laptop.*?laptop.example:51820\n\n", "");
        assertThat(saved(OLD)).isEqualTo(without).contains("A paragraph", "# the phone\n# of Kim\n[Peer]");
        peers.clear();
        assertThat(saved(OLD)).endsWith("SaveConfig = true\n\n# A paragraph about nothing in particular.\n");
        assertThat(saved(OLD)).doesNotContain("phone", "laptop");
    }

    @Test
    void marksOfScriptsGoWithTheirPeer() {
        String old = "[Interface]\nListenPort = 51820\n# BEGIN_PEER a\n[Peer]\nPublicKey = " + States.K1
                + "\n# END_PEER a\n# BEGIN_PEER b\n[Peer]\nPublicKey = " + States.K3 + "\n# END_PEER b\n";
        addresses.clear();
        nameServers = List.of();
        peers.clear();
        peers.add(States.bare(States.K3));
        privateKey = "";
        assertThat(saved(old))
                .isEqualTo("[Interface]\nListenPort = 51820\n# BEGIN_PEER b\n[Peer]\nPublicKey = " + States.K3
                        + "\n# END_PEER b\n");
    }

    @Test
    void aNewPeerIsAddedAtTheEnd() {
        peers.add(0, States.withTraffic(States.K3, HandshakeTime.NEVER, 0, 15));
        String section = "\n[Peer]\nPublicKey = " + States.K3 + "\nPersistentKeepalive = 15\n";
        assertThat(saved(OLD)).isEqualTo(OLD + section);
        assertThat(saved(OLD.stripTrailing())).isEqualTo(OLD + section);
        assertThat(saved(OLD.replace("\n", "\r\n"))).isEqualTo((OLD + section).replace("\n", "\r\n"));
    }

    @Test
    void namesSurvive() {
        peers.add(States.bare(States.K3));
        port = 1;
        assertThat(PeerNames.of(QuickFile.of("f", saved(OLD))))
                .isEqualTo(PeerNames.of(QuickFile.of("f", OLD)))
                .containsValues("laptop", "phone");
    }

    @Test
    void anEmptyFileGetsSections() {
        assertThat(saved("")).isEqualTo("""
                        [Interface]
                        Address = 10.9.0.1/24, fd09::1/64
                        DNS = 10.9.0.53
                        ListenPort = 51820
                        PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=

                        [Peer]
                        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
                        AllowedIPs = 10.8.0.0/16, 10.9.0.2/32, fd09::2/128
                        Endpoint = 10.0.0.1:51820

                        [Peer]
                        PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
                        AllowedIPs = 10.9.0.3/32
                        Endpoint = 192.0.2.3:51820
                        PersistentKeepalive = 25
                        """);
    }

    /// Of a device with the addresses, name servers and peers above.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PrivateKeyFile = own.key       | 0 | 0     | PrivateKeyFile = own.key;ListenPort = 51820;FwMark = 0x5
            PrivateKeyFile = own.key       | 5 | 51820 | PrivateKeyFile = own.key
            PrivateKeyCommand = pass x     | 5 | 51820 | PrivateKeyCommand = pass x
            PrivateKey = K;FwMark = 5      | 0 | 51820 | PrivateKey = K;FwMark = 5
            PrivateKey = K;FwMark = 0x0005 | 5 | 51820 | PrivateKey = K;FwMark = 0x0005
            PrivateKey = K;FwMark = off    | 5 | 51820 | PrivateKey = K;FwMark = 0x5
            PrivateKey=K;ListenPort=1;ListenPort=2 | 5 | 0 | PrivateKey=K;ListenPort=1;ListenPort=51820
            PrivateKey = damaged           | 5 | 51820 | PrivateKey = K
            """)
    void whatTheFileLeavesOpenStaysOpen(String lines, int upsMark, int devicesPort, String expected) {
        addresses.clear();
        nameServers = List.of();
        peers.clear();
        mark = 5;
        chosenMark = upsMark;
        chosenPort = devicesPort;
        String old = "[Interface]\n" + lines.replace(";", "\n").replace("K\n", States.PRIV + "\n");
        old = old.endsWith("= K") || old.endsWith("=K") ? old.substring(0, old.length() - 1) + States.PRIV : old;
        String result = saved(old + "\n").replace(States.PRIV, "K");
        assertThat(result).isEqualTo("[Interface]\n" + expected.replace(";", "\n") + "\n");
    }

    /// Of the prefixes 10.1.0.0/16 and 10.2.0.0/16.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AllowedIPs = 10.1.2.3/16,10.2.0.0/16         | AllowedIPs = 10.1.2.3/16,10.2.0.0/16
            AllowedIPs =                                 | AllowedIPs = 10.1.0.0/16, 10.2.0.0/16
            AllowedIPs=                                  | AllowedIPs=10.1.0.0/16, 10.2.0.0/16
            AllowedIPs = 10.3.0.0/16                     | AllowedIPs = 10.1.0.0/16, 10.2.0.0/16
            AllowedIPs = 10.3.0.0/16;AllowedIPs=10.2.0.0/16 | AllowedIPs=10.2.0.0/16, 10.1.0.0/16
            AllowedIPs = +10.1.0.0/16, 10.2.0.0/16       | AllowedIPs = +10.1.0.0/16, 10.2.0.0/16
            AllowedIPs = +10.1.0.0/16, -10.2.0.0/16      | AllowedIPs = 10.1.0.0/16, 10.2.0.0/16
            PresharedKeyFile = psk                       | PresharedKeyFile = psk;AllowedIPs = 10.1.0.0/16, 10.2.0.0/16
            """)
    void prefixesThatStayAreNotTouched(String lines, String expected) {
        String start = "[Interface]\nListenPort = 51820\n\n[Peer]\nPublicKey = " + States.K2 + "\n";
        addresses.clear();
        nameServers = List.of();
        privateKey = "";
        peers.clear();
        peers.add(States.bare(States.K2)
                .withAllowedIps(prefixes("10.1.0.0/16 10.2.0.0/16"))
                .withPresharedKey(PresharedKey.parseBase64(States.K1).orElseThrow()));
        String text = saved(start + lines.replace(";", "\n") + "\n");
        assertThat(text.replace("PresharedKey = " + States.K1 + "\n", ""))
                .isEqualTo(start + expected.replace(";", "\n") + "\n");
        assertThat(text.contains(States.K1)).isNotEqualTo(lines.contains("psk"));
    }
}
