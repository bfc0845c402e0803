// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vectors of draft-irtf-cfrg-xchacha-03, and the cookie reply of the project's own handshake.
class XChaCha20Poly1305Test {
    @Test
    void derivesTheSubkeyOfTheDraft() {
        byte[] out = new byte[32];
        XChaCha20Poly1305.hChaCha20(Hex.row(0, 32), Hex.of("000000090000004a0000000031415927"), out);
        assertThat(Hex.text(out)).isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    @ParameterizedTest
    @MethodSource("io.wgj.engine.crypto.Providers#here")
    void sealsTheTextOfTheDraft(AeadProvider provider) {
        byte[] text = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future,"
                        + " sunscreen would be it.")
                .getBytes(US_ASCII);
        byte[] out = new byte[text.length + Aead.TAG_LENGTH];
        XChaCha20Poly1305.seal(
                provider.newContext(),
                Hex.row(0x80, 32),
                Hex.row(0x40, 24),
                Hex.of("50515253c0c1c2c3c4c5c6c7"),
                text,
                out,
                0);
        assertThat(Hex.text(out))
                .startsWith("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb")
                .endsWith("c0875924c1c7987947deafd8780acf49");
    }

    @ParameterizedTest
    @MethodSource("io.wgj.engine.crypto.Providers#here")
    void opensTheCookieReplyAndNoOther(AeadProvider provider) {
        byte[] key = Hex.of("666eb3d7147316838b21feedf3f1d54be02bba3bdf1cf070a4c790c8c1eb17d5");
        byte[] reply = Hex.of("0300000044332211000102030405060708090a0b0c0d0e0f1011121314151617"
                + "df5951e023cdb468328ced319b127a11dea70f33a253556c6b9c8229969f0092");
        byte[] mac1 = Hex.of("36d684a2158e8ad1c053e27725469000");
        byte[] cookie = new byte[16];
        Aead aead = provider.newContext();
        // The initiation's mac1 stands at its offset 116.
        byte[] initiation = Hex.of(
                "0100000044332211a9ed3463482d154d6663994b8a511e12bc19865dc07c6d577ff7f5cb3d658728c8bfdf81de85a8acbb1297a9"
                        + "d4b3b7a66a2bd13ac5a1458bfc062bbcf381af138ace6fd4dcc40cc4c4d854fa4f86f31ab40f074e46ba266a0d99f5"
                        + "a8012f4436b380eda62045621a56c73301eda36d684a2158e8ad1c053e27725469"
                        + "00000000000000000000000000000000");
        assertThat(initiation).hasSize(148);
        byte[] mac = java.util.Arrays.copyOfRange(initiation, 116, 132);
        assertThat(XChaCha20Poly1305.open(aead, key, Hex.row(0, 24), mac, reply, 32, 32, cookie))
                .isTrue();
        assertThat(Hex.text(cookie)).isEqualTo("44c753a9cca4759d7e04a53c40fc0d92");
        assertThat(XChaCha20Poly1305.open(aead, key, Hex.row(0, 24), mac1, reply, 32, 32, cookie))
                .isFalse();
        assertThat(XChaCha20Poly1305.open(aead, key, Hex.row(1, 24), mac, reply, 32, 32, cookie))
                .isFalse();
    }
}
