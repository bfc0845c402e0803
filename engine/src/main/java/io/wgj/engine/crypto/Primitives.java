// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The two primitives that come from libraries, as chosen for this process.
public final class Primitives {
    /// The environment variable whose value a user overrides the choice with: `jdk`, `openssl` or `jce`.
    public static final String OVERRIDE = "WGJ_ENGINE_CRYPTO";

    private static final long TRIAL_NANOSECONDS = 16_000_000;

    private final AeadProvider aead;
    private final X25519 x25519;
    private final String reason;

    private Primitives(AeadProvider aead, X25519 x25519, String reason) {
        this.aead = aead;
        this.x25519 = x25519;
        this.reason = reason;
    }

    /// These, without asking.
    public static Primitives of(AeadProvider aead, X25519 x25519) {
        return new Primitives(aead, x25519, "the caller chose " + aead.name() + " and " + x25519.name());
    }

    /// What every JDK can do, for tests and tools: the JCA's ChaCha20-Poly1305 and Bouncy Castle's X25519.
    public static Primitives portable() {
        return of(JceAead.PROVIDER, new BouncyCastleX25519());
    }

    /// Chooses what is right and fastest here, within some 50 ms when nothing is remembered. Only what
    /// passes a test of known vectors is chosen. OpenSSL's X25519 is taken wherever there is one, unless
    /// the user wants `jdk` or `jce`: nothing native is called then.
    ///
    /// @param memory the file that the choice is remembered in, by processor and JDK; it need not exist.
    ///     Null: measure at every start
    /// @param wanted the value of [#OVERRIDE]; null or empty when the user leaves the choice to us. A word
    ///     that cannot be followed is told in [#reason()], and ours is taken
    public static Primitives choose(@Nullable Path memory, @Nullable String wanted) {
        String complaint = "";
        if (wanted != null && !wanted.isEmpty()) {
            Optional<AeadProvider> named = provider(wanted).filter(AeadTrial::passes);
            if (named.isPresent()) {
                boolean natively = wanted.equals("openssl");
                return with(named.get(), natively, OVERRIDE + " says so");
            }
            complaint = "; " + OVERRIDE + "=" + wanted + " cannot be followed here";
        }
        String fingerprint = Fingerprint.ofThisProcess();
        ChoiceFile file = memory == null ? null : new ChoiceFile(memory);
        if (file != null) {
            Optional<AeadProvider> remembered =
                    file.read(fingerprint).flatMap(Primitives::provider).filter(AeadTrial::passes);
            if (remembered.isPresent()) {
                return with(remembered.get(), true, "it was the fastest on this processor and JDK before" + complaint);
            }
        }
        Primitives chosen = fastest(complaint);
        if (file != null) {
            file.write(fingerprint, chosen.aead.name());
        }
        return chosen;
    }

    public AeadProvider aead() {
        return aead;
    }

    public X25519 x25519() {
        return x25519;
    }

    /// One sentence for the log: what was chosen, and why.
    public String reason() {
        return reason;
    }

    private static Primitives fastest(String complaint) {
        AeadProvider best = JceAead.PROVIDER;
        long bestTime = Long.MAX_VALUE;
        StringBuilder times = new StringBuilder();
        for (AeadProvider candidate : candidates()) {
            times.append(times.isEmpty() ? "" : ", ").append(candidate.name());
            if (!AeadTrial.passes(candidate)) {
                times.append(" fails its self-test");
                continue;
            }
            long time = AeadTrial.nanosecondsPerPacket(candidate, TRIAL_NANOSECONDS);
            times.append(' ').append(time).append(" ns");
            if (time < bestTime) {
                best = candidate;
                bestTime = time;
            }
        }
        return with(best, true, "a packet of 1420 bytes took " + times + complaint);
    }

    private static Primitives with(AeadProvider aead, boolean natively, String why) {
        X25519 x25519 = natively ? bestX25519() : new BouncyCastleX25519();
        String sentence = "encrypting with " + aead.name() + ", X25519 with " + x25519.name() + ": " + why;
        return new Primitives(aead, x25519, sentence);
    }

    private static X25519 bestX25519() {
        return OpenSslX25519.find().filter(X25519Trial::passes).orElseGet(BouncyCastleX25519::new);
    }

    private static Optional<AeadProvider> provider(String name) {
        return candidates().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
    }

    private static List<AeadProvider> candidates() {
        List<AeadProvider> candidates = new ArrayList<>();
        if (JdkInternals.PROBLEM == null) {
            candidates.add(JdkAead.PROVIDER);
        }
        OpenSslAead.provider().ifPresent(candidates::add);
        candidates.add(JceAead.PROVIDER);
        return candidates;
    }
}
