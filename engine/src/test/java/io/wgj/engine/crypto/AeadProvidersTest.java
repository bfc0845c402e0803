// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What [Aead] promises, on every provider that this machine has: published vectors, and each against the
/// others.
class AeadProvidersTest {
    private static final int TAG = Aead.TAG_LENGTH;
    private static final byte[] NO_DATA = {};
    private static final AeadKey KEY = new AeadKey(Hex.row(0x80, 32));

    static List<AeadProvider> providers() {
        return Providers.here();
    }

    static List<AeadProvider> providersThatDoNotAllocate() {
        return Providers.here().stream()
                .filter(provider -> !provider.name().equals("jce"))
                .toList();
    }

    @Test
    void theJdksOwnCodeIsTestedHere() {
        assertThat(JdkInternals.PROBLEM).isNull();
        assertThat(Providers.here())
                .extracting(AeadProvider::name)
                .startsWith("jdk")
                .endsWith("jce");
    }

    /// RFC 8439 appendix A.5, and section 2.8.2 with WireGuard's form of the nonce.
    @ParameterizedTest
    @MethodSource("providers")
    void opensTheVectorOfRfc8439(AeadProvider provider) {
        // Of the RFC's two vectors only this one's nonce has four zero bytes in front.
        AeadKey key = new AeadKey(Hex.of("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0"));
        long counter = 0x0807060504030201L;
        byte[] data = Hex.of("f33388860000000000004e91");
        byte[] sealed = Hex.of("64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb2"
                + "4c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b9481"
                + "14ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4"
                + "b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a"
                + "0d072b04b3564eea1b422273f548271a0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a10"
                + "49e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709b"
                + "eead9d67890cbb22392336fea1851f38");
        byte[] out = new byte[sealed.length - TAG];
        assertThat(provider.newContext().openWithData(key, counter, data, sealed, 0, sealed.length, out, 0))
                .isTrue();
        assertThat(new String(out, 0, 80, US_ASCII)).startsWith("Internet-Drafts are draft documents valid for a ");
        byte[] again = new byte[sealed.length];
        provider.newContext().sealWithData(key, counter, data, out, 0, out.length, again, 0);
        assertThat(again).isEqualTo(sealed);
    }

