// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgj.config.Fixtures;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeyTest {
    /// RFC 7748 section 6.1 (two rows) and the first step of section 5.2's iteration.
    @ParameterizedTest
    @CsvSource({
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
                + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
                + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        "0900000000000000000000000000000000000000000000000000000000000000,"
                + "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079",
    })
    void derivesThePublicKeysOfRfc7748(String secret, String expected) {
        assertThat(PrivateKey.parseHex(secret).orElseThrow().publicKey().toHex())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        Fixtures.PRIV + "," + Fixtures.PUB,
        Fixtures.K1 + "," + Fixtures.PUB_K1,
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=",
    })
    void derivesThePublicKeysThatTheOriginalPrints(String secret, String expected) {
        assertThat(PrivateKey.parseBase64(secret).orElseThrow().publicKey().toString())
                .isEqualTo(expected);
    }

    @Test
    void aPublicKeyThatIsComputedLaterIsTheSameKey() {
        PrivateKey secret = PrivateKey.parseBase64(Fixtures.PRIV).orElseThrow();
        assertThat(PublicKey.computedLater(secret))
                .isEqualTo(secret.publicKey())
                .hasSameHashCodeAs(secret.publicKey());
        assertThat(secret.publicKey()).isEqualTo(PublicKey.computedLater(secret));
        assertThat(PublicKey.computedLater(secret)).hasToString(Fixtures.PUB);
        assertThat(PublicKey.computedLater(secret).toBytes())
                .isEqualTo(secret.publicKey().toBytes());
    }

    @Test
    void agreesWithTheJdkOnRandomKeys() throws Exception {
        var random = new Random(7748);
        KeyFactory keys = KeyFactory.getInstance("X25519");
        var basePoint = (XECPublicKey)
                keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9)));
        for (int i = 0; i < 200; i++) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            var theirs = keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(theirs);
            agreement.doPhase(basePoint, true);
            assertThat(PrivateKey.of(secret).publicKey().toBytes()).isEqualTo(agreement.generateSecret());
        }
    }

    @Test
    void clampsWhatIsDrawn() {
        byte[] ones = HexFormat.of().parseHex("ff".repeat(32));
        assertThat(PrivateKey.fromRandom(ones).toHex()).isEqualTo("f8" + "ff".repeat(30) + "7f");
        assertThat(PrivateKey.fromRandom(new byte[32]).toHex()).isEqualTo("00".repeat(31) + "40");
    }

    @Test
    void neverPrintsASecret() {
        assertThat(PrivateKey.of(new byte[32])).hasToString("(hidden)");
        assertThat(PresharedKey.of(new byte[32])).hasToString("(hidden)");
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = new byte[32];
        var key = PublicKey.of(bytes);
        bytes[0] = 1;
        key.toBytes()[1] = 1;
        assertThat(key.isZero()).isTrue();
        assertThat(PublicKey.of(bytes)).isNotEqualTo(key);
        assertThat(PublicKey.of(new byte[32])).isEqualTo(key).hasSameHashCodeAs(key);
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[31]));
    }
}
