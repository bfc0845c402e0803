// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.List;

/// Prints what each provider does in a second on one thread. To be run by hand, on a quiet machine, with
/// the arguments of `wgj.engineArguments`.
final class MeasureCrypto {
    private static final int PACKET = 1420;
    private static final AeadKey KEY = new AeadKey(new byte[32]);

    private MeasureCrypto() {}

    public static void main(String[] words) {
        long begin = System.nanoTime();
        Primitives chosen = Primitives.choose(null, null);
        System.out.printf("cold: %s (chosen in %d ms)%n", chosen.reason(), (System.nanoTime() - begin) / 1_000_000);
        List<AeadProvider> providers = Providers.here();
        double[] seal = new double[providers.size()];
        double[] open = new double[providers.size()];
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < providers.size(); i++) {
                Aead aead = providers.get(i).newContext();
                seal[i] = Math.max(seal[i], sealed(aead));
                open[i] = Math.max(open[i], opened(aead));
            }
        }
        for (int i = 0; i < providers.size(); i++) {
            System.out.printf(
                    "%-8s seal %,12.0f packets/s %6.0f ns   open %,12.0f packets/s %6.0f ns%n",
                    providers.get(i).name(), seal[i], 1e9 / seal[i], open[i], 1e9 / open[i]);
        }
        OpenSslX25519.find().ifPresent(MeasureCrypto::agreements);
        agreements(new BouncyCastleX25519());
        byte[] chain = new byte[32];
        byte[] key = new byte[32];
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 100_000; i++) {
                Kdf.kdf2(chain, key, chain, key);
            }
            System.out.printf("kdf2 %,d ns%n", (System.nanoTime() - start) / 100_000);
        }
    }

    private static double sealed(Aead aead) {
        byte[] in = new byte[PACKET];
        byte[] out = new byte[PACKET + Aead.TAG_LENGTH];
        long start = System.nanoTime();
        long count = 0;
        long now = start;
        while (now - start < 500_000_000L) {
            for (int i = 0; i < 200; i++) {
                aead.seal(KEY, count++, in, 0, PACKET, out, 0);
            }
            now = System.nanoTime();
        }
        return count * 1e9 / (now - start);
    }

    private static double opened(Aead aead) {
        byte[] sealed = new byte[PACKET + Aead.TAG_LENGTH];
        byte[] out = new byte[PACKET];
        aead.seal(KEY, 5, out, 0, PACKET, sealed, 0);
        long start = System.nanoTime();
        long count = 0;
        long now = start;
        while (now - start < 500_000_000L) {
            for (int i = 0; i < 200; i++) {
                if (!aead.open(KEY, 5, sealed, 0, sealed.length, out, 0)) {
                    throw new AssertionError();
                }
                count++;
            }
            now = System.nanoTime();
        }
        return count * 1e9 / (now - start);
    }

    private static void agreements(X25519 x25519) {
        byte[] secret = Hex.row(1, 32);
        byte[] point = new byte[32];
        byte[] out = new byte[32];
        x25519.publicKey(Hex.row(2, 32), point);
        double best = 0;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 5000; i++) {
                x25519.agree(secret, point, out);
            }
            best = Math.max(best, 5000 * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf("x25519 %-12s %,.0f agreements/s%n", x25519.name(), best);
    }
}