    /// The keepalive and the data message of the project's own handshake, which wireguard-go and boringtun
    /// took.
    @ParameterizedTest
    @MethodSource("providers")
    void sealsTheMessagesOfTheFullHandshake(AeadProvider provider) {
        Aead aead = provider.newContext();
        byte[] tag = new byte[TAG];
        aead.seal(
                new AeadKey(Hex.of("71f5400c4e399ffd48f950018d6d8453672fac19351757d3bc6a6f632d8044e9")),
                0,
                NO_DATA,
                0,
                0,
                tag,
                0);
        assertThat(Hex.text(tag)).isEqualTo("58d1131597627fde0055b3b51000f8c8");

        byte[] padded = Arrays.copyOf(
                Hex.of("4500002c00004000401100000a6300010a630002000102030405060708090a0b0c0d0e0f1011121314151617"), 48);
        byte[] sealed = new byte[padded.length + TAG];
        AeadKey second = new AeadKey(Hex.of("0e858c0865c0065cc9f37dd359a5dc550632793ead17dd0010dac687542c9ceb"));
        aead.seal(second, 1, padded, 0, padded.length, sealed, 0);
        assertThat(Hex.text(sealed))
                .isEqualTo("b6c821ce76dd69bfcc2d3ac0660c7ac412d0f5283437b957b2c9ca8adcaa0338"
                        + "e48f86cce7e1abbe9a572dec786c28ba675c21b0e772ab80c6dad6fb8ad61b1d");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void agreesWithTheJceForRandomLengthsAndPlaces(AeadProvider provider) {
        Random random = new Random(3);
        Aead ours = provider.newContext();
        Aead reference = JceAead.PROVIDER.newContext();
        for (int round = 0; round < 3000; round++) {
            int length = round < 300 ? round : random.nextInt(2001);
            byte[] keyBytes = new byte[32];
            random.nextBytes(keyBytes);
            AeadKey key = new AeadKey(keyBytes);
            long counter = random.nextLong();
            byte[] data = new byte[random.nextInt(3) == 0 ? random.nextInt(80) : 0];
            random.nextBytes(data);
            int at = random.nextInt(64);
            byte[] in = new byte[at + length + random.nextInt(64)];
            random.nextBytes(in);

            byte[] expected = new byte[length + TAG];
            reference.sealWithData(key, counter, data, in, at, length, expected, 0);
            int to = random.nextInt(64);
            byte[] out = new byte[to + length + TAG + random.nextInt(64)];
            byte[] untouched = out.clone();
            ours.sealWithData(key, counter, data, in, at, length, out, to);
            System.arraycopy(expected, 0, untouched, to, expected.length);
            assertThat(out).as("length %d from %d to %d", length, at, to).isEqualTo(untouched);

            byte[] back = new byte[at + length];
            assertThat(ours.openWithData(key, counter, data, out, to, length + TAG, back, at))
                    .isTrue();
            assertThat(Arrays.copyOfRange(back, at, at + length)).isEqualTo(Arrays.copyOfRange(in, at, at + length));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void worksInPlaceAndOpensToAnEarlierPlace(AeadProvider provider) {
        Random random = new Random(4);
        Aead aead = provider.newContext();
        for (int round = 0; round < 1500; round++) {
            int length = random.nextInt(2001);
            int at = random.nextInt(130);
            byte[] text = new byte[length];
            random.nextBytes(text);
            byte[] array = new byte[at + length + TAG];
            System.arraycopy(text, 0, array, at, length);
            aead.seal(KEY, round, array, at, length, array, at);
            int to = at - random.nextInt(at + 1);
            assertThat(aead.open(KEY, round, array, at, length + TAG, array, to))
                    .isTrue();
            assertThat(Arrays.copyOfRange(array, to, to + length))
                    .as("length %d from %d to %d", length, at, to)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void takesTheLongestPacketAndNothingLonger(AeadProvider provider) {
        Aead aead = provider.newContext();
        byte[] in = new byte[Aead.MAX_LENGTH + 1];
        new Random(5).nextBytes(in);
        byte[] expected = new byte[in.length + TAG];
        byte[] actual = new byte[in.length + TAG];
        JceAead.PROVIDER.newContext().seal(KEY, 9, in, 0, Aead.MAX_LENGTH, expected, 0);
        aead.seal(KEY, 9, in, 0, Aead.MAX_LENGTH, actual, 0);
        assertThat(actual).isEqualTo(expected);
        assertThat(aead.open(KEY, 9, actual, 0, Aead.MAX_LENGTH + TAG, actual, 0))
                .isTrue();
        assertThatThrownBy(() -> aead.seal(KEY, 9, in, 0, in.length, actual, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aead.seal(KEY, 9, in, 0, -1, actual, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aead.open(KEY, 9, actual, 0, in.length + TAG, actual, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void refusesRangesOutsideTheArrays(AeadProvider provider) {
        Aead aead = provider.newContext();
        byte[] hundred = new byte[100];
        byte[] big = new byte[200];
        assertThatThrownBy(() -> aead.seal(KEY, 0, hundred, 1, 100, big, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> aead.seal(KEY, 0, hundred, -1, 100, big, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> aead.seal(KEY, 0, hundred, 0, 100, big, 85))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> aead.open(KEY, 0, hundred, 50, 51, big, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> aead.open(KEY, 0, big, 0, 200, hundred, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(big).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void refusesWhatWasTamperedWith(AeadProvider provider) {
        Aead aead = provider.newContext();
        for (int length : new int[] {0, 1, 15, 16, 17, 63, 64, 65, 300}) {
            byte[] sealed = new byte[length + TAG];
            byte[] out = new byte[length];
            aead.seal(KEY, 7, new byte[length], 0, length, sealed, 0);
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                sealed[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(aead.open(KEY, 7, sealed, 0, sealed.length, out, 0))
                        .as("length %d, bit %d", length, bit)
                        .isFalse();
                sealed[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(aead.open(KEY, 8, sealed, 0, sealed.length, out, 0)).isFalse();
            assertThat(aead.open(new AeadKey(Hex.row(0x81, 32)), 7, sealed, 0, sealed.length, out, 0))
                    .isFalse();
            assertThat(aead.openWithData(KEY, 7, new byte[1], sealed, 0, sealed.length, out, 0))
                    .isFalse();
            for (int shorter = 0; shorter < sealed.length; shorter++) {
                assertThat(aead.open(KEY, 7, sealed, 0, shorter, out, 0)).isFalse();
            }
            assertThat(aead.open(KEY, 7, sealed, 0, sealed.length, out, 0)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void countsToTheLastCounter(AeadProvider provider) {
        Aead aead = provider.newContext();
        Aead reference = JceAead.PROVIDER.newContext();
        long[] counters = {
            0, 1, 0x7fffffffL, 0x80000000L, 0xffffffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -8194, -1
        };
        for (long counter : counters) {
            byte[] expected = new byte[100 + TAG];
            byte[] actual = new byte[100 + TAG];
            reference.seal(KEY, counter, Hex.row(1, 100), 0, 100, expected, 0);
            aead.seal(KEY, counter, Hex.row(1, 100), 0, 100, actual, 0);
            assertThat(actual).as(Long.toUnsignedString(counter)).isEqualTo(expected);
        }
    }

    /// Tags whose sum comes close to 2^130 - 5 and to 2^128: where reductions and carries go wrong.
    @ParameterizedTest
    @MethodSource("providers")
    void reducesAndCarriesAsTheOthersDo(AeadProvider provider) {
        Aead aead = provider.newContext();
        Aead reference = JceAead.PROVIDER.newContext();
        for (int filling : new int[] {0, 0xff, 0x80, 0x7f, 0x01}) {
            for (int round = 0; round < 400; round++) {
                int length = round % 97;
                byte[] keystream = new byte[length + TAG];
                reference.seal(KEY, round, new byte[length], 0, length, keystream, 0);
                // The ciphertext, which is what the tag covers, becomes all `filling`.
                byte[] in = new byte[length];
                for (int i = 0; i < length; i++) {
                    in[i] = (byte) (keystream[i] ^ filling);
                }
                byte[] expected = new byte[length + TAG];
                byte[] actual = new byte[length + TAG];
                reference.seal(KEY, round, in, 0, length, expected, 0);
                aead.seal(KEY, round, in, 0, length, actual, 0);
                assertThat(actual)
                        .as("%d bytes of %x, counter %d", length, filling, round)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aDestroyedKeySealsSomethingElse(AeadProvider provider) {
        Aead aead = provider.newContext();
        AeadKey key = new AeadKey(Hex.row(3, 32));
        byte[] sealed = new byte[50 + TAG];
        aead.seal(key, 0, new byte[50], 0, 50, sealed, 0);
        key.destroy();
        aead.seal(key, 1, new byte[50], 0, 50, sealed, 0);
        byte[] out = new byte[50];
        assertThat(aead.open(new AeadKey(Hex.row(3, 32)), 1, sealed, 0, sealed.length, out, 0))
                .isFalse();
        assertThat(aead.open(new AeadKey(new byte[32]), 1, sealed, 0, sealed.length, out, 0))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("providersThatDoNotAllocate")
    void allocatesNothingForAPacket(AeadProvider provider) {
        Aead aead = provider.newContext();
        AeadKey other = new AeadKey(Hex.row(9, 32));
        byte[] text = new byte[1420 + TAG];
        packets(aead, other, text, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        packets(aead, other, text, 100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // Asking costs some; a single byte for each packet would be 200,000.
        assertThat(allocated).isLessThan(10_000);
    }

    private static void packets(Aead aead, AeadKey other, byte[] text, int count) {
        List<AeadKey> keys = new ArrayList<>(List.of(KEY, other));
        for (int i = 0; i < count; i++) {
            AeadKey key = keys.get(i >> 4 & 1);
            aead.seal(key, i, text, 0, 1420, text, 0);
            if (!aead.open(key, i, text, 0, text.length, text, 0)) {
                throw new AssertionError("packet " + i);
            }
        }
    }
}
