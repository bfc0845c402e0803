// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 7693's vector, WireGuard's own, and Bouncy Castle's digest as the second opinion.
class Blake2sTest {
    @ParameterizedTest
    @CsvSource({
        "'', 69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9",
        "abc, 508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
        "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s, 60e26daef327efc02ec335e2a025d2d016eb4206f87277f52d38d1988b78cd36",
    })
    void hashesTheKnownTexts(String text, String expected) {
        byte[] out = new byte[32];
        Blake2s.hash(out, text.getBytes(US_ASCII));
        assertThat(Hex.text(out)).isEqualTo(expected);
    }

    @Test
    void hashesPartsInARowOverOneOfThem() {
        byte[] chain = Hex.of("60e26daef327efc02ec335e2a025d2d016eb4206f87277f52d38d1988b78cd36");
        Blake2s.hash(chain, chain, "WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(US_ASCII));
        assertThat(Hex.text(chain)).isEqualTo("2211b361081ac566691243db458ad5322d9c6c662293e8b70ee19c65ba079ef3");
    }

    @Test
    void makesTheCookieOfTheSpecification() {
        byte[] cookie = new byte[20];
        byte[] source = Hex.of("00c6120001ca6c");
        Blake2s.mac(Hex.row(0xa0, 32), source, 1, 6, cookie, 4);
        assertThat(Hex.text(cookie)).isEqualTo("00000000" + "44c753a9cca4759d7e04a53c40fc0d92");
    }

    @Test
    void passesTheSelfTestOfRfc7693() {
        // Appendix E: a hash of hashes over lengths, keyed and not, of pseudo-random text.
        Blake2s all = Blake2s.hash();
        for (int outputLength : new int[] {16, 20, 28, 32}) {
            for (int length : new int[] {0, 3, 64, 65, 255, 1024}) {
                byte[] in = fibonacci(length, length);
                byte[] out = new byte[outputLength];
                Blake2s.keyed(new byte[0], outputLength).update(in, 0, length).finish(out, 0);
                all.update(out, 0, outputLength);
                Blake2s.keyed(fibonacci(outputLength, outputLength), outputLength)
                        .update(in, 0, length)
                        .finish(out, 0);
                all.update(out, 0, outputLength);
            }
        }
        byte[] result = new byte[32];
        all.finish(result, 0);
        assertThat(Hex.text(result)).isEqualTo("6a411f08ce25adcdfb02aba641451cec53c598b24f4fc787fbdc88797f4c1dfe");
    }

    @Test
    void agreesWithBouncyCastleWhateverThePieces() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] key = new byte[random.nextInt(33)];
            byte[] in = new byte[random.nextInt(400)];
            int outputLength = random.nextInt(1, 33);
            random.nextBytes(key);
            random.nextBytes(in);
            Blake2sDigest theirs = new Blake2sDigest(key, outputLength, null, null);
            theirs.update(in, 0, in.length);
            byte[] expected = new byte[outputLength];
            theirs.doFinal(expected, 0);

            Blake2s ours = Blake2s.keyed(key, outputLength);
            int at = 0;
            while (at < in.length) {
                int piece = random.nextInt(1, in.length - at + 1);
                ours.update(in, at, piece);
                at += piece;
            }
            byte[] actual = new byte[outputLength];
            ours.finish(actual, 0);
            assertThat(actual)
                    .as("key %s, input %s", Hex.text(key), Hex.text(in))
                    .isEqualTo(expected);
        }
    }

    @Test
    void agreesWithBouncyCastleOnHmac() {
        Random random = new Random(8);
        for (int round = 0; round < 200; round++) {
            byte[] key = new byte[1 + random.nextInt(100)];
            byte[] in = new byte[random.nextInt(200)];
            random.nextBytes(key);
            random.nextBytes(in);
            HMac theirs = new HMac(new Blake2sDigest(256));
            theirs.init(new KeyParameter(key));
            theirs.update(in, 0, in.length);
            byte[] expected = new byte[32];
            theirs.doFinal(expected, 0);

            byte[] actual = new byte[32];
            Blake2s.hmac(actual, key, in);
            assertThat(actual)
                    .as("key %s, input %s", Hex.text(key), Hex.text(in))
                    .isEqualTo(expected);
        }
    }

    private static byte[] fibonacci(int length, int seed) {
        byte[] out = new byte[length];
        int a = 0xDEAD4BAD * seed;
        int b = 1;
        for (int i = 0; i < length; i++) {
            int t = a + b;
            a = b;
            b = t;
            out[i] = (byte) (t >>> 24);
        }
        return out;
    }
}
