// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static io.wgj.config.Fixtures.PRIV;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuickConfigParserTest {
    private static ParsedFile parse(String... lines) {
        return QuickConfigParser.parse(QuickFile.of("wg0.conf", String.join("\n", lines)));
    }

    private static TunnelFile config(String... lines) {
        ParsedFile parsed = parse(lines);
        assertThat(parsed.problems()).isEmpty();
        return parsed.file().orElseThrow();
    }

    private static InterfaceSection section(String... lines) {
        return config("[Interface]\n" + String.join("\n", lines)).interfaceSection();
    }

    private static PeerSection peer(String... lines) {
        return config("[Peer]\nPublicKey = " + K1 + "\n" + String.join("\n", lines))
                .peers()
                .getFirst();
    }

    private static Problem problem(String... lines) {
        ParsedFile parsed = parse(lines);
        assertThat(parsed.problems()).hasSize(1);
        return parsed.problems().getFirst();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void readsTheKeysOfWgQuick() {
        InterfaceSection section = section(
                "Address = 10.0.0.1/24, fd00::1/64  10.1.0.1",
                "address=10.2.0.1/255.255.0.0",
                "MTU = 1280",
                "mtu = 1300",
                "DNS = 1.1.1.1, 2606:4700::1111,example.com",
                "DNS=corp.local",
                "Table = 1234",
                "PreUp = a # b",
                "PostUp = echo x=y",
                "PreUp=c",
                "PreDown = d",
                "PostDown =",
                "SaveConfig = TRUE");
        assertThat(section.addresses())
                .extracting(located -> located.value().text())
                .containsExactly("10.0.0.1/24", "fd00::1/64", "10.1.0.1/32", "10.2.0.1/16");
        assertThat(section.mtu()).map(Located::value).contains(1300);
        assertThat(section.nameServers()).containsExactly("1.1.1.1", "2606:4700::1111");
        assertThat(section.searchDomains()).containsExactly("example.com", "corp.local");
        assertThat(section.table()).isEqualTo(new RouteTable.Numbered(1234));
        assertThat(section.preUp()).extracting(Located::value).containsExactly("a # b", "c");
        assertThat(section.postUp()).extracting(Located::value).containsExactly("echo x=y");
        assertThat(section.preDown()).extracting(Located::value).containsExactly("d");
        assertThat(section.postDown()).extracting(Located::value).containsExactly("");
        assertThat(section.saveConfig()).isTrue();
        assertThat(section.present()).isTrue();
    }

    @Test
    void takesEmptyValuesAsUnset() {
        InterfaceSection section = section("MTU = 5", "MTU =", "Table = off", "Table = # off", "Address =", "DNS=");
        assertThat(section.mtu()).isEmpty();
        assertThat(section.table()).isEqualTo(new RouteTable.Auto());
        assertThat(section.addresses()).isEmpty();
        assertThat(section.nameServers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "auto, Auto[]",
        "off, Off[]",
        "0x10, 'Numbered[number=16, text=0x10]'",
        "4294967295, 'Numbered[number=-1, text=4294967295]'",
        "4294967296, Named[name=4294967296]",
        "main, Named[name=main]",
        "OFF, Named[name=OFF]"
    })
    void readsTables(String text, String expected) {
        assertThat(section("Table = " + text).table()).hasToString(expected);
    }

    @Test
    void remarksOnATableInCapitals() {
        assertThat(parse("[Interface]", "Table = Auto").advice()).hasSize(1);
        assertThat(parse("[Interface]", "Table = auto").advice()).isEmpty();
    }

    @Test
    @Case("O10")
    void refusesAnotherSaveConfigInTheOriginalsWords() {
        assertThat(problem("[Interface]", "SaveConfig = yes").wgLines())
                .containsExactly("wg-quick: `yes' is neither true nor false");
        assertThat(problem("[Interface]", "SaveConfig =").wgLines())
                .containsExactly("wg-quick: `' is neither true nor false");
        assertThat(section("SaveConfig = False").saveConfig()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Address = 10.0.0.1/33",
                "Address = example.com",
                "Address = 10.0.0.1/",
                "Address = 10.0.0.1/255.0.255.0",
                "Address = fe80::1%lo/64",
                "Address",
                "Address = 10.0.0.1/24, x",
                "MTU = big",
                "MTU = 2147483648",
                "PrivateKeyFile =",
                "PrivateKeyCommand =",
                "Route =",
                "Rule =",
                "Underlay =",
                "Underlay = dev",
                "Underlay = ppp0",
                "Underlay = dev a b",
                "Underlay = dev a dev b",
                "Underlay = dev aaaaaaaaaaaaaaaa",
                "Underlay = via 10.0.0.1 src ::1",
                "Underlay = via example.com",
                "AllowedSources =",
                "AllowedSources = x",
            })
    void refusesWhatCannotBeMeantInInterface(String line) {
        Problem problem = problem("[Interface]", line);
        assertThat(problem.place().line()).isEqualTo(2);
        assertThat(problem.section()).isEqualTo("Interface");
        assertThat(problem.reason()).isNotEmpty();
        assertThat(parse("[Interface]", line).file()).isEmpty();
        // What `down` works with: as if the line were not there.
        assertThat(parse("[Interface]", line).readable())
                .isEqualTo(parse("[Interface]").readable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PresharedKeyFile =",
                "AllowedSources = ",
                "PeerUp =",
                "PeerDown =",
                "Probe =",
                "Probe = example.com",
                "Probe = 10.0.0.1 5s",
                "Probe = 10.0.0.1 every",
                "Probe = 10.0.0.1 every 0s",
                "Probe = 10.0.0.1 every 199ms",
                "WithdrawRoutes = unreachable",
                "WithdrawRoutes =",
                "WithdrawRoutesAfter = soon",
                "WithdrawRoutesAfter = 5 s",
                "WithdrawRoutesAfter = 1s5",
                "WithdrawRoutesAfter = -5s",
                "WithdrawRoutesAfter = 9999999999s",
                "ReresolveEndpoint = 0",
            })
    void refusesWhatCannotBeMeantInPeer(String line) {
        Problem problem = problem("[Peer]", "PublicKey = " + K1, line);
        assertThat(problem.place().line()).isEqualTo(3);
        assertThat(problem.section()).isEqualTo("Peer");
        assertThat(problem.wgLines()).isEmpty();
    }

    @Test
    void readsOurKeysOfInterface() {
        InterfaceSection section = section(
                "PrivateKeyFile = ../keys/wg0.key # c",
                "Route = default dev ppp0  table 11",
                "Route = -6 2001:db8::/32 dev %i",
                "Rule = fwmark 0x5151 iif lo priority 4999 table 11",
                "Underlay = src 203.0.113.7 dev ppp0 via 192.0.2.1",
                "Underlay = src 2001:db8::7",
                "AllowedSources = 192.0.2.7/24, 2001:db8::/32",
                "AllowedSources = 10.0.0.1");
        assertThat(section.privateKeyFile().orElseThrow().value()).isEqualTo("../keys/wg0.key");
        assertThat(section.routes())
                .extracting(Located::value)
                .containsExactly(
                        List.of("default", "dev", "ppp0", "table", "11"), List.of("-6", "2001:db8::/32", "dev", "%i"));
        assertThat(section.rules().getFirst().value()).hasSize(8).first().isEqualTo("fwmark");
        assertThat(section.underlays())
                .extracting(Located::value)
                .containsExactly(
                        new Underlay(
                                InterfaceName.parse("ppp0"),
                                Optional.of(address("192.0.2.1")),
                                Optional.of(address("203.0.113.7"))),
                        new Underlay(Optional.empty(), Optional.empty(), Optional.of(address("2001:db8::7"))));
        assertThat(section.allowedSources())
                .extracting(IpPrefix::text)
                .containsExactly("192.0.2.0/24", "2001:db8::/32", "10.0.0.1/32");
        assertThat(section("PrivateKeyCommand = pass show wg0 # x")
                        .privateKeyCommand()
                        .orElseThrow()
                        .value())
                .isEqualTo("pass show wg0 # x");
    }

    @Test
    void takesOneUnderlayAFamily() {
        assertThat(problem("[Interface]", "Underlay = via 10.0.0.1", "Underlay = src 10.0.0.2")
                        .reason())
                .isEqualTo("line 2 has the underlay of IPv4");
        assertThat(problem("[Interface]", "Underlay = dev ppp0", "Underlay = src ::1")
                        .reason())
                .isEqualTo("line 2 has the underlay of IPv6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth0     | \"eth0\" needs dev, via or src before it, as in `dev eth0'",
                "dev      | \"dev\" needs a value after it",
                "dev a b  | \"b\" needs dev, via or src before it, as in `dev b'",
                "dev a dev b | \"dev\" is not dev, via or src, or is repeated",
            })
    void saysWhatAnUnderlayLacks(String value, String reason) {
        assertThat(problem("[Interface]", "Underlay = " + value).reason()).isEqualTo(reason);
    }

    @Test
    void readsOurKeysOfPeer() {
        PeerSection peer = peer(
                "PresharedKeyFile = psk",
                "AllowedSources = 10.0.0.0/8",
                "PeerUp = echo %i # up",
                "PeerDown = a",
                "PeerDown = b",
                "Probe = 10.0.0.1 every 1m30s",
                "WithdrawRoutesAfter = 180s",
                "WithdrawRoutes = Blackhole",
                "ReresolveEndpoint = 45");
        assertThat(peer.presharedKeyFile().orElseThrow().value()).isEqualTo("psk");
        assertThat(peer.allowedSources()).hasSize(1);
        assertThat(peer.peerUp()).extracting(Located::value).containsExactly("echo %i # up");
        assertThat(peer.peerDown()).extracting(Located::value).containsExactly("a", "b");
        assertThat(peer.probe()).contains(new Probe(address("10.0.0.1"), Duration.ofSeconds(90)));
        assertThat(peer.withdrawRoutesAfter()).contains(Duration.ofMinutes(3));
        assertThat(peer.withdrawRoutes()).isEqualTo(Withdrawal.BLACKHOLE);
        assertThat(peer("WithdrawRoutesAfter = 1m").withdrawRoutes()).isEqualTo(Withdrawal.REMOVE);
        assertThat(peer.reresolveEndpoint()).contains(Duration.ofSeconds(45));
        assertThat(peer("Probe = ::1").probe()).contains(new Probe(address("::1"), Probe.DEFAULT_INTERVAL));
    }

    /// Lines for the monitor that do nothing, or less than one would think.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WithdrawRoutes = blackhole | WithdrawRoutes does nothing without
            WithdrawRoutesAfter = 400s | nothing is sent to the peer
            WithdrawRoutesAfter = 299s;PersistentKeepalive = 25 | only after up to 300 s
            WithdrawRoutesAfter = 300s;PersistentKeepalive = 25 |
            WithdrawRoutesAfter = 5s;AllowedIPs = 10.0.0.0/24;Probe = 10.0.0.1 |
            AllowedIPs = 10.0.1.0/24;Probe = 10.0.0.1 | 10.0.0.1 is not in the AllowedIPs
            ReresolveEndpoint = 30s;Endpoint = 192.0.2.1:51820 | no Endpoint that is a name
            ReresolveEndpoint = 30s | no Endpoint that is a name
            ReresolveEndpoint = 30s;Endpoint = vpn.example.com:51820 |
            """)
    void advisesOnKeysOfTheMonitor(String lines, @Nullable String advice) {
        ParsedFile parsed = parse(("[Interface];[Peer];PublicKey = " + K1 + ";" + lines).split(";", -1));
        assertThat(parsed.problems()).isEmpty();
        if (advice == null) {
            assertThat(parsed.advice()).isEmpty();
        } else {
            assertThat(parsed.advice()).singleElement().satisfies(one -> {
                assertThat(one.text()).contains(advice);
                assertThat(one.place().line()).isBetween(4, 5);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "1d, 86400000", "1h2m3s4ms, 3723004", "007s, 7000", "999999999s, 999999999000"})
    void addsDurationsUp(String text, long millis) {
        assertThat(peer("ReresolveEndpoint = " + text).reresolveEndpoint()).contains(Duration.ofMillis(millis));
    }

    @Test
    void givesEachPeerItsOwnKeys() {
        TunnelFile config = config(
                "[Peer]",
                "PublicKey = " + K1,
                "[ P e e r ]",
                "PeerUp = x",
                "PublicKey = " + K1,
                "[Interface]",
                "[peer]",
                "PublicKey = " + K1,
                "PeerUp = y");
        assertThat(config.peers())
                .extracting(peer -> peer.peerUp().stream().map(Located::value).toList())
                .containsExactly(List.of(), List.of("x"), List.of("y"));
    }

    @Test
    void wantsOneSourceForAKey() {
        assertThat(problem("[Interface]", "PrivateKeyFile = a", "PrivateKeyCommand = b")
                        .key())
                .isEqualTo("PrivateKeyCommand");
        assertThat(problem("[Interface]", "PrivateKeyFile = a", "PrivateKey = " + PRIV)
                        .key())
                .isEqualTo("PrivateKeyFile");
        assertThat(problem("[Peer]", "PublicKey=" + K1, "PresharedKeyFile = a", "PresharedKey = " + PRIV)
                        .place()
                        .line())
                .isEqualTo(3);
    }

    @Test
    void findsTheProblemsOfBothGrammarsWithTheirPlacesInTheFile() {
        ParsedFile parsed = parse(
                "[Interface]",
                "  Address = 10.0.0.1/99",
                "ListenPort = 5",
                "\tFwMark =  x",
                "[Peer]",
                "DNS = 1.1.1.1",
                "Probe = x");
        assertThat(parsed.problems())
                .extracting(Problem::place)
                .containsExactly(
                        new Place("wg0.conf", 2, 13),
                        new Place("wg0.conf", 4, 12),
                        new Place("wg0.conf", 5, 1),
                        new Place("wg0.conf", 6, 1),
                        new Place("wg0.conf", 7, 9));
        assertThat(parsed.problems().get(3).hint()).isEqualTo("move it to [Interface]");
    }

    /// `down` does not look at wg's half.
    @Test
    void judgesTheTwoHalvesApart() {
        ParsedFile parsed = parse("[Interface]", "MTU = 5", "Foo = bar");
        assertThat(parsed.quickProblems()).isEmpty();
        assertThat(parsed.wgProblems()).hasSize(1);
        assertThat(parsed.readable().interfaceSection().mtu())
                .map(Located::value)
                .contains(5);
        assertThat(parse("[Interface]", "MTU = x", "FwMark = 5").wgProblems()).isEmpty();
    }

    @Test
    void neverShowsAKeyThatStandsWhereAFileShould() {
        for (String line : List.of("PrivateKeyFile = ", "PrivateKeyCommand = echo ", "Address = ", "Underlay = dev ")) {
            assertThat(parse("[Interface]", "PrivateKey = " + K1, line + PRIV)
                            .problems()
                            .toString())
                    .contains("(hidden)")
                    .doesNotContain(PRIV.substring(0, 20));
        }
    }

    @Test
    void knowsWhetherThereIsAnInterface() {
        assertThat(config("[Peer]", "PublicKey = " + K1).interfaceSection().present())
                .isFalse();
        assertThat(config("").interfaceSection().present()).isFalse();
    }
}
