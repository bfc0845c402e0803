// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 7748's vectors and the points that give nothing, on every library.
class X25519Test {
    /// Every encoding, canonical or not, of a point whose order divides 8, on the curve or its twist.
    private static final List<String> LOW_ORDER = List.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    static List<X25519> libraries() {
        List<X25519> libraries = new ArrayList<>();
        libraries.add(new BouncyCastleX25519());
        OpenSslX25519.find().ifPresent(libraries::add);
        return libraries;
    }

    static Stream<Arguments> lowOrderPoints() {
        List<Arguments> rows = new ArrayList<>();
        for (X25519 x25519 : libraries()) {
            for (String point : LOW_ORDER) {
                byte[] topBitSet = Hex.of(point);
                topBitSet[31] |= (byte) 0x80;
                rows.add(Arguments.of(x25519, point));
                rows.add(Arguments.of(x25519, Hex.text(topBitSet)));
            }
        }
        return rows.stream();
    }

    static Stream<Arguments> agreements() {
        List<Arguments> rows = new ArrayList<>();
        for (X25519 x25519 : libraries()) {
            rows.add(Arguments.of(
                    x25519,
                    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
                    "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
                    "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
            rows.add(Arguments.of(
                    x25519,
                    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                    "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
                    "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
            // The top bit of the point is ignored, as RFC 7748 section 5 wants.
            rows.add(Arguments.of(
                    x25519,
                    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                    "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
                    "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void agreesAsPublished(X25519 x25519, String secret, String point, String expected) {
        byte[] out = new byte[32];
        assertThat(x25519.agree(Hex.of(secret), Hex.of(point), out)).isTrue();
        assertThat(Hex.text(out)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void makesPublicKeysOfUnclampedSecrets(X25519 x25519) {
        byte[] out = new byte[32];
        x25519.publicKey(Hex.of("f0226b70e4ca4b1533882b371c89f279833256ac207da9bd5339faaa563f13f3"), out);
        assertThat(Hex.text(out)).isEqualTo("380114564c3bc77beccb32d72834e94b3e95ac20292bee56cbb9969a88ab8a51");
    }

    @ParameterizedTest
    @MethodSource("lowOrderPoints")
    void refusesAPointOfLowOrder(X25519 x25519, String point) {
        byte[] out = new byte[32];
        assertThat(x25519.agree(Hex.row(1, 32), Hex.of(point), out)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void worksAgainAfterARefusal(X25519 x25519) {
        byte[] out = new byte[32];
        assertThat(x25519.agree(Hex.row(1, 32), new byte[32], out)).isFalse();
        byte[] point = new byte[32];
        x25519.publicKey(Hex.row(9, 32), point);
        assertThat(x25519.agree(Hex.row(1, 32), point, out)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void agreesWithTheLadderOfBouncyCastle(X25519 x25519) {
        Random random = new Random(11);
        BouncyCastleX25519 other = new BouncyCastleX25519();
        for (int round = 0; round < 100; round++) {
            byte[] secret = new byte[32];
            byte[] point = new byte[32];
            random.nextBytes(secret);
            random.nextBytes(point);
            byte[] ours = new byte[32];
            byte[] theirs = new byte[32];
            assertThat(x25519.agree(secret, point, ours)).isEqualTo(other.agree(secret, point, theirs));
            assertThat(ours).isEqualTo(theirs);
            x25519.publicKey(secret, ours);
            other.publicKey(secret, theirs);
            assertThat(ours).isEqualTo(theirs);
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void takesThirtyTwoBytesOnly(X25519 x25519) {
        assertThatThrownBy(() -> x25519.agree(new byte[31], new byte[32], new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> x25519.publicKey(new byte[32], new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void isTheSameWhateverItKeptOrForgot(X25519 x25519) {
        X25519 plain = new BouncyCastleX25519();
        byte[][] secrets = new byte[4][X25519.LENGTH];
        byte[] point = new byte[X25519.LENGTH];
        Random random = new Random(3);
        for (byte[] secret : secrets) {
            random.nextBytes(secret);
        }
        plain.publicKey(secrets[3], point);
        for (int round = 0; round < 200; round++) {
            byte[] secret = secrets[random.nextInt(3)];
            byte[] expected = new byte[X25519.LENGTH];
            byte[] actual = new byte[X25519.LENGTH];
            switch (random.nextInt(4)) {
                case 0 -> x25519.forget(secret);
                case 1 ->
                    assertThat(x25519.agree(secret, new byte[X25519.LENGTH], actual))
                            .isFalse();
                case 2 -> {
                    plain.publicKey(secret, expected);
                    x25519.publicKey(secret, actual);
                }
                default -> {
                    plain.agree(secret, point, expected);
                    assertThat(x25519.agree(secret, point, actual)).isTrue();
                }
            }
            assertThat(actual).isEqualTo(expected);
        }
    }
}
