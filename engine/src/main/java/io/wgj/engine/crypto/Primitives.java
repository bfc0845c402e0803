// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ChaCha20-Poly1305 and the X25519 that were chosen for this process.
public final class Primitives {
    /// The environment variable that overrides the choice: `jdk`, `openssl` or `jce`.
    public static final String OVERRIDE = "WGJ_ENGINE_CRYPTO";

    private static final long TRIAL_NANOSECONDS = 500_000_000;

    private final AeadProvider aead;
    private final X25519 x25519;
    private final String why;
    private final boolean makeshift;

    private Primitives(AeadProvider aead, X25519 x25519, String why, boolean makeshift) {
        this.aead = aead;
        this.x25519 = x25519;
        this.why = why;
        this.makeshift = makeshift;
    }

    /// These two, without choosing.
    public static Primitives of(AeadProvider aead, X25519 x25519) {
        return new Primitives(aead, x25519, "the caller chose them", false);
    }

    /// The ones that every JDK has, for tests and tools: the JCA's ChaCha20-Poly1305 and Bouncy Castle's
    /// X25519.
    public static Primitives portable() {
        return of(JceAead.PROVIDER, new BouncyCastleX25519());
    }

    /// Chooses without measuring: what [#measure] has remembered for this processor and JDK, otherwise by
    /// rule. A library is chosen only when it passes a test with known vectors. OpenSSL's X25519 is used
    /// wherever it exists, unless the user wants `jdk` or `jce`; nothing native is called then.
    ///
    /// A process that has just started cannot measure: the JDK's vector code runs only after its callers were
    /// compiled, and is a hundred times slower until then.
    ///
    /// @param memory the file that [#measure] has written; it need not exist. Null for none
    /// @param wanted the value of [#OVERRIDE]; null or empty for none. When it cannot be followed,
    ///     [#reason()] says so
    public static Primitives choose(@Nullable Path memory, @Nullable String wanted) {
        String complaint = "";
        if (wanted != null && !wanted.isEmpty()) {
            Optional<AeadProvider> named = provider(wanted).filter(AeadTrial::passes);
            if (named.isPresent()) {
                return with(named.get(), wanted.equals("openssl"), OVERRIDE + " says so", false);
            }
            complaint = "; " + OVERRIDE + "=" + wanted + " is not possible on this machine";
        }
        if (memory != null) {
            Optional<AeadProvider> remembered = new ChoiceFile(memory)
                    .read(Fingerprint::ofThisProcess)
                    .flatMap(Primitives::provider)
                    .filter(AeadTrial::passes);
            if (remembered.isPresent()) {
                return with(
                        remembered.get(),
                        true,
                        "it was measured fastest on this processor and JDK" + complaint,
                        !complaint.isEmpty());
            }
        }
        return byRule(complaint);
    }

    /// Measures all providers, warm, and remembers the fastest for the next start. Takes about a second and a
    /// half of one processor: call it from a thread of low priority on an idle machine.
    ///
    /// @return one sentence for the log
    public static String measure(Path memory) {
        AeadProvider best = JceAead.PROVIDER;
        long bestTime = Long.MAX_VALUE;
        StringBuilder times = new StringBuilder("sealing a packet of 1420 bytes takes");
        for (AeadProvider candidate : candidates()) {
            if (AeadTrial.passes(candidate)) {
                long time = AeadTrial.nanosecondsPerPacket(candidate, TRIAL_NANOSECONDS);
                times.append(bestTime == Long.MAX_VALUE ? " " : ", ");
                times.append(time).append(" ns with ").append(candidate.name());
                if (time < bestTime) {
                    best = candidate;
                    bestTime = time;
                }
            }
        }
        new ChoiceFile(memory).write(Fingerprint.ofThisProcess(), best.name());
        return times.toString();
    }

    /// The chosen ChaCha20-Poly1305.
    public AeadProvider aead() {
        return aead;
    }

    /// The chosen X25519.
    public X25519 x25519() {
        return x25519;
    }

    /// One sentence for the log: what was chosen, and why.
    public String reason() {
        return "encrypting with " + aead.name() + ", X25519 with " + x25519.name() + ": " + why;
    }

    /// Why they were chosen, as a part of a sentence.
    public String why() {
        return why;
    }

    /// Whether something is missing that was asked for or that such a machine normally has; the operator
    /// should know.
    public boolean isMakeshift() {
        return makeshift;
    }

    /// The fastest provider on the processors that were measured. The JCA is slower than either of the others
    /// everywhere.
    private static Primitives byRule(String complaint) {
        boolean vectors = Fingerprint.multipliesInVectors();
        Optional<AeadProvider> jdk = provider("jdk").filter(AeadTrial::passes);
        if (vectors && jdk.isPresent()) {
            return with(
                    jdk.get(),
                    true,
                    "this processor has the instructions that the JDK's code needs" + complaint,
                    !complaint.isEmpty());
        }
        String why = JdkInternals.PROBLEM != null
                ? "the JDK's own code cannot be reached"
                : vectors ? "the JDK's own code fails its self-test" : "this processor has no IFMA instructions";
        AeadProvider other =
                provider("openssl").filter(AeadTrial::passes).or(() -> jdk).orElse(JceAead.PROVIDER);
        // A processor without vector multiplication is normal: OpenSSL serves it well.
        boolean lacking = JdkInternals.PROBLEM != null || vectors || other == JceAead.PROVIDER;
        return with(other, true, why + complaint, lacking || !complaint.isEmpty());
    }

    private static Primitives with(AeadProvider aead, boolean natively, String why, boolean makeshift) {
        X25519 x25519 = natively ? bestX25519() : new BouncyCastleX25519();
        return new Primitives(aead, x25519, why, makeshift);
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
