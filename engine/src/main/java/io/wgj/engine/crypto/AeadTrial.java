// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// Tests whether a provider is correct, and measures how fast it is on this machine.
final class AeadTrial {
    private static final int PACKET = 1420;
    /// The data message of the handshake in the tests: key, text and result from an independent
    /// implementation.
    private static final byte[] KEY = HexText.bytes("0e858c0865c0065cc9f37dd359a5dc550632793ead17dd0010dac687542c9ceb");

    private static final byte[] TEXT = HexText.bytes(
            "4500002c00004000401100000a6300010a630002000102030405060708090a0b" + "0c0d0e0f101112131415161700000000");
    private static final byte[] SEALED =
            HexText.bytes("b6c821ce76dd69bfcc2d3ac0660c7ac412d0f5283437b957b2c9ca8adcaa0338"
                    + "e48f86cce7e1abbe9a572dec786c28ba675c21b0e772ab80c6dad6fb8ad61b1d");
    /// More than one block, and not a whole number of blocks. Not longer, because a starting process runs
    /// this interpreted, and waits for it.
    private static final int LONG = 300;
    /// The tag of a text of [#LONG] bytes that count from 0, with the counter 2. It depends on all of the
    /// ciphertext.
    private static final byte[] LONG_TAG = HexText.bytes("248851bbd3c6eb5dea17105dd40585ce");

    private AeadTrial() {}

    /// Whether the provider seals a known text correctly, opens it, refuses it when it was changed, and does
    /// the same with a longer one.
    static boolean passes(AeadProvider provider) {
        try {
            Aead aead = provider.newContext();
            AeadKey key = new AeadKey(KEY);
            byte[] out = new byte[SEALED.length];
            aead.seal(key, 1, TEXT, 0, TEXT.length, out, 0);
            if (!Arrays.equals(out, SEALED)
                    || !aead.open(key, 1, SEALED, 0, SEALED.length, out, 0)
                    || !Arrays.equals(out, 0, TEXT.length, TEXT, 0, TEXT.length)) {
                return false;
            }
            byte[] changed = SEALED.clone();
            changed[20] ^= 1;
            if (aead.open(key, 1, changed, 0, changed.length, out, 0)) {
                return false;
            }
            return passesLong(aead, key);
        } catch (RuntimeException | LinkageError _) {
            // A library that cannot do it is not chosen.
            return false;
        }
    }

    private static boolean passesLong(Aead aead, AeadKey key) {
        byte[] text = new byte[LONG];
        for (int i = 0; i < LONG; i++) {
            text[i] = (byte) i;
        }
        byte[] packet = Arrays.copyOf(text, LONG + Aead.TAG_LENGTH);
        aead.seal(key, 2, packet, 0, LONG, packet, 0);
        return Arrays.equals(packet, LONG, packet.length, LONG_TAG, 0, Aead.TAG_LENGTH)
                && aead.open(key, 2, packet, 0, packet.length, packet, 0)
                && Arrays.equals(packet, 0, LONG, text, 0, LONG);
    }

    /// The shortest time that sealing a full packet took within `budget`, both in nanoseconds.
    static long nanosecondsPerPacket(AeadProvider provider, long budget) {
        Aead aead = provider.newContext();
        AeadKey key = new AeadKey(KEY);
        byte[] packet = new byte[PACKET + Aead.TAG_LENGTH];
        long best = Long.MAX_VALUE;
        long counter = 0;
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < budget) {
            int batch = 4;
            for (int i = 0; i < batch; i++) {
                aead.seal(key, counter++, packet, 0, PACKET, packet, 0);
            }
            long then = System.nanoTime();
            best = Math.min(best, (then - now) / batch);
            now = then;
        }
        key.destroy();
        return best;
    }
}
