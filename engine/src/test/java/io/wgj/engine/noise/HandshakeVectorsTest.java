// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.crypto.X25519;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One handshake with known keys, made with an independent implementation; wireguard-go 20250522 and
/// boringtun 0.7.1 answered exactly this initiation. Then the Noise pattern alone, against the cacophony
/// vectors of other Noise libraries.
class HandshakeVectorsTest {
    private static final byte[] INITIATOR_PRIVATE =
            hex("f0226b70e4ca4b1533882b371c89f279833256ac207da9bd5339faaa563f13f3");
    private static final byte[] RESPONDER_PRIVATE =
            hex("19195c788a10d48018500f11aa0c839d481df2bf6cd21e9c23fe5e3c1ced050d");
    private static final byte[] INITIATOR_EPHEMERAL =
            hex("aee1afef99f1b347f678d04c69ee1669d777fb4386f094da6fb7394ba3e09c73");
    private static final byte[] RESPONDER_EPHEMERAL =
            hex("f3665f94161188f0f7c2acb83655fa2aa6b475ea76feef3613421cb68b721b7d");
    private static final byte[] PSK = hex("c40f5e820d10982549f9ffba0fd63c6b40632b5a3413156148ce763576d744b4");
    private static final int INITIATOR_INDEX = 0x11223344;
    private static final int RESPONDER_INDEX = 0x55667788;
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 0x21abcdef);
    private static final byte[] INITIATION = hex(
            "0100000044332211a9ed3463482d154d6663994b8a511e12bc19865dc07c6d577ff7f5cb3d658728c8bfdf81de85a8acbb1297a9"
                    + "d4b3b7a66a2bd13ac5a1458bfc062bbcf381af138ace6fd4dcc40cc4c4d854fa4f86f31ab40f074e46ba266a0d99f5a8012f"
                    + "4436b380eda62045621a56c73301eda36d684a2158e8ad1c053e2772546900000000000000000000000000000000");
    private static final byte[] RESPONSE = hex(
            "0200000088776655443322111706172e53eca66af7a4656a91c6e3dc1be2319fd62a8fce5fd513eaa97ef902267c1ef59b316853"
                    + "526f21a3015c4cad72b1bd1b8aeaa04da89f0bb67f7c9ebc00000000000000000000000000000000");
    private static final byte[] INNER_PACKET =
            hex("4500002c00004000401100000a6300010a630002000102030405060708090a0b0c0d0e0f1011121314151617");

    static List<Primitives> primitives() {
        return TestPrimitives.all();
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void theInitiationIsTheKnownOne(Primitives primitives) {
        Sides sides = new Sides(primitives);
        byte[] message = new byte[Messages.INITIATION_LENGTH];
        Initiator initiator = sides.begin(message);
        new MacWriter(sides.responder.publicKey()).write(message, message.length, 0);

        assertThat(sides.initiator.publicKey())
                .isEqualTo(hex("380114564c3bc77beccb32d72834e94b3e95ac20292bee56cbb9969a88ab8a51"));
        assertThat(message).isEqualTo(INITIATION);
        assertThat(initiator.state().chainingKey())
                .isEqualTo(hex("63ab3b440a146a5111fff3f93bbb22523a9c9202fb9a4825da6246256aecc594"));
        assertThat(initiator.state().hash())
                .isEqualTo(hex("00f96220355288583337b56a5dba215422f81729596a611ae772a94e6d84fea8"));
        assertThat(initiator.state().key())
                .isEqualTo(hex("bb673b2f2bbb5d817c281631d4159e7042ddf81f03338d38d3cb93f4a04782d5"));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void everyStepOfTheInitiationIsTheKnownOne(Primitives primitives) {
        Sides sides = new Sides(primitives);
        SymmetricState state = new SymmetricState(SymmetricState.IDENTIFIER);
        assertThat(state.chainingKey())
                .isEqualTo(hex("60e26daef327efc02ec335e2a025d2d016eb4206f87277f52d38d1988b78cd36"));
        assertThat(state.hash()).isEqualTo(hex("2211b361081ac566691243db458ad5322d9c6c662293e8b70ee19c65ba079ef3"));

        state.mixHash(sides.responder.publicKey());
        assertThat(state.hash()).isEqualTo(hex("99de1dc3b65fc6afb7f83822c243a8b19b64468333a3318aaa28ff3cd4179411"));

        byte[] ephemeralPublic = new byte[32];
        sides.x25519.publicKey(INITIATOR_EPHEMERAL, ephemeralPublic);
        state.mixKey(ephemeralPublic);
        assertThat(state.chainingKey())
                .isEqualTo(hex("cd3fd07dc501ce21be232b4c29379f2c7e713e2d39338f1b950ae19597dba3e6"));

        byte[] shared = new byte[32];
        assertThat(sides.x25519.agree(INITIATOR_EPHEMERAL, sides.responder.publicKey(), shared))
                .isTrue();
        state.mixKeyForCipher(shared);
        assertThat(state.key()).isEqualTo(hex("70b2e53c83189c77a3e16ed7cb8894c41311ce6aef3de1d66421b3e1c39541ce"));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void theResponseAndItsKeysAreTheKnownOnes(Primitives primitives) {
        Sides sides = new Sides(primitives);
        Responder responder = sides.answer(INITIATION);
        byte[] message = new byte[Messages.RESPONSE_LENGTH];
        SessionKeys keys = responder.respond(
                sides.aead,
                sides.x25519,
                PSK,
                RESPONDER_EPHEMERAL.clone(),
                RESPONDER_INDEX,
                Messages.sender(INITIATION, 0),
                message);
        new MacWriter(sides.initiator.publicKey()).write(message, message.length, 0);

        assertThat(message).isEqualTo(RESPONSE);
        assertThat(responder.state().chainingKey())
                .isEqualTo(hex("3eeac75706f9104d24fd47c60b4d79fc72476b2c97a621463b18b45e67c000b4"));
        assertThat(responder.state().hash())
                .isEqualTo(hex("984556a5db1eb56aae1246e9dd34832f5892708b6df869130a162d59ea3aaf95"));
        assertThat(responder.state().key())
                .isEqualTo(hex("e9c776320108b13fb0c339855cbe0a91f50d6ba6e3a83a107c8f987b3639eb83"));
        byte[] data = new byte[Messages.DATA_HEADER + 48 + Aead.TAG_LENGTH];
        Messages.writeDataHeader(data, 0, INITIATOR_INDEX, 1);
        sides.aead.seal(notNull(keys).send(), 1, Arrays.copyOf(INNER_PACKET, 48), 0, 48, data, Messages.DATA_HEADER);
        assertThat(data)
                .isEqualTo(hex("04000000443322110100000000000000b6c821ce76dd69bfcc2d3ac0660c7ac412d0f5283437b957"
                        + "b2c9ca8adcaa0338e48f86cce7e1abbe9a572dec786c28ba675c21b0e772ab80c6dad6fb8ad61b1d"));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void theInitiatorFinishesWithTheKnownKeys(Primitives primitives) {
        Sides sides = new Sides(primitives);
        Initiator initiator = sides.begin(new byte[Messages.INITIATION_LENGTH]);
        SessionKeys keys = initiator.finish(sides.aead, sides.x25519, sides.initiator, PSK, RESPONSE);

        byte[] keepalive = new byte[Messages.KEEPALIVE_LENGTH];
        Messages.writeDataHeader(keepalive, 0, RESPONDER_INDEX, 0);
        sides.aead.seal(notNull(keys).send(), 0, new byte[0], 0, 0, keepalive, Messages.DATA_HEADER);
        assertThat(keepalive).isEqualTo(hex("0400000088776655000000000000000058d1131597627fde0055b3b51000f8c8"));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void theResponderReadsWhoAndWhen(Primitives primitives) {
        Sides sides = new Sides(primitives);
        Responder responder = notNull(Responder.open(sides.aead, sides.x25519, sides.responder, INITIATION));

        assertThat(responder.remoteStatic()).isEqualTo(sides.initiator.publicKey());
        assertThat(responder.timestamp(sides.aead, sides.staticStatic(), INITIATION))
                .isEqualTo(hex("400000006553f10a21000000"));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void aForgedResponseLeavesTheHandshakeWaiting(Primitives primitives) {
        Sides sides = new Sides(primitives);
        Initiator initiator = sides.begin(new byte[Messages.INITIATION_LENGTH]);
        byte[] forged = RESPONSE.clone();
        forged[50] ^= 1;

        assertThat(initiator.finish(sides.aead, sides.x25519, sides.initiator, PSK, forged))
                .isNull();
        assertThat(initiator.finish(sides.aead, sides.x25519, sides.initiator, new byte[32], RESPONSE))
                .isNull();
        assertThat(initiator.finish(sides.aead, sides.x25519, sides.initiator, PSK, RESPONSE))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void keysOfLowOrderAreRefused(Primitives primitives) {
        Sides sides = new Sides(primitives);
        byte[] message = new byte[Messages.INITIATION_LENGTH];

        assertThat(Initiator.begin(
                        sides.aead,
                        sides.x25519,
                        sides.initiator,
                        new byte[32],
                        new byte[32],
                        INITIATOR_EPHEMERAL.clone(),
                        1,
                        new byte[12],
                        message))
                .isNull();
        byte[] zeroEphemeral = INITIATION.clone();
        Arrays.fill(zeroEphemeral, 8, 40, (byte) 0);
        assertThat(Responder.open(sides.aead, sides.x25519, sides.responder, zeroEphemeral))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void thePatternAloneAgreesWithOtherNoiseLibraries(Primitives primitives) {
        Aead aead = primitives.aead().newContext();
        X25519 x25519 = primitives.x25519();
        byte[] prologue = hex("4a6f686e2047616c74");
        byte[] psk = hex("54686973206973206d7920417573747269616e20706572737065637469766521");
        LocalIdentity left =
                new LocalIdentity(x25519, hex("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1"));
        LocalIdentity right =
                new LocalIdentity(x25519, hex("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893"));
        byte[] staticStatic = new byte[32];
        left.agree(x25519, right.publicKey(), staticStatic);
        byte[] first = new byte[112];
        byte[] firstPayload = hex("4c756477696720766f6e204d69736573");
        byte[] secondPayload = hex("4d757272617920526f746862617264");

        Initiator initiator = notNull(Initiator.begin(
                new SymmetricState(prologue),
                aead,
                x25519,
                left,
                right.publicKey(),
                staticStatic,
                hex("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"),
                firstPayload,
                first,
                0));
        assertThat(first)
                .isEqualTo(hex("ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944001e21de9f98ddd8e2ad57"
                        + "527207feb56253c9c94a9e496782ecfcb2a75fbcaf1b52948cc48daefe660c62119ab5000980c84831215f"
                        + "2441eba616548e832985464cf17e51ee93109008399a21f7e13f"));

        Responder responder = notNull(Responder.open(new SymmetricState(prologue), aead, x25519, right, first, 0));
        byte[] read = new byte[firstPayload.length];
        assertThat(responder.payload(aead, staticStatic, first, 0, read)).isTrue();
        assertThat(read).isEqualTo(firstPayload);
        byte[] second = new byte[63];
        assertThat(responder.write(
                        aead,
                        x25519,
                        psk,
                        hex("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"),
                        secondPayload,
                        second,
                        0))
                .isTrue();
        assertThat(second)
                .isEqualTo(hex("95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843cb765f2caef0751b8f0075"
                        + "72dab0322217755c0632f365717edbf34d33e87a"));
        byte[] handshakeHash = hex("f5191b875290abcd41347ac3622d9679688a7e980229cb937ef748336cfde0e5");
        assertThat(responder.state().hash()).isEqualTo(handshakeHash);

        byte[] answer = new byte[secondPayload.length];
        assertThat(initiator.read(initiator.state(), aead, x25519, left, psk, second, 0, answer))
                .isTrue();
        assertThat(answer).isEqualTo(secondPayload);
        assertThat(initiator.state().hash()).isEqualTo(handshakeHash);
    }

    /// The keys of the known handshake.
    private static final class Sides {
        final X25519 x25519;
        final Aead aead;
        final LocalIdentity initiator;
        final LocalIdentity responder;

        Sides(Primitives primitives) {
            x25519 = primitives.x25519();
            aead = primitives.aead().newContext();
            initiator = new LocalIdentity(x25519, INITIATOR_PRIVATE);
            responder = new LocalIdentity(x25519, RESPONDER_PRIVATE);
        }

        byte[] staticStatic() {
            byte[] shared = new byte[32];
            assertThat(initiator.agree(x25519, responder.publicKey(), shared)).isTrue();
            return shared;
        }

        Initiator begin(byte[] message) {
            return notNull(Initiator.begin(
                    aead,
                    x25519,
                    initiator,
                    responder.publicKey(),
                    staticStatic(),
                    INITIATOR_EPHEMERAL.clone(),
                    INITIATOR_INDEX,
                    new Tai64n().next(TIME),
                    message));
        }

        Responder answer(byte[] initiation) {
            Responder answering = notNull(Responder.open(aead, x25519, responder, initiation));
            assertThat(answering.timestamp(aead, staticStatic(), initiation)).isNotNull();
            return answering;
        }
    }

    private static <T> T notNull(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("refused");
        }
        return value;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
