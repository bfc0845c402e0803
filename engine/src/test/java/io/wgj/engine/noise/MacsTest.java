// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MacsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] RESPONDER_PUBLIC =
            hex("d4322c86b322ab34067ad68863c33d134bc4c1676c3ac1100460cb5edae14e35");
    /// The known initiation up to its mac1.
    private static final byte[] INITIATION = hex(
            "0100000044332211a9ed3463482d154d6663994b8a511e12bc19865dc07c6d577ff7f5cb3d658728c8bfdf81de85a8acbb1297a9"
                    + "d4b3b7a66a2bd13ac5a1458bfc062bbcf381af138ace6fd4dcc40cc4c4d854fa4f86f31ab40f074e46ba266a0d99f5a8012f"
                    + "4436b380eda62045621a56c7330100000000000000000000000000000000"
                    + "00000000000000000000000000000000");
    private static final byte[] SOURCE = MacChecker.cookieSource(new byte[] {(byte) 198, 18, 0, 1}, 51820);

    private final Aead aead = Primitives.portable().aead().newContext();
    private final MacChecker checker = new MacChecker(RESPONDER_PUBLIC);
    private final MacWriter writer = new MacWriter(RESPONDER_PUBLIC);
    /// The secret is a0..bf, the nonce 00..17.
    private static void countUp(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes.length == 32 ? 0xa0 + i : i);
        }
    }

    @Test
    void derivesTheKnownKeys() {
        MacKeys keys = new MacKeys(RESPONDER_PUBLIC);

        assertThat(keys.mac1()).isEqualTo(hex("17e01547020f20c613ca756b433edf99ff4b26ddc6be6d32448ec4edff1f355d"));
        assertThat(keys.cookie()).isEqualTo(hex("666eb3d7147316838b21feedf3f1d54be02bba3bdf1cf070a4c790c8c1eb17d5"));
    }

    @Test
    void bindsTheCookieToAddressAndPort() {
        assertThat(SOURCE).isEqualTo(hex("c6120001ca6c"));
    }

    @Test
    void acceptsItsOwnMac1AndNoOther() {
        byte[] message = written(0);

        assertThat(checker.hasMac1(message, message.length)).isTrue();
        for (int at : new int[] {0, 60, 116, 131}) {
            byte[] changed = message.clone();
            changed[at] ^= 4;
            assertThat(checker.hasMac1(changed, changed.length))
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    @Test
    void makesTheKnownCookieReplyAndTheMac2ThatFollowsFromIt() {
        byte[] reply = reply(written(0), 0);
        assertThat(reply)
                .isEqualTo(hex("0300000044332211000102030405060708090a0b0c0d0e0f1011121314151617"
                        + "df5951e023cdb468328ced319b127a11dea70f33a253556c6b9c8229969f0092"));

        assertThat(writer.consumeReply(aead, reply, 0)).isTrue();
        byte[] message = written(SECOND);

        assertThat(Arrays.copyOfRange(message, 132, 148)).isEqualTo(hex("5d3b3c6309f0cfa0f2983e5d3fd26b9f"));
        assertThat(checker.hasMac2(message, message.length, SOURCE, SECOND)).isTrue();
    }

    @Test
    void holdsNoCookieGivenToAnotherPort() {
        writer.consumeReply(aead, reply(written(0), 0), 0);
        byte[] message = written(SECOND);
        byte[] other = MacChecker.cookieSource(new byte[] {(byte) 198, 18, 0, 1}, 51821);

        assertThat(checker.hasMac2(message, message.length, other, SECOND)).isFalse();
    }

    @Test
    void takesOneReplyForOneMessage() {
        byte[] reply = reply(written(0), 0);

        assertThat(writer.consumeReply(aead, reply, 0)).isTrue();
        assertThat(writer.consumeReply(aead, reply, 0)).isFalse();
    }

    @Test
    void takesNoReplyToAnotherMessageNorAChangedOne() {
        byte[] reply = reply(written(0), 0);
        byte[] changed = reply.clone();
        changed[40] ^= 1;
        assertThat(writer.consumeReply(aead, changed, 0)).isFalse();

        byte[] other = INITIATION.clone();
        other[9] ^= 1;
        writer.write(other, other.length, 0);
        assertThat(writer.consumeReply(aead, reply, 0)).isFalse();
        assertThat(new MacWriter(RESPONDER_PUBLIC).consumeReply(aead, reply, 0)).isFalse();
    }

    @Test
    void usesACookieForLessThanTwoMinutes() {
        writer.consumeReply(aead, reply(written(0), 0), 0);

        assertThat(Arrays.copyOfRange(written(114 * SECOND), 132, 148)).isNotEqualTo(new byte[16]);
        assertThat(Arrays.copyOfRange(written(115 * SECOND), 132, 148)).isEqualTo(new byte[16]);
    }

    @Test
    void refusesCookiesOnceItsSecretIsTwoMinutesOld() {
        writer.consumeReply(aead, reply(written(0), 0), 0);
        byte[] message = written(SECOND);

        assertThat(checker.hasMac2(message, message.length, SOURCE, 120 * SECOND - 1))
                .isTrue();
        assertThat(checker.hasMac2(message, message.length, SOURCE, 120 * SECOND))
                .isFalse();
    }

    @Test
    void refusesMac2BeforeAnyCookieWasGiven() {
        byte[] message = written(0);

        assertThat(checker.hasMac2(message, message.length, SOURCE, 0)).isFalse();
    }

    private byte[] written(long now) {
        byte[] message = INITIATION.clone();
        writer.write(message, message.length, now);
        return message;
    }

    private byte[] reply(byte[] message, long now) {
        byte[] reply = new byte[Messages.COOKIE_REPLY_LENGTH];
        checker.writeReply(aead, message, message.length, SOURCE, MacsTest::countUp, now, reply);
        return reply;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
