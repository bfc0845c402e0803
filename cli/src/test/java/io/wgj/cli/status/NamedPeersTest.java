// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where names come from, what prints them, and what accepts them.
class NamedPeersTest {
    private static final String FILE = "/etc/wireguard/m0.conf";
    private static final PublicKey LAPTOP = PublicKey.parseBase64(States.K1).orElseThrow();

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aDeviceWithAFile() {
        host.devices.put(States.full("m0", host.now));
        host.files.put(
                FILE,
                "[Peer]\nName = laptop\nPublicKey = " + States.K1 + "\n# B\u00c3\u00bcro\n[Peer]\nPublicKey = "
                        + States.K2 + "\n");
    }

    @Test
    void aBlockBeginsWithTheName() {
        String plain = Ran.wgj(host, "show").out();
        assertThat(Ran.wgj(host, "show", "--names").out())
                .isEqualTo(plain.replace("peer: " + States.K1 + "\n", "peer: laptop\n  public key: " + States.K1 + "\n")
                        .replace(
                                "peer: " + States.K2 + "\n",
                                "peer: B\u00c3\u00bcro\n  public key: " + States.K2 + "\n"))
                .contains("peer: laptop\n", "peer: B\u00c3\u00bcro\n", "peer: " + States.K3 + "\n");
        assertThat(Ran.wgj(host, "show", "m0", "--names").out())
                .isEqualTo(Ran.wgj(host, "show", "--names").out());
    }

    @Test
    void aFieldHasTheNameWhereTheKeyStands() {
        assertThat(Ran.wgj(host, "show", "m0", "peers", "--names").out())
                .isEqualTo("laptop\nB\u00c3\u00bcro\n" + States.K3 + "\n");
        assertThat(Ran.wgj(host, "show", "all", "persistent-keepalive", "--names")
                        .out())
                .startsWith("m0\tlaptop\t25\nm0\tB\u00c3\u00bcro\toff\n");
        assertThat(Ran.wgj(host, "show", "m0", "dump", "--names").out().lines().skip(1))
                .first()
                .asString()
                .startsWith("laptop\t");
    }

    @Test
    void jsonHasNamesWhenAskedFor() {
        assertThat(Ran.wgj(host, "show", "--json").out()).doesNotContain("laptop");
        assertThat(Ran.wgj(host, "show", "--json", "--names").out())
                .contains("{\"publicKey\":\"" + States.K1 + "\",\"name\":\"laptop\",")
                .contains("\"name\":\"B\u00c3\u00bcro\"");
    }

    @Test
    void theJournalsFileComesFirst() {
        host.quick.configFiles.put("m0", "/srv/m0.conf");
        host.files.put("/srv/m0.conf", "### Client phone\n[Peer]\nPublicKey = " + States.K1 + "\n");
        assertThat(Ran.wgj(host, "show", "m0", "peers", "--names").out()).startsWith("phone\n" + States.K2);
    }

    @Test
    void withoutAFileKeysAreShownAndTheReasonIsGiven() {
        host.files.remove(FILE);
        Ran ran = Ran.wgj(host, "show", "--names");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(Ran.wg(host, "show").out());
        assertThat(ran.err()).isEqualTo("wgj: show: m0: no names of peers: " + FILE + ": No such file or directory\n");
        assertThat(Ran.wgj(host, "show", "--names", "--json").err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            show interfaces --names  | `interfaces' shows no peers
            show --names --json=wg   | --json=wg has no names of peers
            show --names --secrets   | --secrets goes with --json
            show m0 a b --names      | b
            """)
    void namesGoWithoutSomeWords(String words, String reason) {
        Ran ran = Ran.wgj(host, words.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains(reason);
    }

    @Test
    void theOriginalKnowsNoNames() {
        assertThat(Ran.wg(host, "show", "m0", "--names").err())
                .startsWith("Invalid parameter: `--names'\nUsage: wg show");
        Ran ran = Ran.wg(host, "set", "m0", "peer", "laptop", "remove");
        assertThat(ran).isEqualTo(new Ran(1, "", "Key is not the correct length or format: `laptop'\n"));
        assertThat(host.devices.updates).isEmpty();
    }

    @Test
    void setTakesANameForAKey() {
        assertThat(Ran.wgj(host, "set", "m0", "peer", "laptop", "remove")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.devices.updates)
                .singleElement()
                .extracting(DeviceUpdate::peers)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(new PeerUpdate.Remove(LAPTOP));
    }

    @Test
    void setRefusesAnUnknownNameInTheOriginalsWordsFirst() {
        assertThat(Ran.wgj(host, "set", "m0", "peer", "laptob", "remove"))
                .isEqualTo(new Ran(
                        1,
                        "",
                        "Key is not the correct length or format: `laptob'\nwgj: set: m0: `laptob' is neither a public"
                                + " key nor the name of a peer; did you mean `laptop'?\n"));
        assertThat(host.devices.updates).isEmpty();
    }

    @Test
    void aNameOfTwoPeersListsBoth() {
        host.files.put(
                FILE, "# a\n[Peer]\nPublicKey = " + States.K1 + "\n# a\n[Peer]\nPublicKey = " + States.K2 + "\n");
        assertThat(Ran.wgj(host, "wait", "m0", "--peer", "a"))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "wgj: wait: m0: 2 peers are called `a': peer " + States.K2 + ", peer " + States.K1
                                + "; give the public key of one\n"));
        assertThat(Ran.wgj(host, "doctor", "m0", "a").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "doctor", "m0", "b"))
                .isEqualTo(new Ran(
                        5,
                        "",
                        "wgj: doctor: m0: `b' is neither a public key nor the name of a peer; `wgj show m0 --names'"
                                + " shows the names\n"));
    }
}
