// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.PeerUpdate;
import io.wgj.engine.uapi.UapiText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfCommandTest {
    private static final String WIPE = "private_key=" + "0".repeat(64) + " listen_port=0 fwmark=0 replace_peers=true";
    private static final String PEER_1 = "[Peer]\nPublicKey=" + States.K1 + "\n";

    private final MemoryHost host = new MemoryHost();

    @Test
    @Case({"H01", "H02"})
    void anEmptyFileWipesOrChangesNothing() {
        assertThat(run("setconf", "")).isEqualTo(new Ran(0, "", ""));
        assertThat(sent()).isEqualTo(WIPE);
        run("addconf", "");
        assertThat(sent()).isEmpty();
        run("syncconf", "");
        assertThat(sent()).isEqualTo(WIPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setconf", "addconf", "syncconf"})
    void aDirectoryIsRefusedWhereTheOriginalWipesTheDevice(String command) {
        host.files.putDirectory("d");
        assertThat(Ran.wg(host, command, "m0", "d")).isEqualTo(new Ran(1, "", "fopen: Is a directory\n"));
        assertThat(Ran.wgj(host, command, "m0", "d").err())
                .isEqualTo("fopen: Is a directory\nwgj: d: cannot be read; nothing was sent\n");
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    @Case("H04")
    void aMissingFileIsRefused() {
        assertThat(Ran.wg(host, "setconf", "m0", "nosuch"))
                .isEqualTo(new Ran(1, "", "fopen: No such file or directory\n"));
    }

    @Test
    @Case({"H09", "H16", "H33"})
    void aBadValueIsNamedAndNothingIsSent() {
        host.lookupFailure = new LookupException("Servname not supported for ai_socktype", false);
        assertThat(run("setconf", "[Interface]\nListenPort = 5 ; foo\n").err())
                .isEqualTo("Servname not supported for ai_socktype: `5;foo'\nConfiguration parsing error\n");
        assertThat(run("setconf", "[Interface]\nPrivateKey = " + "s".repeat(43) + "\n")
                        .err())
                .isEqualTo("Key is not the correct length or format: `(hidden)'\nConfiguration parsing error\n");
        assertThat(run("setconf", PEER_1 + "Endpoint = 1.2.3.4\n").err())
                .isEqualTo("Unable to find port of endpoint: `1.2.3.4'\nConfiguration parsing error\n");
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    @Case({"H10", "H15", "H30"})
    void theFirstProblemIsTheOriginalsAndAllAreOurs() {
        String file = "[Interface]\n; foo\nListenPrt = 5\n[Peer]\nAllowedIPs = 10.0.0.0/33\n";
        assertThat(run("setconf", file))
                .isEqualTo(new Ran(1, "", "Line unrecognized: `;foo'\nConfiguration parsing error\n"));
        String ours = Ran.wgj(host, "setconf", "nosuch", "f").err();
        assertThat(ours).startsWith("Line unrecognized: `;foo'\nConfiguration parsing error\nwgj: f:2:1: [Interface] ");
        assertThat(ours.lines().skip(2)).hasSizeGreaterThanOrEqualTo(4).allMatch(line -> line.startsWith("wgj: f:"));
        assertThat(ours).contains("f:3:1: [Interface]", "f:5:14: [Peer] AllowedIPs: ", "f:4:1: [Peer] PublicKey: ");
        assertThat(run("setconf", "[Peer]\n").err())
                .isEqualTo("A peer is missing a public key\nInvalid configuration\n");
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    void aMistakeIsToldBeforeNamesAreLookedUp() {
        host.lookupFailure = new LookupException("Temporary failure in name resolution", false);
        assertThat(run("setconf", PEER_1 + "Endpoint = a.example:5\nFoo = 1\n").err())
                .isEqualTo("Line unrecognized: `Foo=1'\nConfiguration parsing error\n");
        assertThat(host.lookups).isEmpty();
        assertThat(host.sleeps).isEmpty();
    }

    @Test
    void aMistakeIsToldBeforeTheEnvironmentIsJudged() {
        host.environment.put(EndpointResolver.RETRIES, "x");
        assertThat(run("setconf", PEER_1 + "Endpoint = 1.2.3.4:5\nFoo = 1\n").err())
                .isEqualTo("Line unrecognized: `Foo=1'\nConfiguration parsing error\n");
    }

    @Test
    @Case("H27")
    void keepaliveOffIsAnErasure() {
        for (String off : new String[] {"Off", "0"}) {
            run("addconf", PEER_1 + "PersistentKeepalive = " + off + "\n");
            assertThat(sent()).contains("persistent_keepalive_interval=0");
            assertThat(host.devices.updates.getLast().peers())
                    .first()
                    .isInstanceOfSatisfying(
                            PeerUpdate.Put.class,
                            put -> assertThat(put.settings().persistentKeepalive())
                                    .isEqualTo(Change.clear()));
        }
    }

    @Test
    @Case("H32")
    void hostBitsAreWarnedAbout() {
        assertThat(run("setconf", PEER_1 + "AllowedIPs = 10.0.0.1/24\n"))
                .isEqualTo(new Ran(0, "", "Warning: AllowedIP has nonzero host part: 10.0.0.1/24\n"));
        assertThat(sent()).endsWith("replace_allowed_ips=true allowed_ip=10.0.0.1/24");
    }

    @Test
    @Case({"I01", "I02"})
    void syncconfReadsOnlyWhereItMust() {
        host.devices.put(States.full("m0", host.now));
        run("syncconf", "[Interface]\nListenPort = 5\n");
        assertThat(host.devices.accesses).containsExactly("apply m0");
        host.devices.put(States.empty("m0"));
        run("syncconf", PEER_1);
        assertThat(sent()).startsWith(WIPE + " public_key=").endsWith("replace_allowed_ips=true");
    }

    @Test
    @Case({"I03", "I07"})
    void syncconfRemovesTheOthersAndErasesWhatIsNotMentioned() {
        host.devices.put(States.full("m0", host.now));
        run("syncconf", PEER_1);
        assertThat(sent())
                .startsWith("private_key=" + "0".repeat(64) + " listen_port=0 fwmark=0 public_key=")
                .doesNotContain("replace_peers")
                .endsWith("preshared_key=" + "0".repeat(64)
                        + " persistent_keepalive_interval=0 replace_allowed_ips=true");
        assertThat(sent().split("remove=true", -1)).hasSize(3);
    }

    @Test
    @Case("I08")
    void syncconfTellsWhatItCannotRead() {
        host.devices.putBroken("m0", new DeviceException(Reason.IO, 5, null));
        assertThat(run("syncconf", PEER_1))
                .isEqualTo(new Ran(1, "", "Unable to retrieve current interface configuration: Input/output error\n"));
        assertThat(host.devices.updates).isEmpty();
    }

    @Test
    void syncconfReadsAndWritesUnderTheCutName() {
        host.devices.put(States.full("abcdefghijklmno", host.now));
        host.files.put("f", PEER_1);
        Ran.wg(host, "syncconf", "abcdefghijklmnopqrst", "f");
        assertThat(host.devices.accesses).containsExactly("read abcdefghijklmno", "apply abcdefghijklmno");
    }

    @Test
    @Case("M04")
    void whatShowconfPrintsSetconfTakes() {
        host.devices.put(States.full("m0", host.now));
        String file = Ran.wg(host, "showconf", "m0").out();
        host.environment.put(EndpointResolver.RETRIES, "0");
        assertThat(run("setconf", file)).isEqualTo(new Ran(0, "", ""));
        assertThat(sent()).contains("listen_port=51820", "fwmark=51820", "allowed_ip=fd00::/64");
    }

    private Ran run(String command, String content) {
        host.files.put("f", content);
        return Ran.wg(host, command, "m0", "f");
    }

    /// The lines of the latest request behind `set=1`, separated by blanks.
    private String sent() {
        String request = UapiText.formatSet(host.devices.updates.getLast(), host.scopes());
        return request.substring("set=1\n".length()).strip().replace('\n', ' ');
    }
}
