// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said about the words of a command and about names, beside the original's own lines.
class WordHintTest {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String LONG = "my-home-vpn-office";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aFile() {
        host.files.own("/etc/wireguard", 0, 0040700);
        host.files.own("/here", 0, 0040700);
        host.files.put(FOLDER + "wg0.conf", "[Interface]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wg0.conf|`/etc/wireguard/wg0.conf.conf' does not exist|`wg0' is the word for /etc/wireguard/wg0.conf",
                "here.conf|`/etc/wireguard/here.conf.conf' does not exist|write ./here.conf for the file in this folder",
                "here|`/etc/wireguard/here.conf' does not exist|write ./here.conf for the file in this folder",
                "my-home-vpn-office|`my-home-vpn-office' does not exist|/etc/wireguard/my-home-vpn-office.conf: the name of"
                        + " an interface has at most 15 characters, `my-home-vpn-office' has 18; rename the file, to"
                        + " /etc/wireguard/my-home-vpn-off.conf",
                "./my vpn.conf|The config file must be a valid interface name, followed by .conf|./my vpn.conf: the name of"
                        + " an interface has letters, digits and _=+.- alone; rename the file, to ./my-vpn.conf",
                "./wg0.txt|The config file must be a valid interface name, followed by .conf|./wg0.txt: the name does not"
                        + " end in .conf",
            })
    void aboutFiles(String word, String original, String hint) {
        host.files.put("/here/here.conf", "[Interface]\n");
        host.files.put("/here/my vpn.conf", "[Interface]\n");
        host.files.put("/here/wg0.txt", "[Interface]\n");
        host.files.put(FOLDER + LONG + ".conf", "[Interface]\n");
        assertThat(Ran.wgjQuick(host, "up", word))
                .isEqualTo(new Ran(1, "", "wgj-quick: " + original + "\nwgj: " + hint + "\n"));
        assertThat(Ran.wgQuick(host, "up", word)).isEqualTo(new Ran(1, "", "wg-quick: " + original + "\n"));
    }

    @Test
    void aboutAnInterfaceThatIsNotUp() {
        for (String verb : new String[] {"save", "reload"}) {
            assertThat(Ran.wgjQuick(host, verb, "wg0").err())
                    .isEqualTo("wgj-quick: `wg0' is not a WireGuard interface\n"
                            + (verb.equals("save") ? "wgj" : "wgj-quick")
                            + ": wg0 is not up; `wgj-quick up wg0' starts it\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Temporary failure in name resolution|no name server answered",
                "Name or service not known|the system's resolver does not know it",
            })
    void aboutNames(String failure, String hint) {
        host.environment.put("WG_ENDPOINT_RESOLUTION_RETRIES", "0");
        host.lookupFailure = new LookupException(failure, failure.startsWith("Name"));
        host.files.put(
                FOLDER + "wg0.conf", "[Interface]\n[Peer]\nPublicKey = " + States.K1 + "\nEndpoint = a.example:1\n");
        assertThat(Ran.wgjQuick(host, "up", "wg0").err()).contains("wg0.conf:4:12: " + hint + "\n");
        assertThat(Ran.wgjQuick(host, "plan", "wg0").err()).contains("wg0.conf:4:12: " + hint + "; --no-dns");
        assertThat(Ran.wgj(host, "set", "wg0", "peer", States.K1, "endpoint", "a.example:1"))
                .isEqualTo(new Ran(1, "", failure + ": `a.example:1'\nwgj: " + hint + "\n"));
    }

    @Test
    void aboutWordsOfSet() {
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgj(host, "set", "wg0", "peer", States.K1, "allowed-ips", "10.0.0.0/8 10.1.0.0/16")
                        .err())
                .endsWith("; commas are missing: write 10.0.0.0/8, 10.1.0.0/16\n");
        host.lookupFailure = new LookupException("Name or service not known", true);
        assertThat(Ran.wgj(host, "set", "wg0", "peer", States.K1, "endpoint", "http://a.example:1")
                        .err())
                .endsWith("wgj: an endpoint is one host and one port; this is a URL: write a.example:1\n");
    }
}
