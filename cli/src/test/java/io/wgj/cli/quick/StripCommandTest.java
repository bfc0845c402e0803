// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.QuickHost;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import io.wgj.quick.model.HookPhase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripCommandTest {
    private static final String FILE = "/here/wg0.conf";
    private static final String COMMAND = String.join(" ", HookPhase.words(""));

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aFolderOfRoot() {
        host.files.own("/here", 0, 0040700);
    }

    @Test
    @Case({"P01", "P02", "P08"})
    void wgQuicksKeysAreTakenOut() {
        String file = "[Interface]\n"
                + " aDDress = 10.0.0.1/24 # a\n"
                + "POSTUP = echo # b\n"
                + "\tPrivateKey = x # k \n"
                + " a\\b\\\n\n"
                + "[Peer]\n";
        assertThat(strip(file)).isEqualTo(new Ran(0, "[Interface]\nPrivateKey = x # k\na\\b\\\n\n[Peer]\n\n", ""));
    }

    @Test
    @Case({"P03", "P04", "P05", "P06", "P07"})
    void whatIsNotInTheSectionStays() {
        assertThat(strip("").out()).isEqualTo("\n");
        assertThat(strip("[ Interface ]\nMTU=1\n[Peer]\nPostUp=x\n[Interface]\nMTU=1\nDNS\n")
                        .out())
                .isEqualTo("[ Interface ]\nMTU=1\n[Peer]\nPostUp=x\n[Interface]\n\n");
        assertThat(strip("[Interface]\r\nAddress = a\r\nListenPort = 1\r\n").out())
                .isEqualTo("[Interface]\r\nListenPort = 1\r\n\n");
    }

    @Test
    void aBadAddressIsNobodysBusiness() {
        assertThat(strip("[Interface]\nAddress = nonsense\nMTU = x\nListenPort = 1\n"))
                .isEqualTo(new Ran(0, "[Interface]\nListenPort = 1\n\n", ""));
    }

    @ParameterizedTest
    @CsvSource({"yes, yes", "'', ''", "truefalse, truefalse"})
    @Case("O10")
    void saveConfigIsTrueOrFalse(String value, String shown) {
        assertThat(strip("[Interface]\nSaveConfig = " + value + "\n"))
                .isEqualTo(new Ran(1, "", "wg-quick: `" + shown + "' is neither true nor false\n"));
        assertThat(strip("[Interface]\nSaveConfig = TRUE\nSaveConfig = False\n").code())
                .isZero();
    }

    @Test
    void keysFromFilesStandInTheirPlaces() {
        host.files.put("/here/own.key", States.PRIV + "\n");
        host.files.put("/keys/psk", States.K2 + "\n");
        assertThat(strip("[Interface]\nPrivateKeyFile = own.key\nRoute = default dev ppp0\n[Peer]\nPublicKey = "
                        + States.K1 + "\nPresharedKeyFile = /keys/psk\nProbe = 10.0.0.1\n"))
                .isEqualTo(new Ran(
                        0,
                        "[Interface]\nPrivateKey = " + States.PRIV + "\n[Peer]\nPublicKey = " + States.K1
                                + "\nPresharedKey = " + States.K2 + "\n\n",
                        ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0100640|`/here/k' has mode 0640, so others may read the key; `chmod 600' prevents that",
                "0|0100601|`/here/k' has mode 0601, so others may read the key; `chmod 600' prevents that",
                "5|0100600|`/here/k' belongs to user 5; key files must be owned by root or by you"
            })
    void aKeyFileOfOthersIsRefused(int owner, String mode, String reason) {
        host.files.put("/here/k", States.PRIV);
        host.files.own("/here/k", owner, Integer.parseInt(mode, 8));
        assertThat(strip("[Interface]\nPrivateKeyFile = k\n"))
                .isEqualTo(
                        new Ran(1, "", "wg-quick: /here/wg0.conf:2:18: [Interface] PrivateKeyFile: " + reason + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", States.PRIV + "x"})
    void whatIsNoKeyIsRefusedWithoutShowingIt(String content) {
        host.files.put("/here/k", content);
        Ran ran = strip("[Interface]\nPrivateKeyFile = k\n");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("wg-quick: /here/wg0.conf:2:18: [Interface] PrivateKeyFile: ")
                .doesNotContain(States.PRIV);
    }

    @Test
    void aMissingKeyFileIsNamed() {
        assertThat(strip("[Peer]\nPublicKey = " + States.K1 + "\nPresharedKeyFile = k\n")
                        .err())
                .isEqualTo("wg-quick: /here/wg0.conf:3:20: [Peer] PresharedKeyFile: `/here/k': No such file or"
                        + " directory\n");
    }

    @Test
    void theFirstLineOfACommandIsTheKey() {
        host.quick.programs.put(COMMAND + "pass wg0 # k", new QuickHost.Captured(0, " " + States.PRIV + " \nmore\n"));
        assertThat(strip("[Interface]\nPrivateKeyCommand = pass %i # k\n").out())
                .isEqualTo("[Interface]\nPrivateKey = " + States.PRIV + "\n\n");
        assertThat(host.quick.surroundings).contains("INTERFACE=wg0", "CONFIG_FILE=/here/wg0.conf");
    }

    @ParameterizedTest
    @CsvSource({
        "3, '', the command ended with exit code 3",
        "0, nonsense, the first line that the command prints is not a key"
    })
    void aCommandThatGivesNoKeyIsRefused(int code, String out, String reason) {
        host.quick.programs.put(COMMAND + "x", new QuickHost.Captured(code, out));
        Ran ran = strip("[Interface]\nPrivateKeyCommand = x\n");
        assertThat(ran.err()).startsWith("wg-quick: /here/wg0.conf:2:21: [Interface] PrivateKeyCommand: " + reason);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void aKeyHasOneSource() {
        Ran ran = strip("[Interface]\nPrivateKeyFile = k\nPrivateKeyCommand = x\n");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("wg-quick: /here/wg0.conf:3:21: [Interface] PrivateKeyCommand: ");
        assertThat(host.quick.ran).isEmpty();
    }

    private Ran strip(String content) {
        host.files.put(FILE, content);
        return Ran.wgQuick(host, "strip", "./wg0.conf");
    }

    @Test
    void aNameIsAComment() {
        String file = "[Interface]\n[Peer]\n  Name = laptop # mine\nPublicKey = " + States.K1 + "\n";
        assertThat(strip(file).out())
                .isEqualTo("[Interface]\n[Peer]\n# Name = laptop # mine\nPublicKey = " + States.K1 + "\n\n");
    }
}
