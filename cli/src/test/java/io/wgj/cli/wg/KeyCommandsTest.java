// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandsTest {
    private static final String BAD_KEY = "wg: Key is not the correct length or format\n";
    private static final String TRAILING = "wg: Trailing characters found after key\n";

    private final MemoryHost host = new MemoryHost();

    @Test
    @Case("B01")
    void genkeyClamps() {
        Arrays.fill(host.randomness, (byte) 0xff);
        Ran ran = Ran.wg(host, "genkey");
        byte[] key = Base64.getDecoder().decode(ran.out().strip());
        assertThat(ran.out()).hasSize(45).endsWith("=\n");
        assertThat(key[0]).isEqualTo((byte) 0xf8);
        assertThat(key[31]).isEqualTo((byte) 0x7f);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    @Case("B02")
    void genpskDoesNotClamp() {
        Arrays.fill(host.randomness, (byte) 0xff);
        assertThat(Ran.wg(host, "genpsk")).isEqualTo(new Ran(0, "/".repeat(42) + "8=\n", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0100644, 0100601, 0100602})
    @Case({"B03", "B05"})
    void warnsBeforeAFileThatOthersCanUse(int mode) {
        host.stdoutMode = mode;
        for (String word : new String[] {"genkey", "genpsk"}) {
            Ran ran = Ran.wg(host, word);
            assertThat(ran.err().lines()).hasSize(2).startsWith("Warning: writing to world accessible file.");
            assertThat(ran.out()).hasSize(45);
            assertThat(ran.code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0100600, 0100640, 0020666, 0010666, 0})
    @Case({"B04", "B06"})
    void doesNotWarnBeforePrivateFilesAndWhatIsNoFile(int mode) {
        host.stdoutMode = mode;
        assertThat(Ran.wg(host, "genkey").err()).isEmpty();
    }

    @Test
    void aKeyGoesIntoANewFileAndItsPublicKeyIsPrinted() {
        assertThat(Ran.wgj(host, "genkey", "-o", "/k"))
                .isEqualTo(new Ran(0, "L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=\n", ""));
        assertThat(host.files.text("/k")).isEqualTo("A".repeat(41) + "EA=\n");
        assertThat(Ran.wgj(host, "genpsk", "-o", "/psk").code()).isZero();
        assertThat(host.files.text("/psk")).isEqualTo("A".repeat(43) + "=\n");
    }

    @Test
    void anExistingFileStays() {
        host.files.put("/k", "old");
        String refused = "/k: File exists; no key was written\n";
        assertThat(Ran.wgj(host, "genkey", "-o", "/k")).isEqualTo(new Ran(1, "", "wgj: genkey: " + refused));
        assertThat(Ran.wgj(host, "genpsk", "-o", "/k").err()).endsWith("wgj: genpsk: " + refused);
        assertThat(host.files.text("/k")).isEqualTo("old");
    }

    @Test
    void aFailureLeavesNoKeyFile() {
        host.outputIsTaken = false;
        assertThat(Ran.wgj(host, "genkey", "-o", "/k").code()).isEqualTo(1);
        assertThat(host.files.has("/k")).isFalse();
    }

    @Test
    void theOriginalHasNoSuchOption() {
        assertThat(Ran.wg(host, "genkey", "-o", "/k")).isEqualTo(new Ran(1, "", "Usage: wg genkey\n"));
        assertThat(Ran.wgj(host, "genkey", "-o").code()).isEqualTo(1);
        assertThat(Ran.wgj(host, "genkey", "-o", "/k", "/l").code()).isEqualTo(1);
        assertThat(host.files.has("/k")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "", "\r\n  \t\u000b\f", "\0\0\n"})
    @Case({"B07", "B08", "B09", "B10"})
    void pubkeyTakesWhiteSpaceBehindTheKey(String rest) {
        assertThat(pubkey(States.PRIV + rest)).isEqualTo(new Ran(0, States.PUB + "\n", ""));
    }

    @Test
    @Case("B11")
    void pubkeyRefusesMore() {
        assertThat(pubkey(States.PRIV + "x")).isEqualTo(new Ran(1, "", TRAILING));
        assertThat(pubkey(States.PRIV + "\nx")).isEqualTo(new Ran(1, "", TRAILING));
        assertThat(pubkey(" " + States.PRIV)).isEqualTo(new Ran(1, "", TRAILING));
    }

    @Test
    @Case({"B12", "B13", "B14"})
    void pubkeyRefusesWhatIsNoKey() {
        String[] inputs = {
            "",
            States.PRIV.substring(0, 43),
            States.PRIV.replace("k=", "l="),
            States.PRIV.replace('+', '-'),
            "x".repeat(44) + "\n"
        };
        for (String input : inputs) {
            assertThat(pubkey(input)).isEqualTo(new Ran(1, "", BAD_KEY));
        }
    }

    @Test
    @Case({"B15", "B16", "B17"})
    void pubkeyClampsAnyKey() {
        String ofZero = "L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=\n";
        assertThat(pubkey("A".repeat(43) + "=").out()).isEqualTo(ofZero);
        assertThat(pubkey("AQ" + "A".repeat(41) + "=").out()).isEqualTo(ofZero);
        assertThat(pubkey("/".repeat(42) + "8=").out()).isEqualTo("hHwNLDdSNPNl5mCVUYejc1oPdhPRYJ06ak2MU66qWiI=\n");
    }

    private Ran pubkey(String input) {
        host.type(input);
        return Ran.wg(host, "pubkey");
    }
}
